import './page-globals.ts'

import { expect, test } from 'vitest'
import { type CheckedNews, type CheckedSource, guardSource } from '../../../injected/guarded-source.ts'
import type { PageEvents } from '../../../injected/page-events.ts'
import {
  BATCH_INTERVAL,
  createRecorder,
  FIRST_DELAY,
  MAX_BATCH_OPERATIONS,
  MAX_UNSTORED_OPERATIONS,
  type Recorder,
} from '../../../injected/recorder.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import type { Source } from '../../../monitor/registry.ts'
import type { RawBatch } from '../../../wire/batch.ts'
import { createOperationColumns } from '../../../wire/operations.ts'
import { pageTasks } from './page-globals.ts'

interface FakeSource extends CheckedSource {
  waiting: number
  lost: number
  listener: ((urgent: boolean) => void) | undefined
}

/** A source with `waiting` operations to be read. */
function fakeSource(waiting = 0): FakeSource {
  let lastId = 0
  return {
    waiting,
    lost: 0,
    listener: undefined,
    listen(onNews) {
      this.listener = onNews
      if (this.waiting > 0) onNews?.(false)
    },
    read(limit): CheckedNews {
      const count = Math.min(limit, this.waiting)
      this.waiting -= count
      const news: CheckedNews = { lost: this.lost, more: this.waiting > 0 }
      this.lost = 0
      if (count === 0) return news
      const operations = createOperationColumns(count)
      operations.id.forEach((_, i) => {
        operations.id[i] = ++lastId
      })
      operations.outcome.fill(1)
      operations.strings.push('load')
      return { ...news, operations }
    },
  }
}

const countOf = (batches: readonly RawBatch[]): number =>
  batches.reduce((sum, { operations }) => sum + operations.reduce((n, { columns }) => n + columns.id.length, 0), 0)

/** What the relay says when these are stored. */
const store = (recorder: Recorder, batches: readonly RawBatch[]): void =>
  recorder.onStored(batches.length, countOf(batches))

/** A recorder that is on, whose batches are kept as the relay gets them: as copies. */
function record(sources: CheckedSource[]) {
  const batches: RawBatch[] = []
  const recorder = createRecorder(sources, batch => void batches.push(structuredClone(batch)))
  recorder.record(true)
  return { recorder, batches }
}

test('sends nothing while there is no news', () => {
  const { batches } = record([fakeSource()])
  expect(pageTasks.count).toBe(0)
  expect(batches).toEqual([])
})

test('snapshots that were dropped are no operations', () => {
  const source = { ...fakeSource(), read: () => ({ snapshots: [{ label: 's', time: 1 }], lost: 4, more: false }) }
  const { recorder, batches } = record([source])
  source.listener?.(true)
  expect(batches[0]?.losses).toEqual([{ reason: 'samples', count: 4 }])
  recorder.record(false)
})

test('sends page events even without operations, and counts dropped ones', () => {
  const click = { type: 'interaction' as const, start: 1, duration: 16, name: 'click', id: 1 }
  const waiting = [click]
  let dropped = 3
  const switched: boolean[] = []
  let stopped = false
  let onNews = (): void => undefined
  const observed: PageEvents = {
    record: on => void switched.push(on),
    take: () => waiting.splice(0),
    takeDropped() {
      const count = dropped
      dropped = 0
      return count
    },
    stop() {
      stopped = true
    },
  }
  const batches: RawBatch[] = []
  const recorder = createRecorder(
    [fakeSource()],
    batch => void batches.push(structuredClone(batch)),
    listener => {
      onNews = listener
      return observed
    },
  )
  onNews()
  expect(pageTasks.count).toBe(0)
  recorder.record(true)
  onNews()
  pageTasks.run()
  expect(batches).toMatchObject([{ operations: [], pageEvents: [click], losses: [{ reason: 'samples', count: 3 }] }])
  waiting.push(click, click)
  recorder.record(false)
  expect(batches[1]?.pageEvents).toEqual([click, click])
  recorder.stop()
  expect(switched).toEqual([true, false])
  expect(stopped).toBe(true)
  expect(batches).toHaveLength(2)
})

