// Page's own world (MAIN): reads the heap's size at a steady pace. Top frames only: frames of one process share
// a heap, and would tell it twice.
import { now } from '../monitor/clock.ts'
import type { MemorySample } from '../wire/batch.ts'
import { clearTimer, setTimer } from './natives.ts'

/** Milliseconds between samples. Chromium refreshes the figures at most every 50 ms. */
export const SAMPLE_INTERVAL = 1_000

interface ChromiumPerformance {
  memory?: Pick<MemorySample, 'usedJSHeapSize' | 'totalJSHeapSize' | 'jsHeapSizeLimit'>
}

const { memory } = performance as unknown as ChromiumPerformance
const readMemory = (): ChromiumPerformance['memory'] => (performance as unknown as ChromiumPerformance).memory

export const memoryAvailable = memory !== undefined

/** Calls `onSample` now and at each interval until stopped. */
export function startMemorySampler(onSample: (sample: MemorySample) => void): () => void {
  if (!memoryAvailable || window.top !== window) return () => {}
  let timer: number
  const sample = (): void => {
    const reading = readMemory()
    if (reading) {
      const { usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit } = reading
      onSample({ time: now(), usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit, source: 'performance.memory' })
    }
    timer = setTimer(sample, SAMPLE_INTERVAL)
  }
  sample()
  return () => clearTimer(timer)
}
