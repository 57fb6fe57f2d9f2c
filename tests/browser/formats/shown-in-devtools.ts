// Test (Node): what Chrome's own panels show of a file equals the session that it was written from.
import type { BrowserContext } from 'playwright'
import { expect } from 'playwright/test'
import { openInNetworkPanel, openInPerformancePanel, type ShownEntry } from '../../../scripts/devtools-readers.ts'
import type { SessionFile } from '../../../session/format.ts'

/** Microseconds as milliseconds: the step of a trace. */
const TRACE_STEP = 0.001

export async function expectInNetworkPanel(context: BrowserContext, session: SessionFile, file: string): Promise<void> {
  const requests = session.operations.filter(({ http, connection }) => http ?? connection)
  const { networkRequests } = session
  const shown = await openInNetworkPanel(context, file, requests.length + networkRequests.length)
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
  // One assertion for all: Playwright reports each as a step, which takes minutes with thousands of requests.
  const wrong = expected.filter(({ url, status, start, duration, transferSize, cached }, i) => {
    const found = shown[i]
    const isSame = found?.url === url && found.status === status
    const hasSame = found?.transferSize === transferSize && found.cached === cached
    // Chrome reads whole milliseconds of a date, and adds durations to seconds since the epoch.
    const starts = Math.abs((found?.start ?? 0) * 1_000 - start) <= 1
    const ends = duration === undefined || Math.abs((found?.duration ?? 0) * 1_000 - duration) < 0.001
    return !(isSame && hasSame && starts && ends)
  })
  expect(wrong).toEqual([])
}

export async function expectInPerformancePanel(
  context: BrowserContext,
  session: SessionFile,
  file: string,
): Promise<void> {
  const { operations, memory, marks, snapshots, gaps } = session
  const { entries, markers, heapSamples } = await openInPerformancePanel(context, file)
  const byId = new Map(entries.map(entry => [propertyOf(entry, 'id'), entry]))
  expect(byId.size).toBe(operations.length)
  // The trace begins a millisecond before the session.
  const origin = Date.parse(session.createdAt) - 1
  const wrong = operations.filter(({ id, operationName, startTime, duration, outcome, http }) => {
    const entry = byId.get(id) as ShownEntry
    const isSame = entry.name === operationName && propertyOf(entry, 'outcome') === outcome
    const hasSame = propertyOf(entry, 'status') === http?.status?.toString()
    const isRed = entry.color === 'error'
    const starts = Math.abs(entry.start / 1_000 - (startTime - origin)) <= TRACE_STEP
    const ends = duration === undefined || Math.abs(entry.duration / 1_000 - duration) <= TRACE_STEP
    return !(isSame && hasSame && isRed === (outcome === 'failed') && starts && ends)
  })
  expect(wrong).toEqual([])
  expect(heapSamples).toBe(memory.length)
  const navigations = marks.filter(({ type }) => type === 'navigation').length
  expect(markers.length).toBeGreaterThanOrEqual(navigations + snapshots.length + gaps.length)
}

function propertyOf({ properties }: ShownEntry, name: string): string | undefined {
  return properties.find(([each]) => each === name)?.[1]
}