test('sends one batch for all that came within an interval', () => {
  const sources = [fakeSource(2), fakeSource()]
  const { recorder, batches } = record(sources)
  expect(batches).toHaveLength(0)
  ;(sources[1] as FakeSource).waiting = 3
  sources[1]?.listener?.(false)
  pageTasks.run()
  expect(batches).toHaveLength(1)
  expect(batches[0]?.operations.map(({ source, columns }) => [source, columns.id.length])).toEqual([
    [0, 2],
    [1, 3],
  ])
  expect(pageTasks.count).toBe(0)
  recorder.record(false)
})

test('sends no two batches within an interval, and the first news of a while soon', () => {
  const source = fakeSource(1)
  const { recorder } = record([source])
  const before = performance.now()
  pageTasks.run()
  source.waiting = 1
  source.listener?.(false)
  const [delay = 0] = pageTasks.delays
  expect(delay).toBeGreaterThanOrEqual(Math.max(FIRST_DELAY, before + BATCH_INTERVAL - performance.now()))
  expect(delay).toBeLessThanOrEqual(BATCH_INTERVAL)
  recorder.record(false)
  pageTasks.run()
})

test('sends urgent news at once', () => {
  const source = fakeSource(1)
  const { recorder, batches } = record([source])
  source.listener?.(true)
  expect(batches).toHaveLength(1)
  source.waiting = 1
  pageTasks.run()
  expect(batches).toHaveLength(1)
  recorder.record(false)
})

test('sends a great deal in batches of bounded size', () => {
  const source = fakeSource(MAX_BATCH_OPERATIONS * 2 + 1)
  const { recorder, batches } = record([source])
  pageTasks.run()
  expect(batches.map(batch => countOf([batch]))).toEqual([MAX_BATCH_OPERATIONS, MAX_BATCH_OPERATIONS, 1])
  recorder.record(false)
})

test('reads no more than may be unstored, goes on as batches are stored, and says whose fault the loss is', () => {
  const source = fakeSource(MAX_UNSTORED_OPERATIONS * 2)
  const { recorder, batches } = record([source])
  pageTasks.run()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS)
  source.listener?.(true)
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS)

  source.lost = 7
  store(recorder, batches.slice(0, 1))
  pageTasks.run()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + MAX_BATCH_OPERATIONS)
  expect(batches.at(-1)?.losses).toEqual([{ reason: 'backpressure', count: 7 }])

  const sentBefore = batches.length
  store(recorder, batches.slice(1))
  pageTasks.run()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS * 2)
  store(recorder, batches.slice(sentBefore))
  source.lost = 2
  source.listener?.(true)
  expect(batches.at(-1)?.losses).toEqual([{ reason: 'buffer-full', count: 2 }])
  recorder.record(false)
})

test('sends nothing during a pause, and after it what was kept meanwhile, as operations from before may have ended', () => {
  const source = fakeSource()
  const { recorder, batches } = record([source])
  recorder.record(false)
  source.waiting = 2
  source.lost = 3
  source.listener?.(true)
  pageTasks.run()
  expect(batches).toEqual([])
  recorder.record(true)
  source.listener?.(false)
  pageTasks.run()
  expect([countOf(batches), batches[0]?.losses]).toEqual([2, [{ reason: 'buffer-full', count: 3 }]])
  recorder.record(false)
})

test('sends all that was recorded when a pause begins, also while too much is not stored yet', () => {
  const source = fakeSource(MAX_UNSTORED_OPERATIONS + 7)
  const { recorder, batches } = record([source])
  pageTasks.run()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS)
  recorder.record(false)
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + 7)
})

test('counts what is stored during a pause to what was sent before it', () => {
  const source = fakeSource(MAX_UNSTORED_OPERATIONS)
  const { recorder, batches } = record([source])
  pageTasks.run()
  const before = batches.length
  recorder.record(false)
  recorder.record(true)
  source.waiting = 10
  source.listener?.(true)
  // Too much is not stored yet.
  expect(batches).toHaveLength(before)
  store(recorder, batches)
  pageTasks.run()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + 10)
  // None of the confirmations was for these.
  source.waiting = MAX_UNSTORED_OPERATIONS
  source.listener?.(true)
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS * 2 + 10)
  recorder.record(false)
})

