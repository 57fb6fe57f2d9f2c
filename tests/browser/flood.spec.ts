// Test (real Chromium, real DevTools): a page that tracks faster than can be stored. Nothing grows, and what is
// lost is counted to the last operation.
import type { Page } from 'playwright/test'
import { expect, exportSession, test } from './perf-test.ts'
import { retainedBytes } from './retained-bytes.ts'

/** Each flood takes so many milliseconds and operations: more than may be on their way at a time. */
const AT_LEAST = { duration: 3_000, count: 250_000 }
/** Bytes that a page may hold more after a flood than before: the monitor's ring and its statistics, many times over. */
const MAX_GROWTH = 30_000_000
/** Milliseconds for a timer to fire after the flood, on a machine that does other things as well. */
const MAX_DELAY = 2_000

interface Flood {
  made: number
  /** Milliseconds from the last operation until the page's next task. */
  delay: number
}

/** Tracks without ever giving the page's event loop a turn. */
function floodOfMicrotasks(page: Page): Promise<Flood> {
  return page.evaluate(async ({ duration, count }) => {
    const monitor = window.PerformanceMonitor.getInstance()
    const end = performance.now() + duration
    let made = 0
    while (performance.now() < end || made < count) {
      await monitor
        .trackOperation('flood', () => (made % 10 === 0 ? Promise.reject(new Error('flood')) : Promise.resolve()))
        .catch(() => undefined)
      made++
    }
    const ended = performance.now()
    await new Promise(resolve => setTimeout(resolve))
    return { made, delay: performance.now() - ended }
  }, AT_LEAST)
}

/** Tracks all the time, in tasks of 10 ms. */
function floodOfTasks(page: Page): Promise<Flood> {
  return page.evaluate(async ({ duration, count }) => {
    const monitor = window.PerformanceMonitor.getInstance()
    const { port1, port2 } = new MessageChannel()
    const end = performance.now() + duration
    let made = 0
    let delay = 0
    while (performance.now() < end || made < count) {
      const taskEnd = performance.now() + 10
      while (performance.now() < taskEnd) {
        await monitor
          .trackOperation('flood', () => (made % 10 === 0 ? Promise.reject(new Error('flood')) : Promise.resolve()))
          .catch(() => undefined)
        made++
      }
      const ended = performance.now()
      await new Promise(resolve => {
        port1.onmessage = resolve
        port2.postMessage(0)
      })
      delay = Math.max(delay, performance.now() - ended)
    }
    return { made, delay }
  }, AT_LEAST)
}

function pick(from: object, keys: string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)))
}

for (const [kind, flood] of Object.entries({ microtasks: floodOfMicrotasks, tasks: floodOfTasks })) {
  test(`a flood of ${kind} is bounded, and counted exactly`, async ({ inspected, demo }) => {
    test.setTimeout(240_000)
    const { page, panel } = inspected
    await page.goto(`${demo.url}/empty`)
    await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('first', () => Promise.resolve()))
    const before = await retainedBytes(page)
    const { made, delay } = await flood(page)
    expect(delay).toBeLessThan(MAX_DELAY)
    const metrics = await page.evaluate(() => window.PerformanceMonitor.getInstance().getMetrics())
    expect(metrics.byName.flood?.totalOperations).toBe(made)

    const statistic = (name: string) => panel.getByLabel('Statistics').locator('.stat', { hasText: name }).locator('dd')
    await expect(statistic('Operations')).toHaveText((made + 1).toLocaleString('en-US'), { timeout: 60_000 })
    const session = await exportSession(inspected)
    const lost = session.gaps.reduce((sum, { count = 0 }) => sum + count, 0)
    const stored = session.operations.length - 1
    const reasons = [...new Set(session.gaps.map(({ reason }) => reason))]
    console.log(`${kind}: ${made} made = ${stored} stored + ${lost} lost (${reasons}); next task after ${delay} ms`)
    expect(stored + lost).toBe(made)
    expect(new Set(session.operations.map(({ id }) => id)).size).toBe(stored + 1)
    // Nothing can be stored before the page gives a turn.
    if (kind === 'microtasks') expect(lost).toBeGreaterThan(0)
    if (lost > 0) {
      await expect(panel.getByText(`${lost.toLocaleString('en-US')} lost`).first()).toBeVisible()
      expect(reasons.every(reason => reason === 'backpressure' || reason === 'buffer-full')).toBe(true)
    }
    // What was dropped is in the statistics all the same: they equal those that the page's own monitor has of everything.
    const { pendingOperations: _, overheadMs: __, averageDuration, ...statistics } = session.metrics
    expect(statistics).toEqual(pick(metrics, Object.keys(statistics)))
    expect(averageDuration).toBeCloseTo(metrics.averageDuration, 6)
    await expect(statistic('Failed')).toContainText(metrics.failedOperations.toLocaleString('en-US'))
    const growth = (await retainedBytes(page)) - before
    console.log(`${kind}: the page holds ${(growth / 1e6).toFixed(1)} MB more than before`)
    expect(growth).toBeLessThan(MAX_GROWTH)
  })
}
