// Test (real Chromium, its own DevTools panels): files that we write open in the readers that they are for.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { FORMATS } from '../../model/formats/formats.ts'
import { openChromium } from '../../scripts/chromium-session.ts'
import { openInNetworkPanel, openInPerformancePanel, type ShownEntry } from '../../scripts/devtools-readers.ts'
import { richSessionFile } from '../support/rich-session.ts'
import { openSession } from '../unit/model/session-in-node.ts'

const GENERATOR = { name: 'Perf', version: '0.1.0' }
const session = richSessionFile(200)

let folder: string
let chromium: Awaited<ReturnType<typeof openChromium>>

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-formats-'))
  chromium = await openChromium({ headless: true, devtools: false })
})
test.afterAll(async () => {
  await chromium?.close()
  await rm(folder, { recursive: true })
})

async function fileOf(id: string): Promise<string> {
  const model = await openSession(new Blob([JSON.stringify(session)]))
  const format = FORMATS.find(each => each.id === id)
  const parts: Uint8Array[] = []
  for (const { bytes } of format?.write(model, GENERATOR) ?? []) parts.push(bytes.slice())
  const path = join(folder, `session.${format?.extension}`)
  await writeFile(path, Buffer.concat(parts))
  return path
}

test('the Network panel shows every request and connection of a HAR file', async () => {
  const requests = session.operations.filter(({ http, connection }) => http ?? connection)
  const { networkRequests } = session
  const shown = await openInNetworkPanel(
    chromium.context,
    await fileOf('har'),
    requests.length + networkRequests.length,
  )
  const expected = [
    ...requests.map(({ startTime, duration = 0, outcome, http, connection }) => ({
      url: (http ?? connection)?.url ?? '',
      start: startTime,
      status: http ? (http.status ?? 0) : connection?.openDuration === undefined ? 0 : 101,
      duration: outcome === 'pending' ? undefined : duration,
      transferSize: http?.transferSize ?? 0,
      cached: http?.fromCache ?? false,
    })),
    ...networkRequests.map(({ url, status, startTime, duration, transferSize = 0 }) => {
      return { url, start: startTime, status, duration, transferSize, cached: false }
    }),
  ].sort((a, b) => a.start - b.start)
  for (const [i, { url, status, start, duration, transferSize, cached }] of expected.entries()) {
    const found = shown[i]
    expect(found).toMatchObject({ url, status, cached, transferSize })
    // Chrome reads whole milliseconds of a date, and adds durations to seconds since the epoch.
    expect(Math.abs((found?.start ?? 0) * 1_000 - start)).toBeLessThanOrEqual(1)
    if (duration !== undefined) expect(Math.abs((found?.duration ?? 0) * 1_000 - duration)).toBeLessThan(0.001)
  }
})

test('the Performance panel shows every operation of a trace in custom tracks', async () => {
  const { operations, memory, marks, snapshots, gaps } = session
  const { entries, markers, heapSamples } = await openInPerformancePanel(chromium.context, await fileOf('chrome-trace'))
  const byId = new Map(entries.map(entry => [propertyOf(entry, 'id'), entry]))
  expect(byId.size).toBe(operations.length)
  // The trace begins a millisecond before the session.
  const origin = Date.parse(session.createdAt) - 1
  for (const { id, operationName, startTime, duration, outcome, http } of operations) {
    const entry = byId.get(id) as ShownEntry
    expect(entry.name).toBe(operationName)
    expect(propertyOf(entry, 'outcome')).toBe(outcome)
    expect(propertyOf(entry, 'status') ?? undefined).toBe(http?.status?.toString())
    expect(entry.color === 'error').toBe(outcome === 'failed')
    expect(Math.abs(entry.start / 1_000 - (startTime - origin))).toBeLessThanOrEqual(0.001)
    if (duration === undefined) continue
    expect(Math.abs(entry.duration / 1_000 - duration)).toBeLessThanOrEqual(0.001)
  }
  expect(heapSamples).toBe(memory.length)
  const navigations = marks.filter(({ type }) => type === 'navigation').length
  expect(markers.length).toBeGreaterThanOrEqual(navigations + snapshots.length + gaps.length)
})

function propertyOf({ properties }: ShownEntry, name: string): string | undefined {
  return properties.find(([each]) => each === name)?.[1]
}
