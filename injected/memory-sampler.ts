// Page's own world (MAIN): reads the heap's size at a steady pace. Top frames only: frames of one process share
// a heap, and would tell it twice.
import { now } from '../monitor/clock.ts'
import type { MemorySample } from '../wire/batch.ts'
import { later } from './later.ts'
import { getter } from './natives.ts'

/** Milliseconds between samples. Chromium refreshes the figures at most every 50 ms. */
export const SAMPLE_INTERVAL = 1_000

const ownPerformance = performance
const { memory } = performance as unknown as { memory?: object }
const memoryOf = getter(Performance.prototype, 'memory')
const figure = (name: string) => getter(Object.getPrototypeOf(memory ?? {}), name) as (memory: unknown) => number
const usedSize = figure('usedJSHeapSize')
const totalSize = figure('totalJSHeapSize')
const sizeLimit = figure('jsHeapSizeLimit')

export const memoryAvailable = memory !== undefined

/** Calls `onSample` now and at each interval until stopped. */
export function startMemorySampler(onSample: (sample: MemorySample) => void): () => void {
  if (!memoryAvailable || window.top !== window) return () => {}
  let cancel: () => void
  const sample = (): void => {
    const reading = memoryOf(ownPerformance)
    onSample({
      time: now(),
      usedJSHeapSize: usedSize(reading),
      totalJSHeapSize: totalSize(reading),
      jsHeapSizeLimit: sizeLimit(reading),
      source: 'performance.memory',
    })
    cancel = later(sample, SAMPLE_INTERVAL)
  }
  sample()
  return () => cancel()
}
