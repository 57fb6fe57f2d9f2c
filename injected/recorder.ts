// Page's own world (MAIN): reads the sources and ships what is new in batches.

import { now } from '../monitor/clock.ts'
import { MAX_SOURCES } from '../monitor/registry.ts'
import type { Loss, RawBatch, Snapshot } from '../wire/batch.ts'
import type { CheckedSource } from './guarded-source.ts'
import { takeOverhead, timed } from './overhead.ts'
import { later } from './primordials/later.ts'
import { bare, lengthOf, max } from './primordials/natives.ts'

/** Milliseconds from the first news after a while to the batch that tells it: a click's request is shown at once. */
export const FIRST_DELAY = 100
/** Milliseconds between batches while there is always news: one costs the page's thread much, whatever is in it. */
export const BATCH_INTERVAL = 500
/** Operations of one source in a batch: larger ones cost no less each. */
export const MAX_BATCH_OPERATIONS = 5_000
/**
 * Operations sent and not yet stored, some 7 MB. At the bound nothing more is read; the sources then overwrite
 * their oldest and say how many.
 */
export const MAX_UNSTORED_OPERATIONS = 200_000
/** Batches sent and not stored: minutes while the background is out of reach. */
export const MAX_UNSTORED_BATCHES = 5_000

export interface Recorder {
  /** Takes part from now on; what it has to tell from before is told too. */
  addSource(source: CheckedSource): void
  /** So many more batches are stored, with so many operations in them. */
  onStored(batches: number, operations: number): void
  /**
   * Switched off, it first tells all that was recorded; on again, what the sources have kept since: of what was told as
   * running, every end.
   */
  record(on: boolean): void
  /** For good: the sources have no one to tell any more. */
  stop(): void
  /** Sends all there is, now; and for the rest of this task what comes, at once: the page may be gone after it. */
  leave(): void
}

/**
 * Off at first.
 *
 * @param sources of our own, or guarded ones: they don't throw.
 */
export function createRecorder(sources: CheckedSource[], send: (batch: RawBatch) => void): Recorder {
  bare(sources)
  let unstoredBatches = 0
  let unstoredOperations = 0
  let cancelFlush: (() => void) | undefined
  let recording = false
  let flushing = false
  /** When that was last done, by the clock. At first 0: a document's start is busy enough without a batch. */
  let flushed = 0
  let leaving = false

  const onNews = (urgent: boolean): void => {
    if (!recording) return
    if (urgent || leaving) flush()
    else cancelFlush ??= later(flush, max(FIRST_DELAY, flushed + BATCH_INTERVAL - now()))
  }

  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = undefined
    // Reading can run page code, which may ask for a flush.
    if (flushing) return
    flushing = true
    flushed = now()
    try {
      timed(() => {
        while (recording && hasRoom() && sendBatch()) {}
        blocked ||= !hasRoom()
      })
    } finally {
      flushing = false
    }
  }

  /** At the end there is room for all that the sources have kept: not without bound, for a page's own may never end. */
  const hasRoom = (): boolean => {
    const share = leaving ? 2 : 1
    return unstoredOperations < MAX_UNSTORED_OPERATIONS * share && unstoredBatches < MAX_UNSTORED_BATCHES * share
  }

  const leave = (): void => {
    leaving = true
    flush()
  }

  /** True if there is more to send at once. */
  const sendBatch = (): boolean => {
    const operations: RawBatch['operations'] = bare([])
    const snapshots: Snapshot[] = bare([])
    const losses: Loss[] = bare([])
    let count = 0
    let more = false
    for (let index = 0; index < sources.length; index++) {
      const news = (sources[index] as CheckedSource).read(MAX_BATCH_OPERATIONS)
      const { operations: columns, snapshots: taken, lost, summary, malformed, more: hasMore } = bare(news)
      if (lost > 0) {
        const reason = taken ? 'samples' : blocked ? 'backpressure' : 'buffer-full'
        losses[losses.length] = { reason, count: lost, summary }
      }
      if (malformed) losses[losses.length] = { reason: 'malformed', count: malformed }
      if (columns) {
        operations[operations.length] = { source: index, columns }
        count += lengthOf(columns.id)
      }
      for (let i = 0; taken && i < taken.length; i++) snapshots[snapshots.length] = taken[i] as Snapshot
      more ||= hasMore
    }
    blocked = false
    if (operations.length + snapshots.length + losses.length === 0) return false
    send({ operations, memory: bare([]), snapshots, losses, overheadMs: takeOverhead() })
    unstoredBatches++
    unstoredOperations += count
    // Without operations there is nothing that would end a loop over a source that always has more.
    return more && count > 0
  }
  /** Whether reading was put off because too much is on its way. */
  let blocked = false

  const listen = (listener?: typeof onNews): void => {
    for (let i = 0; i < sources.length; i++) (sources[i] as CheckedSource).listen(listener)
  }

  const record = (on: boolean): void => {
    if (on === recording) return
    if (!on) leave()
    leaving = false
    recording = on
    listen(onNews)
  }

  return {
    record,
    stop() {
      record(false)
      listen()
    },
    addSource(source) {
      if (sources.length > MAX_SOURCES) return
      sources[sources.length] = source
      if (recording) source.listen(onNews)
    },
    onStored(batches, operations) {
      const full = !hasRoom()
      unstoredBatches -= batches
      unstoredOperations -= operations
      if (full) onNews(false)
    },
    leave() {
      leave()
      later(() => {
        leaving = false
      }, 0)
    },
  }
}
