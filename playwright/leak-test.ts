// Node (the test's process): whether the page keeps memory each time that something is done, by its heap after a collection.
import type { CDPSession, Page } from 'playwright/test'
import type { LeakTest, LeakTestOptions } from './perf.ts'

/** The first round fills caches. */
const ROUNDS = 7
const CALLS_PER_ROUND = 5
/** Bytes a call: less is what the engine itself keeps. */
const MIN_KEPT = 2_000
/** Two-sided 95 % quantiles of Student's t, by degrees of freedom from 1. */
const T_95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]

export async function leakTest(
  page: Page,
  fn: () => unknown,
  { rounds = ROUNDS, calls = CALLS_PER_ROUND }: LeakTestOptions = {},
): Promise<LeakTest> {
  if (!(rounds >= 3 && rounds <= T_95.length + 1 && calls >= 1)) {
    throw new RangeError(`perf.leakTest takes 3 to ${T_95.length + 1} rounds of at least one call.`)
  }
  const cdp = await connect(page)
  try {
    const heap: number[] = []
    for (let round = 0; round < rounds; round++) {
      for (let call = 0; call < calls; call++) await fn()
      await cdp.send('HeapProfiler.collectGarbage')
      heap.push((await cdp.send('Runtime.getHeapUsage')).usedSize)
    }
    return resultOf(heap, calls)
  } finally {
    await cdp.detach()
  }
}

/** @param heap after each round. */
export function resultOf(heap: readonly number[], calls: number): LeakTest {
  const kept = heap.slice(1).map((bytes, i) => (bytes - (heap[i] as number)) / calls)
  const mean = kept.reduce((sum, each) => sum + each, 0) / kept.length
  const variance = kept.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (kept.length - 1)
  const half = (T_95[kept.length - 2] as number) * Math.sqrt(variance / kept.length)
  const keptPerCall = { mean, low: mean - half, high: mean + half }
  return { heap: [...heap], keptPerCall, grows: kept.every(each => each > 0) && keptPerCall.low > MIN_KEPT }
}

/** Only Chromium's protocol tells the size of the heap. */
async function connect(page: Page): Promise<CDPSession> {
  try {
    return await page.context().newCDPSession(page)
  } catch (cause) {
    throw new Error('perf.leakTest needs Chromium: no other browser tells the size of a page’s heap.', { cause })
  }
}