test('sends all at once when the page is left, and in that task what comes after', () => {
  const source = fakeSource(MAX_UNSTORED_OPERATIONS + 1)
  const { recorder, batches } = record([source])
  pageTasks.run()
  recorder.leave()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + 1)
  source.waiting = 1
  source.listener?.(false)
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + 2)
  // The page came back.
  pageTasks.run()
  store(recorder, batches)
  source.waiting = 1
  source.listener?.(false)
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS + 2)
  recorder.record(false)
})

test('sends in a pause what there is when the page is left, and what comes in that task, and nothing later', () => {
  const source = fakeSource()
  const { recorder, batches } = record([source])
  recorder.record(false)
  source.waiting = 2
  recorder.leave()
  source.waiting = 3
  source.listener?.(false)
  expect(countOf(batches)).toBe(5)
  pageTasks.run()
  source.waiting = 4
  source.listener?.(true)
  pageTasks.run()
  expect(countOf(batches)).toBe(5)
})

test('ends, though a source has more for ever', () => {
  const source = fakeSource(Number.POSITIVE_INFINITY)
  const { recorder, batches } = record([source])
  pageTasks.run()
  recorder.leave()
  expect(countOf(batches)).toBe(MAX_UNSTORED_OPERATIONS * 2)
  recorder.record(false)
  pageTasks.run()
})

test('ends with nothing left behind', () => {
  const source = fakeSource(1)
  const { recorder, batches } = record([source])
  const listener = source.listener
  recorder.stop()
  expect(source.listener).toBeUndefined()
  pageTasks.run()
  expect(countOf(batches)).toBe(1)
  listener?.(false)
  listener?.(true)
  expect(pageTasks.count).toBe(0)
  expect(countOf(batches)).toBe(1)
})

test('is not held up by sources of the page that throw, lie or never end', () => {
  const hostile: Source[] = [
    null as unknown as Source,
    {
      listen() {
        throw new Error('listen')
      },
      read() {
        throw new Error('read')
      },
    },
    { listen() {}, read: () => ({ operations: 'no' as never, lost: 0, more: true }) },
    { listen() {}, read: () => ({ lost: 1, more: true }) },
    { listen() {}, read: () => ({ snapshots: [{ label: 's', time: 1 }], lost: 0, more: true }) },
  ]
  const source = fakeSource(3)
  const { recorder, batches } = record([source, ...hostile.map(guardSource)])
  pageTasks.run()
  expect(batches).toHaveLength(2)
  expect(countOf(batches)).toBe(3)
  expect(batches[0]?.losses).toEqual([
    ...[1, 2, 3].map(() => ({ reason: 'malformed', count: 1 })),
    { reason: 'buffer-full', count: 1 },
  ])
  recorder.record(false)
})

test('hands over a monitor’s operations, ended ones once and pending ones twice', async () => {
  const monitor = PerformanceMonitor.getInstance()
  const { sources } = (globalThis as { [key: symbol]: { sources: Source[] } })[Symbol.for('perf-devtools.door.1')] as {
    sources: Source[]
  }
  const { recorder, batches } = record(sources.map(guardSource))
  let finish: () => void = () => {}
  const running = monitor.trackOperation('slow', () => new Promise<void>(resolve => (finish = resolve)))
  await monitor.trackOperation('quick', async () => {})
  pageTasks.run()
  finish()
  await running
  pageTasks.run()
  const rows = batches.flatMap(({ operations }) =>
    operations.flatMap(({ columns }) =>
      [...columns.id].map((_, i) => [columns.strings[columns.name[i] as number], columns.outcome[i]]),
    ),
  )
  expect(rows).toEqual([
    ['quick', 1],
    ['slow', 0],
    ['slow', 1],
  ])
  recorder.record(false)
})

test('sends columns that have no operation, and stops', () => {
  const news: CheckedNews[] = [{ operations: createOperationColumns(0), lost: 0, more: false }]
  const source: CheckedSource = { listen() {}, read: () => news.pop() ?? { lost: 0, more: false } }
  const { batches, recorder } = record([source])
  recorder.leave()
  expect(batches.map(({ operations }) => operations.length)).toEqual([1])
  recorder.leave()
  expect(batches).toHaveLength(1)
})
