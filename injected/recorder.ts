// Page's own world (MAIN): reads the sources and ships what is new in batches.
import type { Batch, Loss, LossReason, MemorySample, Snapshot } from '../wire/batch.ts'
import type { OperationColumns } from '../wire/operations.ts'
import type { CheckedSource } from './guarded-source.ts'
import { later } from './later.ts'
import { bare, bufferOf, lengthOf } from './natives.ts'
import { append } from './own-array.ts'
import { createQueue } from './queue.ts'

/** Milliseconds from the first news to the batch that tells it. */
export const BATCH_INTERVAL = 100
/** Operations of one source in a batch: larger ones cost no less each. */
export const MAX_BATCH_OPERATIONS = 5_000
/**
 * Operations sent and not yet stored, some 7 MB. At the bound nothing more is read; the sources then overwrite
 * their oldest and say how many.
 */
export const MAX_UNSTORED_OPERATIONS = 200_000
/** Batches sent and not stored: hours of memory samples while the background is out of reach. */
export const MAX_UNSTORED_BATCHES = 5_000
/** Memory samples kept while nothing can be sent. */
export const MAX_WAITING_SAMPLES = 600

export interface Recorder {
  addSource(source: CheckedSource): void
  addSample(sample: MemorySample): void
  /** The relay has stored this many more batches. */
  onStored(batches: number): void
  /** Sends what there is, now. */
  flush(): void
  stop(): void
}

/**
 * @param initial sources of our own, or guarded ones: they don't throw.
 * @param resumed whether recording was off before: then what the sources have kept since is not told.
 */
export function createRecorder(
  initial: readonly CheckedSource[],
  resumed: boolean,
  send: (batch: Batch, transfer: Transferable[]) => void,
): Recorder {
  const sources: CheckedSource[] = []
  /** Operations in each batch that was sent and is not stored, oldest first. */
  const unstored = createQueue<number>()
  let unstoredOperations = 0
  const samples = createQueue<MemorySample>()
  /** Lost on the way out, to be told with the next batch. */
  let losses: Loss[] = []
  let cancelFlush: (() => void) | undefined
  let stopped = false
  let flushing = false

  const onNews = (urgent: boolean): void => {
    if (stopped) return
    if (urgent) flush()
    else cancelFlush ??= later(flush, BATCH_INTERVAL)
  }

  const addSource = (source: CheckedSource): void => {
    append(sources, source)
    if (resumed) skip(source)
    source.listen(onNews)
  }

  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = undefined
    // Reading can run page code, which may ask for a flush.
    if (flushing) return
    flushing = true
    try {
      while (!stopped && hasRoom() && sendBatch()) {}
    } finally {
      flushing = false
    }
  }

  const hasRoom = (): boolean => unstoredOperations < MAX_UNSTORED_OPERATIONS && unstored.length < MAX_UNSTORED_BATCHES

  /** True if there is more to send at once. */
  const sendBatch = (): boolean => {
    const batch: Batch = { operations: [], memory: [], snapshots: [], losses }
    const transfer: Transferable[] = []
    let count = 0
    let more = false
    for (let sample = samples.take(); sample; sample = samples.take()) append(batch.memory, sample)
    for (let index = 0; index < sources.length; index++) {
      const news = (sources[index] as CheckedSource).read(MAX_BATCH_OPERATIONS)
      const { operations: columns, snapshots, lost, malformed, more: hasMore } = bare(news)
      if (lost > 0) addLoss(losses, blocked ? 'backpressure' : 'buffer-full', lost)
      if (malformed) addLoss(losses, 'malformed', malformed)
      if (columns) {
        append(batch.operations, { source: index, columns })
        count += lengthOf(columns.id)
        addBuffers(transfer, columns)
      }
      for (let i = 0; snapshots && i < snapshots.length; i++) append(batch.snapshots, snapshots[i] as Snapshot)
      more ||= hasMore
    }
    blocked = false
    if (count + batch.memory.length + batch.snapshots.length + batch.losses.length === 0) return false
    try {
      send(batch, transfer)
    } catch {
      // A source of the page's gave something that passed for data and can't be cloned.
      if (count > 0) addLoss(losses, 'malformed', count)
      return false
    }
    losses = []
    unstored.add(count)
    unstoredOperations += count
    blocked = !hasRoom()
    // Without operations there is nothing that would end a loop over a source that always has more.
    return more && count > 0
  }
  /** Whether reading was put off because too much is on its way. */
  let blocked = false

  for (let i = 0; i < initial.length; i++) addSource(initial[i] as CheckedSource)
  resumed = false

  return {
    addSource,
    addSample(sample) {
      if (samples.length === MAX_WAITING_SAMPLES) samples.take()
      samples.add(sample)
      onNews(false)
    },
    onStored(batches) {
      for (let i = 0; i < batches; i++) unstoredOperations -= unstored.take() ?? 0
      if (blocked) onNews(false)
    },
    flush,
    stop() {
      stopped = true
      cancelFlush?.()
      for (let i = 0; i < sources.length; i++) sources[i]?.listen(undefined)
    },
  }
}

function skip(source: CheckedSource): void {
  for (let reads = 0; reads < MAX_UNSTORED_OPERATIONS / MAX_BATCH_OPERATIONS; reads++) {
    if (!source.read(MAX_BATCH_OPERATIONS).more) return
  }
}

function addLoss(losses: Loss[], reason: LossReason, count: number): void {
  for (let i = 0; i < losses.length; i++) {
    const loss = losses[i] as Loss
    if (loss.reason !== reason) continue
    loss.count += count
    return
  }
  append(losses, { reason, count })
}

function addBuffers(list: Transferable[], columns: OperationColumns): void {
  const { id, kind, outcome, name, start, duration, parent } = columns
  const typed = [id, kind, outcome, name, start, duration, parent]
  for (let i = 0; i < typed.length; i++) append(list, bufferOf(typed[i] as Uint8Array))
}
