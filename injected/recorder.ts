// Page's own world (MAIN): reads the sources and ships what is new in batches.
import { MAX_SOURCES } from '../monitor/door.ts'
import type { Batch, Loss, LossReason, MemorySample } from '../wire/batch.ts'
import type { OperationColumns } from '../wire/operations.ts'
import type { CheckedSource } from './guarded-source.ts'
import { clearTimer, setTimer } from './natives.ts'

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
/** All that the door has, and our own. */
const MAX_RECORDED_SOURCES = MAX_SOURCES + 10
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
  const unstored: number[] = []
  let unstoredOperations = 0
  let samples: MemorySample[] = []
  /** Lost on the way out, to be told with the next batch. */
  let losses: Loss[] = []
  let timer: number | undefined
  let stopped = false

  const onNews = (urgent: boolean): void => {
    if (stopped) return
    if (urgent) flush()
    else timer ??= setTimer(flush, BATCH_INTERVAL)
  }

  const addSource = (source: CheckedSource): void => {
    if (sources.length >= MAX_RECORDED_SOURCES) return
    sources.push(source)
    if (resumed) skip(source)
    source.listen(onNews)
  }

  const flush = (): void => {
    clearTimer(timer)
    timer = undefined
    while (!stopped && hasRoom() && sendBatch()) {}
  }

  const hasRoom = (): boolean => unstoredOperations < MAX_UNSTORED_OPERATIONS && unstored.length < MAX_UNSTORED_BATCHES

  /** True if there is more to send at once. */
  const sendBatch = (): boolean => {
    const batch: Batch = { operations: [], memory: samples, snapshots: [], losses }
    let count = 0
    let more = false
    for (const [index, source] of sources.entries()) {
      const { operations, snapshots, lost, malformed, more: hasMore } = source.read(MAX_BATCH_OPERATIONS)
      if (lost > 0) addLoss(losses, blocked ? 'backpressure' : 'buffer-full', lost)
      if (malformed) addLoss(losses, 'malformed', malformed)
      if (operations) {
        batch.operations.push({ source: index, columns: operations })
        count += operations.id.length
      }
      if (snapshots) batch.snapshots.push(...snapshots)
      more ||= hasMore
    }
    samples = []
    losses = []
    blocked = false
    if (count + batch.memory.length + batch.snapshots.length + batch.losses.length === 0) return false
    try {
      send(
        batch,
        batch.operations.flatMap(({ columns }) => buffersOf(columns)),
      )
    } catch {
      // A source of the page's gave something that passed for data and can't be cloned.
      if (count > 0) addLoss(losses, 'malformed', count)
      return false
    }
    unstored.push(count)
    unstoredOperations += count
    blocked = !hasRoom()
    // Without operations there is nothing that would end a loop over a source that always has more.
    return more && count > 0
  }
  /** Whether reading was put off because too much is on its way. */
  let blocked = false

  for (const source of initial) addSource(source)
  resumed = false

  return {
    addSource,
    addSample(sample) {
      if (samples.length === MAX_WAITING_SAMPLES) samples.shift()
      samples.push(sample)
      onNews(false)
    },
    onStored(batches) {
      for (const count of unstored.splice(0, batches)) unstoredOperations -= count
      if (blocked) onNews(false)
    },
    flush,
    stop() {
      stopped = true
      clearTimer(timer)
      for (const source of sources) source.listen(undefined)
    },
  }
}

function skip(source: CheckedSource): void {
  for (let reads = 0; reads < MAX_UNSTORED_OPERATIONS / MAX_BATCH_OPERATIONS; reads++) {
    if (!source.read(MAX_BATCH_OPERATIONS).more) return
  }
}

function addLoss(losses: Loss[], reason: LossReason, count: number): void {
  const known = losses.find(loss => loss.reason === reason)
  if (known) known.count += count
  else losses.push({ reason, count })
}

function buffersOf({ id, kind, outcome, name, start, duration, parent }: OperationColumns): Transferable[] {
  return [id, kind, outcome, name, start, duration, parent].map(column => column.buffer as ArrayBuffer)
}
