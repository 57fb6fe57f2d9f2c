// Isolated world of each frame: reads the heap's size at a steady pace. Not in the page script, which is as large as it
// may be; both worlds share the heap.
import type { Batch, MemorySample } from '../../wire/batch.ts'

/** Milliseconds between samples. Chromium refreshes the figures at most every 50 ms. */
export const SAMPLE_INTERVAL = 1_000
/** Samples kept while nothing can be stored; over it the oldest make way, and are counted. */
export const MAX_WAITING_SAMPLES = 600

type Figures = Pick<MemorySample, 'usedJSHeapSize' | 'totalJSHeapSize' | 'jsHeapSizeLimit'>

/** Chromium's only, and in no standard. Each reading is a new object, for which the heap is looked through. */
const readMemory = (): Figures | undefined => (performance as { memory?: Figures }).memory
/** Whether there is such a figure. */
export const hasMemory = (): boolean => 'memory' in performance

export interface MemorySamples {
  readonly waiting: number
  /** Samples from now on, or no more. */
  record(on: boolean): void
  /** Those since the last call. A page that forges a batch says nothing of its own. */
  moveTo(batch: Pick<Batch, 'memory' | 'losses'>): void
}

/**
 * Calls `onSample` after each but the first, which can wait: a document’s start is busy enough. Top frames only: frames
 * of one process share a heap, and would tell it twice.
 *
 * @param later runs a task after so many milliseconds.
 */
export function createMemorySamples(
  onSample: () => void,
  later: (task: () => void, delay: number) => void = postLater,
): MemorySamples {
  let waiting: MemorySample[] = []
  let lost = 0
  /** Counts the times that recording was switched: a task from before stops. */
  let turn = 0
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

  const goOn = (own: number): void =>
    later(() => {
      if (own !== turn) return
      take()
      onSample()
      goOn(own)
    }, SAMPLE_INTERVAL)

  return {
    get waiting() {
      return waiting.length
    },
    record(on) {
      if (on === recording || window.top !== window || !hasMemory()) return
      recording = on
      turn++
      if (!on) return
      take()
      goOn(turn)
    },
    moveTo(batch) {
      batch.memory = waiting
      if (lost > 0) batch.losses.push({ reason: 'samples', count: lost })
      waiting = []
      lost = 0
    },
  }
}

/** A timer has a number, which counts the page's own timers on. */
function postLater(task: () => void, delay: number): void {
  scheduler.postTask(task, { delay }).catch(() => undefined)
}
