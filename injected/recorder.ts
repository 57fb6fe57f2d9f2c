// Page's own world (MAIN): reads the sources and ships what is new in batches.

import { MAX_SOURCES } from '../monitor/door.ts'
import type { Batch, Loss, LossReason, Snapshot } from '../wire/batch.ts'
import type { LossFigures } from '../wire/loss-figures.ts'
import type { CheckedSource } from './guarded-source.ts'
import { later } from './later.ts'
import { bare, lengthOf } from './natives.ts'
import { append } from './own-array.ts'
import { takeOwnTime, timed } from './own-time.ts'
import { createQueue, type Linked } from './queue.ts'

/** Milliseconds from the first news to the batch that tells it. */
export const BATCH_INTERVAL = 100
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
  /** The relay has stored this many more batches. */
  onStored(batches: number): void
  /** Switched off, it first tells all that was recorded; on again, nothing of what was kept since. */
  record(on: boolean): void
  /** Sends all there is, now; and for the rest of this task what comes, at once: the page may be gone after it. */
  leave(): void
}

interface Unstored extends Linked<Unstored> {
  readonly count: number
}

/**
 * Off at first.
 *
 * @param sources of our own, or guarded ones: they don't throw.
 */
export function createRecorder(sources: CheckedSource[], send: (batch: Batch) => void): Recorder {
  /** Operations in each batch that was sent and is not stored, oldest first. */
  const unstored = createQueue<Unstored>()
  let unstoredOperations = 0
  let cancelFlush: (() => void) | undefined
  let recording = false
  let paused = false
  let flushing = false
  let leaving = false

  const onNews = (urgent: boolean): void => {
    if (!recording) return
    if (urgent || leaving) flush()
    else cancelFlush ??= later(flush, BATCH_INTERVAL)
  }

  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = undefined
    // Reading can run page code, which may ask for a flush.
    if (flushing) return
    flushing = true
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
    return unstoredOperations < MAX_UNSTORED_OPERATIONS * share && unstored.length < MAX_UNSTORED_BATCHES * share
  }

  const leave = (): void => {
    leaving = true
    flush()
  }

  /** True if there is more to send at once. */
  const sendBatch = (): boolean => {
    const batch: Batch = { operations: [], memory: [], snapshots: [], losses: [] }
    let count = 0
    let more = false
    for (let index = 0; index < sources.length; index++) {
      const news = (sources[index] as CheckedSource).read(MAX_BATCH_OPERATIONS)
      const { operations: columns, snapshots, lost, figures, malformed, more: hasMore } = bare(news)
      if (lost > 0) addLoss(batch.losses, blocked ? 'backpressure' : 'buffer-full', lost, figures)
      if (malformed) addLoss(batch.losses, 'malformed', malformed)
      if (columns) {
        append(batch.operations, { source: index, columns })
        count += lengthOf(columns.id)
      }
      for (let i = 0; snapshots && i < snapshots.length; i++) append(batch.snapshots, snapshots[i] as Snapshot)
      more ||= hasMore
    }
    blocked = false
    if (count + batch.snapshots.length + batch.losses.length === 0) return false
    batch.ownTime = takeOwnTime()
    send(batch)
    unstored.add({ count, next: undefined })
    unstoredOperations += count
    // Without operations there is nothing that would end a loop over a source that always has more.
    return more && count > 0
  }
  /** Whether reading was put off because too much is on its way. */
  let blocked = false

  return {
    addSource(source) {
      if (sources.length > MAX_SOURCES) return
      append(sources, source)
      if (recording) source.listen(onNews)
    },
    onStored(batches) {
      const full = !hasRoom()
      for (let i = 0; i < batches; i++) unstoredOperations -= unstored.take()?.count ?? 0
      if (full) onNews(false)
    },
    record(on) {
      if (on === recording) return
      if (!on) leave()
      leaving = false
      recording = on
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i] as CheckedSource
        if (on && paused) source.read(MAX_UNSTORED_OPERATIONS)
        source.listen(on ? onNews : undefined)
      }
      paused = true
    },
    leave() {
      leave()
      later(() => {
        leaving = false
      }, 0)
    },
  }
}

/** Losses with figures stand for themselves. */
function addLoss(losses: Loss[], reason: LossReason, count: number, figures?: LossFigures): void {
  for (let i = 0; i < losses.length && !figures; i++) {
    const loss = losses[i] as Loss
    if (loss.reason !== reason || loss.figures) continue
    loss.count += count
    return
  }
  append(losses, { reason, count, figures })
}
