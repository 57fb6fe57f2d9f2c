// Test (real Chromium, real DevTools): files of 100 MB with a fault in their last bytes, which is found when all else has been read.
// They take too long for each run of the tests.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright'
import { longestTask } from '../../bench/panel/longest-task.ts'
import { expect, exportSession, rowsOf, test, track } from '../browser/shared-tab-test.ts'
import { richSessionFile } from '../support/rich-session.ts'
import { writtenText } from '../unit/model/formats/written.ts'
import { openSession } from '../unit/model/session-in-node.ts'

test.setTimeout(400_000)

const FILE_BYTES = 100_000_000
/** Milliseconds of the processor. */
const MAX_TASK = 50
/** Milliseconds to read a file in. */
const MAX_READING = 90_000
/** Characters of a sentence, with the file's name. */
const MAX_SENTENCE = 300

/** The parts of a valid file of any length. */
interface LongFile {
  extension: string
  /** What a message calls it. */
  format: string
  start: string
  row(i: number): string
  /** A row with this value somewhere in it. */
  rowWith(value: string): string
  end: string
}

const session = richSessionFile(1_000)

function sessionFile(): LongFile {
  const { operations, ...others } = session
  const operation = (i: number, more: object = {}): string => {
    const startTime = Date.parse(session.createdAt) + 10 + i * 2.5
    const given = operations[i % operations.length] as (typeof operations)[0]
    const end = given.duration === undefined ? {} : { endTime: startTime + given.duration }
    return JSON.stringify({ ...given, id: `op-${i}`, startTime, ...end, ...more })
  }
  return {
    extension: 'json',
    format: 'Perf session',
    start: `${JSON.stringify(others).slice(0, -1)},"operations":[`,
    row: operation,
    rowWith: value => operation(1e9, { metadata: 0 }).replace('"metadata":0', `"metadata":${value}`),
    end: ']}',
  }
}

async function harFile(): Promise<LongFile> {
  const { log } = JSON.parse(writtenText(await openSession(new Blob([JSON.stringify(session)])), 'har'))
  const { entries, ...others } = log as { entries: object[] }
  return {
    extension: 'har',
    format: 'HAR file',
    start: `{"log":${JSON.stringify(others).slice(0, -1)},"entries":[`,
    row: i => JSON.stringify(entries[i % entries.length]),
    rowWith: value => JSON.stringify({ ...entries[0], _more: 0 }).replace('"_more":0', `"_more":${value}`),
    end: ']}}',
  }
}

function traceFile(): LongFile {
  const event = (name: string, ts: number, data: object): string => {
    return JSON.stringify({ cat: 'devtools.timeline', name, ph: 'I', s: 't', pid: 2, tid: 1, ts, args: { data } })
  }
  const timing = { sendStart: 1, sendEnd: 2, receiveHeadersEnd: 28 }
  return {
    extension: 'json',
    format: 'trace of Chrome',
    start: '{"metadata":{"startTime":"2026-11-23T12:00:00.000Z"},"traceEvents":[',
    row(i) {
      const [requestId, ts] = [`${i}`, 1_000_000 + i * 1_000]
      const url = `https://shop.example/api/items/${i}`
      return [
        event('ResourceSendRequest', ts, { requestId, url, requestMethod: 'GET', resourceType: 'Fetch' }),
        event('ResourceReceiveResponse', ts + 500, {
          requestId,
          statusCode: 200,
          mimeType: 'application/json',
          timing,
        }),
        event('ResourceFinish', ts + 700, { requestId, encodedDataLength: 700, decodedBodyLength: 1_500 }),
        event('UpdateCounters', ts + 800, { jsHeapSizeUsed: 10_000_000 + i }),
      ].join(',')
    },
    rowWith: value => event('ResourceFinish', 1, { requestId: '1', more: 0 }).replace('"more":0', `"more":${value}`),
    end: ']}',
  }
}

/** All but the end. */
function longText({ start, row }: LongFile): Buffer {
  const parts: Buffer[] = [Buffer.from(start)]
  let bytes = 0
  for (let i = 0; bytes < FILE_BYTES; ) {
    const rows: string[] = []
    for (const last = i + 1_000; i < last; i++) rows.push(row(i))
    const part = Buffer.from(`${bytes === 0 ? '' : ','}${rows.join(',')}`)
    bytes += part.length
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A value with so many levels. */
const NESTED = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

let folder: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-large-'))
})
test.afterAll(() => rm(folder, { recursive: true }))

for (const [what, create] of [
  ['a session', sessionFile],
  ['a HAR file', harFile],
  ['a trace', traceFile],
] as const) {
  test(`${what} of 100 MB that is broken at its end gives a sentence, and the live session goes on`, async ({
    chromium,
    inspected,
    demo,
  }) => {
    const { page, panel } = inspected
    const file = await create()
    const { extension, format, end, rowWith } = file
    const text = longText(file)
    const withEnd = (more: string): Buffer => Buffer.concat([text, Buffer.from(more)])
    const compressed = gzipSync(withEnd(end), { level: 1 })
    const cases: [name: string, content: Buffer, problem: string | RegExp][] = [
      [`cut.${extension}`, withEnd(end.slice(0, -1)), 'it is cut off within'],
      [`number.${extension}`, withEnd(`,7${end}`), /\[\d{6}\] must be an object/],
      [`nested.${extension}`, withEnd(`,${rowWith(NESTED)}${end}`), /\[\d{6}\] is nested deeper than 64 levels/],
      [`cut.${extension}.gz`, compressed.subarray(0, -1), 'its compressed data is damaged or cut off'],
    ]
    await page.goto(`${demo.url}/empty`)
    const alert = panel.getByRole('alert')
    for (const [i, [name, content, problem]] of cases.entries()) {
      const path = join(folder, name)
      await writeFile(path, content)
      const { cpu } = await longestTask(chromium.context.browser() as Browser, panel, async () => {
        await panel.getByLabel('Session files').setInputFiles(path)
        // While it is read, the live session is shown and recorded.
        await track(page, `during ${name}`)
        await expect(rowsOf(panel)).toHaveCount(i + 1)
        expect(await alert.count(), name).toBe(0)
        await expect(alert).toContainText(problem, { timeout: MAX_READING })
      })
      console.log(`${format}, ${name}: the longest task of the panel takes ${cpu.toFixed(1)} ms`)
      expect(cpu, name).toBeLessThan(MAX_TASK)
      const sentence = (await alert.textContent()) ?? ''
      expect(sentence).toContain(`${name} ${name.endsWith('.gz') ? "can't be read" : `isn't a valid ${format}`}: `)
      expect(sentence.length).toBeLessThan(MAX_SENTENCE)
      await expect(panel.getByTitle('Switch session')).toContainText('Live')
      await panel.getByRole('button', { name: 'Dismiss' }).click()
      await expect(alert).toHaveCount(0)
      await rm(path)
    }
    const { operations } = await exportSession(inspected)
    expect(operations.map(({ operationName }) => operationName)).toEqual(cases.map(([name]) => `during ${name}`))
  })
}
