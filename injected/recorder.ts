// Page's own world (MAIN): reads the sources and sends what is new in batches.

import { now } from '../monitor/clock.ts'
import { MAX_SOURCES } from '../monitor/registry.ts'
import type { Loss, RawBatch, Snapshot } from '../wire/batch.ts'
import type { CheckedSource } from './guarded-source.ts'
import { takeOverhead, timed } from './overhead.ts'
import type { PageEvents } from './page-events.ts'
import { later } from './primordials/later.ts'
import { bare, lengthOf, max } from './primordials/natives.ts'

/** Milliseconds from the first event after a quiet period to the batch that reports it, so that the request of a click shows up soon. */
export const FIRST_DELAY = 100
/** Milliseconds between batches while the page is busy. Each batch costs the page's thread time, whatever its size. */
export const BATCH_INTERVAL = 500
/** Operations of one source in a batch. Larger batches do not make an operation cheaper. */
export const MAX_BATCH_OPERATIONS = 5_000
/**
 * Operations that were sent and are not stored yet, some 7 MB. At the bound the sources are not read any more. They then
 * overwrite their oldest operations and count them.
 */
export const MAX_UNSTORED_OPERATIONS = 200_000
/** Batches that were sent and are not stored yet: enough for minutes in which the background cannot be reached. */
export const MAX_UNSTORED_BATCHES = 5_000

export interface Recorder {
  /** Reads this source as well from now on, including what it recorded before. */
  addSource(source: CheckedSource): void
  /** To be called when the background has stored this many more batches, with this many operations. */
  onStored(batches: number, operations: number): void
  /**
   * Starts or stops sending. Before it stops, it sends everything that was recorded. When it starts again, it sends what the sources
   * have kept meanwhile, such as the ends of operations that were sent as running.
   */
  record(on: boolean): void
  /** Stops for good, and removes its listeners from the sources. */
  stop(): void
  /**
   * Sends everything now, even while recording is off. Until the end of this task it also sends whatever comes immediately, because
   * the page may be gone afterwards.
   */
  leave(): void
}

/**
 * Sends nothing until `record(true)` is called.
 *
 * @param sources our own or guarded ones, which don't throw.
 * @param observe starts to observe page events; absent in tests that have none.
 */
export function createRecorder(
  sources: CheckedSource[],
  send: (batch: RawBatch) => void,
  observe?: (onNews: () => void) => PageEvents,
): Recorder {
  bare(sources)
  let unstoredBatches = 0
  let unstoredOperations = 0
  let cancelFlush: (() => void) | undefined
  let recording = false
  let flushing = false
  /** When the last batch was sent. It is 0 at first, which delays the first batch: a document is busy enough when it starts. */
  let flushed = 0
  let leaving = false

  const onNews = (urgent: boolean): void => {
    if (!recording && !leaving) return
    if (urgent || leaving) flush()
    else cancelFlush ??= later(flush, max(FIRST_DELAY, flushed + BATCH_INTERVAL - now()))
  }

  const events = observe?.(() => onNews(false))

  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = undefined
    // Reading a source can run page code, which may cause another flush.
    if (flushing) return
    flushing = true
    flushed = now()
    try {
      timed(() => {
        while ((recording || leaving) && hasRoom() && sendBatch()) {}
        blocked ||= !hasRoom()
      })
    } finally {
      flushing = false
    }
  }

  /** When the page is left, twice as much fits, so that all sources can be read. A page's own source may never end, so there is a bound. */
  const hasRoom = (): boolean => {
    const share = leaving ? 2 : 1
    return unstoredOperations < MAX_UNSTORED_OPERATIONS * share && unstoredBatches < MAX_UNSTORED_BATCHES * share
  }

  const leave = (): void => {
    leaving = true
    flush()
  }

  /** Returns true if there is more to send right away. */
  const sendBatch = (): boolean => {
    const operations: RawBatch['operations'] = bare([])
    const snapshots: Snapshot[] = bare([])
    const losses: Loss[] = bare([])
    const pageEvents = events?.take()
    const dropped = events?.takeDropped()
    if (dropped) losses[0] = { reason: 'samples', count: dropped }
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
    const happened = pageEvents?.length
    if (operations.length + snapshots.length + losses.length === 0 && !happened) return false
    const batch: RawBatch = { operations, memory: bare([]), snapshots, losses, overheadMs: takeOverhead() }
    if (happened) batch.pageEvents = pageEvents
    send(batch)
    unstoredBatches++
    unstoredOperations += count
    // A source that claims to have more but has no operations must not keep the loop going.
    return more && count > 0
  }
  /** Whether reading was postponed because too much is not stored yet. */
  let blocked = false

  const listen = (listener?: typeof onNews): void => {
    for (let i = 0; i < sources.length; i++) (sources[i] as CheckedSource).listen(listener)
  }

  const record = (on: boolean): void => {
    if (on === recording) return
    if (!on) leave()
    leaving = false
    recording = on
    events?.record(on)
    listen(onNews)
  }

  return {
    record,
    stop() {
      record(false)
      events?.stop()
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
