import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readFile } from '../../../../model/formats/read-file.ts'
import type { ImportPart } from '../../../../model/formats/session/import-part.ts'
import { richSessionFile } from '../../../support/rich-session.ts'
import { imported, problemOf } from './session/imported.ts'
import { written } from './written.ts'

const MEGABYTE = 1_000_000

/** A file of 100 MB and what is around it, without ever being one text. */
function large(start: string, piece: string, end = ''): Blob {
  const repeated = piece.repeat(Math.ceil(MEGABYTE / piece.length))
  return new Blob([start, ...Array.from({ length: 100 }, () => repeated), end])
}

const entry = (more: string) =>
  `{"startedDateTime":"2026-11-23T12:00:00.000Z","time":30,"request":{"method":"GET","url":"https://shop.example/api"},` +
  `"response":{"status":200,"content":{"mimeType":"application/json"${more}}},"timings":{}}`
const HAR = '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":['

test.each<[string, Blob, RegExp]>([
  ['a session with a text that never ends', large('{"format":"', 'x'), /larger than|too large|bytes/],
  ['a session with a row that never ends', large('{"format":"perf-session","operations":[{"a":"', 'x'), /bytes/],
  ['nothing but brackets', large('{"format":', '['), /nested deeper/],
  ['blanks alone', large('', ' '), /cut off/],
  ['bytes of zero', large('', '\0'), /where \{ should be/],
  ['no JSON after an opening', large('{', 'photo '), /isn't a valid Perf session/],
  ['a HAR entry that never ends', large(`${HAR}{"a":"`, 'xy'), /bytes|cut off/],
  ['HAR entries that are numbers', large(`${HAR}0`, ',1'), /log\.entries\[0\] must be an object/],
  ['a trace of nested lists', large('{"traceEvents":[', '['), /nested deeper/],
])('100 MB: %s', async (_, file, problem) => {
  const found = await problemOf(file)
  expect(found).toMatch(/^ImportError: /)
  expect(found).toMatch(problem)
  // One sentence for a message, whatever the file has in it.
  expect(found.length).toBeLessThan(300)
})

const RFC3339 = (i: number): string => new Date(1_790_000_000_000 + i).toISOString()
const COUNT = 3_500

test.each<[string, object]>([
  [
    'a trace',
    {
      traceEvents: Array.from({ length: COUNT }, (_, i) => {
        const fixed = { pid: 1, tid: 1, ts: 1_000 * i + 1 }
        const data = { requestId: `${i}`, url: 'https://shop.example/', resourceType: i % 2 ? 'Fetch' : 'Image' }
        return [
          { ...fixed, ph: 'I', name: 'ResourceSendRequest', args: { data } },
          { ...fixed, ph: 'I', name: 'UpdateCounters', args: { data: { jsHeapSizeUsed: i } } },
          { ...fixed, ph: 'X', name: 'RunTask', dur: 60_000 },
          { ...fixed, ph: 'b', name: 'work', id: `${i}`, cat: 'blink.user_timing' },
          { ...fixed, ph: 'e', name: 'work', id: `${i}`, cat: 'blink.user_timing' },
        ]
      }).flat(),
    },
  ],
  [
    'the pages of a HAR file',
    { log: { pages: Array.from({ length: COUNT }, (_, i) => ({ startedDateTime: RFC3339(i) })), entries: [] } },
  ],
])('%s arrives in parts that the panel takes in within a few milliseconds each', async (_, file) => {
  let rows = 0
  await readFile(new Blob([JSON.stringify(file)]), async part => {
    const { operations, ...lists } = part as Extract<ImportPart, { type: 'operations' }>
    const lengths = Object.values(lists).map(list => (Array.isArray(list) ? list.length : 0))
    for (const length of [operations?.start.length ?? 0, ...lengths]) {
      expect(length).toBeLessThanOrEqual(1_000)
      rows += length
    }
  })
  expect(rows).toBeGreaterThanOrEqual(2 * COUNT)
})

test.each(['perf', 'har', 'chrome-trace'])('opens a compressed file of %s, unless its data is damaged', async id => {
  const file = written(await imported(new Blob([JSON.stringify(richSessionFile(200))])), id)
  const whole = gzipSync(file)
  const { operations } = await imported(new Blob([new Uint8Array(whole)]))
  expect(operations.length).toBe((await imported(new Blob([new Uint8Array(file)]))).operations.length)
  const damaged = [
    ...[-1, -4, -8, -9, -200, 1_000, 20].map(length => whole.subarray(0, length)),
    // The length, the checksum, and the data.
    ...[-1, -5, -300, 500].map(at =>
      whole.map((byte, i) => (i === (at + whole.length) % whole.length ? byte ^ 1 : byte)),
    ),
    Buffer.concat([whole, Buffer.from('more')]),
  ]
  for (const bytes of damaged) {
    expect(await problemOf(new Blob([new Uint8Array(bytes)]))).toMatch(/^ImportError: (?:can't be read|isn't a valid)/)
  }
})

test('a HAR file with large bodies opens, and keeps none of them', async () => {
  const body = entry(`,"text":"${'secret '.repeat(70_000)}"`)
  const session = await imported(new Blob([HAR, Array.from({ length: 40 }, () => body).join(','), ']}}']))
  expect(session.operations.length).toBe(40)
  const { details } = session.operations
  expect(JSON.stringify(details.get(39 as Parameters<typeof details.get>[0]))).not.toContain('secret')
})
