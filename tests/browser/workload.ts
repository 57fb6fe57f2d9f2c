// Test: operations for a page to run, and naive statistics of them from the exported file.
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect, exportWhen, type InspectedPage } from './perf-test.ts'

/** Runs operations in the page, and returns the session once all of them are in the panel. */
export async function record(inspected: InspectedPage, url: string): Promise<SessionFile> {
  const { page, frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1800, height: 900 })
  await page.goto(`${url}/empty`)
  await page.evaluate(work)
  const session = await exportWhen(inspected, ({ operations }) => operations.length === 75)
  await expect(panel.getByRole('status')).toContainText('75 operations')
  return session
}

/** In the page: 60 operations with four names, some of which fail or are cancelled, and 15 children of them. */
async function work(): Promise<void> {
  const monitor = window.PerformanceMonitor.getInstance()
  const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
  const settled: Promise<unknown>[] = []
  for (let i = 0; i < 60; i++) {
    const name = ['search', 'checkout', 'render list', 'save draft'][i % 4] as string
    const run = monitor.trackOperation(
      name,
      async operation => {
        await wait(3 + ((i * 7) % 40))
        if (name === 'checkout') await operation.trackOperation('pay', () => wait(5))
        if (i % 10 === 3) throw new RangeError('no money')
        if (i % 15 === 5) throw new DOMException('left', 'AbortError')
      },
      { index: i, cart: { items: [1, 2] } },
    )
    settled.push(run.catch(() => undefined))
    if (i % 6 === 0) await wait(10)
  }
  await Promise.all(settled)
}

export interface NaiveStatistics {
  count: number
  failed: number
  cancelled: number
  running: number
  /** Sorted durations of the operations that ended. */
  durations: number[]
  sum: number
}

export function naiveStatistics(operations: readonly SessionOperation[]): NaiveStatistics {
  const connections = ['websocket', 'eventsource', 'stream']
  const durations = operations.flatMap(({ kind, duration }) =>
    duration === undefined || connections.includes(kind) ? [] : [duration],
  )
  const having = (outcome: string) => operations.filter(operation => operation.outcome === outcome).length
  return {
    count: operations.length,
    failed: having('failed'),
    cancelled: having('cancelled'),
    running: having('pending'),
    durations: durations.sort((a, b) => a - b),
    sum: durations.reduce((sum, duration) => sum + duration, 0),
  }
}

/** The value with a share of `q` at or below it (nearest rank). */
export function naiveQuantile({ durations }: NaiveStatistics, q: number): number {
  return durations[Math.max(0, Math.ceil(q * durations.length) - 1)] as number
}

/** Stops recording, so that the charts no longer move, and returns the session. */
export async function pause(inspected: InspectedPage): Promise<SessionFile> {
  await inspected.panel.getByRole('button', { name: 'Record' }).click()
  return exportWhen(inspected, ({ gaps }) => gaps.some(({ reason }) => reason === 'paused'))
}

/** A range in epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/** From the first to the last thing that happened; to the last that was recorded if an operation is running. */
export function activeSpan({ createdAt, operations, memory, marks, snapshots }: SessionFile): Span {
  const isRunning = operations.some(({ outcome, endUnknown }) => outcome === 'pending' && !endUnknown)
  const times = [Date.parse(createdAt), ...snapshots.map(({ time }) => time)]
  let heap = 0
  for (const { time, usedJSHeapSize } of memory) {
    const isChange = Math.abs(usedJSHeapSize - heap) >= Math.max(5_000_000, heap / 10)
    if (isChange) heap = usedJSHeapSize
    if (isChange || isRunning) times.push(time)
  }
  for (const { startTime, endTime = startTime } of operations) times.push(startTime, endTime)
  // The page that is shown may have been there before the session.
  for (const mark of marks.filter(({ type, time }) => type !== 'navigation' || time >= Date.parse(createdAt))) {
    times.push(mark.time, mark.time + ('duration' in mark ? mark.duration : 0))
  }
  return { from: Math.min(...times), to: Math.max(...times) }
}

/** The range of the charts when the whole session is shown: at least a second. */
export function shownSpan(session: SessionFile): Span {
  const { from, to } = activeSpan(session)
  return { from, to: from + Math.max(1_000, (to - from) * 1.01) }
}
