// Isolated world of each frame: reads the heap's size at a steady pace. Both worlds share the heap, and the page script is as
// large as it may be.
import type { MemorySample, RawBatch } from '../../wire/batch.ts'

/** Milliseconds between samples. Chromium refreshes the sizes at most every 50 ms. */
export const SAMPLE_INTERVAL = 1_000
/** Samples kept while nothing can be stored; beyond that the oldest are dropped, and counted. */
export const MAX_WAITING_SAMPLES = 600

type HeapSize = Pick<MemorySample, 'usedJSHeapSize' | 'totalJSHeapSize' | 'jsHeapSizeLimit'>

/** Chromium alone has it (https://developer.mozilla.org/docs/Web/API/Performance/memory). Each reading measures the heap. */
const readMemory = (): HeapSize | undefined => (performance as { memory?: HeapSize }).memory
export const hasMemory = (): boolean => 'memory' in performance

export interface MemorySamples {
  readonly waiting: number
  /** Starts sampling, or stops it. */
  record(on: boolean): void
  /** Puts those since the last call into the batch. A forged batch has none of its own. */
  moveTo(batch: RawBatch): void
}

/**
 * Calls `onSample` after each sample but the first, which can wait: a document’s start is busy enough. Top frames only: frames
 * of one process share a heap, and would report it twice.
 *
 * @param later runs a task after so many milliseconds.
 */
export function createMemorySamples(
  onSample: () => void,
  later: (task: () => void, delay: number) => void = postLater,
): MemorySamples {
  let waiting: MemorySample[] = []
  let lost = 0
  /** Counts how often sampling was switched: a task from before does nothing. */
  let switched = 0
  let recording = false

  const take = (): void => {
    const memory = readMemory()
    if (!memory) return
    const { usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit } = memory
    const time = performance.now()
    waiting.push({ time, usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit, source: 'performance.memory' })
    if (waiting.length <= MAX_WAITING_SAMPLES) return
    waiting.shift()
    lost++
  }

  const takeLater = (atSwitch: number): void =>
    later(() => {
      if (atSwitch !== switched) return
      take()
      onSample()
      takeLater(atSwitch)
    }, SAMPLE_INTERVAL)

  return {
    get waiting() {
      return waiting.length
    },
    record(on) {
      if (on === recording || window.top !== window || !hasMemory()) return
      recording = on
      switched++
      if (!on) return
      take()
      takeLater(switched)
    },
    moveTo(batch) {
      batch.memory = waiting
      if (lost > 0) batch.losses.push({ reason: 'samples', count: lost })
      waiting = []
      lost = 0
    },
  }
}

/** Not by `setTimeout`: its id would show in the ids of the page's own timers, which count on from it. */
function postLater(task: () => void, delay: number): void {
  scheduler.postTask(task, { delay }).catch(() => undefined)
}
