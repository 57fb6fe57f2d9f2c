// Isolated world of each frame: reads the heap's size at a steady pace. Both worlds share the heap, so the page script, whose
// size is limited, need not do it.
import type { MemorySample, RawBatch } from '../../wire/batch.ts'

/** Milliseconds between samples. */
export const SAMPLE_INTERVAL = 1_000
/**
 * Milliseconds between samples at the fine pace, which shows what is allocated between collections. Chromium refreshes the sizes
 * at most every 50 ms: https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/core/timing/memory_info.cc
 */
export const FINE_INTERVAL = 50
/** Samples that are taken at the fine pace when the panel asks for it. It asks each second; a panel that is gone does not. */
export const FINE_SAMPLES = 50
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
  /** Takes the next samples at the fine pace. They are reported as often as before. */
  refine(): void
  /** Puts those since the last call into the batch. A forged batch has none of its own. */
  moveTo(batch: RawBatch): void
}

/**
 * Calls `onReport` each second after a sample, but not after the first: a document’s start is busy enough. Only top frames
 * sample, because frames of one process share a heap.
 *
 * @param later runs a task after so many milliseconds.
 */
export function createMemorySamples(
  onReport: () => void,
  later: (task: () => void, delay: number) => void = postLater,
): MemorySamples {
  let waiting: MemorySample[] = []
  let lost = 0
  /** Counts how often sampling was switched: a task from before does nothing. */
  let switched = 0
  let recording = false
  /** Samples that are still to be taken at the fine pace. */
  let fine = 0
  /** Milliseconds until samples are reported. */
  let untilReport = SAMPLE_INTERVAL
  /** Milliseconds that reading the heap took since the last batch. */
  let spent = 0

  const take = (): void => {
    const before = performance.now()
    const memory = readMemory()
    if (!memory) return
    const { usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit } = memory
    const time = performance.now()
    spent += time - before
    waiting.push({ time, usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit, source: 'performance.memory' })
    if (waiting.length <= MAX_WAITING_SAMPLES) return
    waiting.shift()
    lost++
  }

  const takeLater = (atSwitch: number): void => {
    const delay = fine > 0 ? FINE_INTERVAL : SAMPLE_INTERVAL
    later(() => {
      if (atSwitch !== switched) return
      take()
      if (fine > 0) fine--
      untilReport -= delay
      if (untilReport <= 0) {
        untilReport = SAMPLE_INTERVAL
        onReport()
      }
      takeLater(atSwitch)
    }, delay)
  }

  return {
    get waiting() {
      return waiting.length
    },
    record(on) {
      if (on === recording || window.top !== window || !hasMemory()) return
      recording = on
      switched++
      fine = 0
      if (!on) return
      take()
      takeLater(switched)
    },
    refine() {
      if (!recording) return
      const isFine = fine > 0
      fine = FINE_SAMPLES
      // The next sample would be up to a second away.
      if (!isFine) takeLater(++switched)
    },
    moveTo(batch) {
      batch.memory = waiting
      if (spent > 0) batch.overheadMs = (batch.overheadMs ?? 0) + spent
      if (lost > 0) batch.losses.push({ reason: 'samples', count: lost })
      waiting = []
      lost = 0
      spent = 0
    },
  }
}

/** Not by `setTimeout`: its id would show in the ids of the page's own timers, which count on from it. */
function postLater(task: () => void, delay: number): void {
  scheduler.postTask(task, { delay }).catch(() => undefined)
}
