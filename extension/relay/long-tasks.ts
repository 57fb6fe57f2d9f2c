// Isolated world of each frame: the tasks that kept the page's main thread busy (https://w3c.github.io/longtasks/). Both worlds
// see the same document, and the page script is as large as it may be.
import type { LongTask, RawBatch } from '../../wire/batch.ts'

/**
 * Long tasks kept from one batch to the next. There are at most 20 in a second, and there is a batch at least each second, with
 * the heap's size: more come together only while the page is too busy to make a batch.
 */
export const MAX_LONG_TASKS = 1_000

export interface LongTasks {
  /** Puts those since the last call into the batch, and how many more there were. A forged batch has none of its own. */
  moveTo(batch: RawBatch): void
  /** Forgets those since the last call. */
  discard(): void
  stop(): void
}

/**
 * Top frames only: frames of one process share a main thread, and would report its tasks twice.
 * @param since milliseconds since the time origin: what began before has been reported.
 */
export function observeLongTasks(since = 0): LongTasks {
  let found: LongTask[] = []
  let dropped = 0
  const add = (entries: PerformanceEntryList): void => {
    for (const { startTime, duration } of entries) {
      if (startTime < since) continue
      if (found.length < MAX_LONG_TASKS) found.push({ start: startTime, duration })
      else dropped++
    }
  }
  const discard = (): void => {
    observer.takeRecords()
    found = []
    dropped = 0
  }
  const observer = new PerformanceObserver(list => add(list.getEntries()))
  // Firefox has no long tasks, and logs a warning for a type that it does not know:
  // https://bugzilla.mozilla.org/show_bug.cgi?id=1348405
  const known = PerformanceObserver.supportedEntryTypes.includes('longtask')
  if (known && window.top === window) observer.observe({ type: 'longtask', buffered: true })
  return {
    discard,
    moveTo(batch) {
      add(observer.takeRecords())
      delete batch.longTasks
      delete batch.longTasksDropped
      if (found.length > 0) batch.longTasks = found
      if (dropped > 0) batch.longTasksDropped = dropped
      discard()
    },
    stop: () => observer.disconnect(),
  }
}
