import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type * as Clock from '../../../monitor/clock.ts'
import type { MemoryMonitor } from '../../../monitor/memory-monitor.ts'
import type { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'

const HOUR = 3_600_000
const wallNow = Date.now
/** Milliseconds that the wall clock is ahead of the monotonic one. */
let ahead = 0

beforeEach(() => {
  vi.resetModules()
  ahead = 0
  Date.now = () => wallNow() + ahead
})
afterEach(() => {
  Date.now = wallNow
})

test('reads performance.now', async () => {
  const { now, timeOrigin } = await import('../../../monitor/clock.ts')
  expect(timeOrigin).toBe(performance.timeOrigin)
  const before = performance.now()
  expect(now()).toBeGreaterThanOrEqual(before)
})

describe('epoch times', () => {
  /** A clock, and what sets both of its hands to where this test wants them. */
  async function createClock() {
    let wallTime = 0
    Date.now = () => wallTime
    const { checkClock, timeOrigin, toEpoch }: typeof Clock = await import('../../../monitor/clock.ts')
    const set = (time: number, difference: number): void => {
      wallTime = Math.round(timeOrigin + time + difference)
      checkClock(time)
    }
    return { set, timeOrigin, toEpoch }
  }

  test('follow the wall clock after sleep and after it was set; earlier times stay', async () => {
    const { set, timeOrigin, toEpoch } = await createClock()
    set(1_000, 0)
    expect(toEpoch(1_000)).toBe(timeOrigin + 1_000)
    // Asleep for an hour, for another, then set back by three.
    set(2_000, HOUR)
    set(3_000, 2 * HOUR)
    set(4_000, -HOUR)
    const expected: [number, number][] = [
      [1_000, 0],
      [1_999, 0],
      [2_000, HOUR],
      [2_500, HOUR],
      [3_000, 2 * HOUR],
      [4_000, -HOUR],
      [9_000, -HOUR],
    ]
    for (const [time, difference] of expected) expect(toEpoch(time)).toBeCloseTo(timeOrigin + time + difference, 0)
  })

  test('ignore differences that come from rounding', async () => {
    const { set, timeOrigin, toEpoch } = await createClock()
    for (const [time, difference] of [
      [1_000.25, 100],
      [2_000.25, -100],
      [3_000.25, 200],
    ] as const) {
      set(time, difference)
      expect(toEpoch(time)).toBe(timeOrigin + time)
    }
  })

  test('follow the wall clock through any number of changes', async () => {
    const { set, timeOrigin, toEpoch } = await createClock()
    for (let i = 1; i <= 1_000; i++) set(i * 10, i * HOUR)
    expect(toEpoch(10_000)).toBeCloseTo(timeOrigin + 10_000 + 1_000 * HOUR, 0)
    // The oldest of the changes that are remembered stands for those before.
    expect(toEpoch(10)).toBeGreaterThan(timeOrigin)
  })
})

describe('after an hour of sleep', () => {
  test('operations and snapshots have the wall clock’s time; durations do not include the sleep', async () => {
    const { PerformanceMonitor: Monitor } = await import('../../../monitor/performance-monitor.ts')
    const { MemoryMonitor: Memory } = await import('../../../monitor/memory-monitor.ts')
    const monitor: PerformanceMonitor = new Monitor()
    const memory: MemoryMonitor = new Memory()
    const later = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))
    await monitor.trackOperation('before', later)
    memory.takeSnapshot('before')
    const through = monitor.trackOperation('through', later)
    ahead = HOUR
    await later()
    await monitor.trackOperation('after', later)
    memory.takeSnapshot('after')
    await through
    const pending = monitor.trackOperation('pending', later)
    const { operations } = monitor.getMetrics()
    await pending
    const start = (name: string): number =>
      operations.find(({ operationName }) => operationName === name)?.startTime ?? Number.NaN
    const snapshot = (label: string): number =>
      memory.getSnapshots().find(each => each.label === label)?.takenAt ?? Number.NaN
    for (const time of [start('before'), start('through'), snapshot('before')]) {
      expect(Math.abs(wallNow() - time)).toBeLessThan(10_000)
    }
    for (const time of [start('after'), start('pending'), snapshot('after')]) {
      expect(Math.abs(wallNow() + HOUR - time)).toBeLessThan(10_000)
    }
    for (const { duration = 0 } of operations) expect(duration).toBeLessThan(10_000)
  })

  test('an app’s fake Date.now has no effect', async () => {
    const { PerformanceMonitor: Monitor } = await import('../../../monitor/performance-monitor.ts')
    const monitor: PerformanceMonitor = new Monitor()
    // Fake timers of a test library, put there once the library is loaded.
    Date.now = () => 0
    await monitor.trackOperation('load', async () => {})
    const [{ startTime } = { startTime: 0 }] = monitor.getMetrics().operations
    expect(Math.abs(wallNow() - startTime)).toBeLessThan(10_000)
  })
})
