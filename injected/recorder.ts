// Page's own world (MAIN): reads the sources and ships what is new in batches.
import { MAX_SOURCES, type Source } from '../monitor/door.ts'
import type { Batch, Loss, LossReason, MemorySample } from '../wire/batch.ts'
import { isOperationColumns } from '../wire/operation-guard.ts'
import type { OperationColumns } from '../wire/operations.ts'
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
/** Memory samples kept while nothing can be sent. */
export const MAX_WAITING_SAMPLES = 600

export interface Recorder {
  addSource(source: Source): void
  addSample(sample: MemorySample): void
  /** The relay has stored this many more batches. */
  onStored(batches: number): void
  /** Sends what there is, now. */
  flush(): void
  stop(): void
}

/**
 * @param resumed whether recording was off before: then what the sources have kept since is not told.
 */
export function createRecorder(
  initial: readonly Source[],
  resumed: boolean,
  send: (batch: Batch, transfer: Transferable[]) => void,
): Recorder {
  const sources: Source[] = []
  /** Operations in each batch that was sent and is not stored, oldest first. */
  const unstored: number[] = []
  let unstoredOperations = 0
  let samples: MemorySample[] = []
  let timer: number | undefined
  let stopped = false

  const onNews = (urgent: boolean): void => {
    if (stopped) return
    if (urgent) flush()
    else timer ??= setTimer(flush, BATCH_INTERVAL)
  }

  const addSource = (source: Source): void => {
    if (sources.length >= MAX_SOURCES) return
    sources.push(source)
    if (resumed) guarded(() => skip(source))
    guarded(() => source.listen(onNews))
  }

  const flush = (): void => {
    clearTimer(timer)
    timer = undefined
    while (!stopped && unstoredOperations < MAX_UNSTORED_OPERATIONS && sendBatch()) {}
  }

  /** True if there is more to send at once. */
  const sendBatch = (): boolean => {
    const batch: Batch = { operations: [], memory: samples, snapshots: [], losses: [] }
    let count = 0
    let more = false
    for (const [index, source] of sources.entries()) {
      const news = guarded(() => source.read(MAX_BATCH_OPERATIONS))
      if (!news) continue
      const lost = Number(news.lost)
      if (lost > 0) addLoss(batch.losses, blocked ? 'backpressure' : 'buffer-full', lost)
      if (news.operations !== undefined) {
        if (isOperationColumns(news.operations)) {
          batch.operations.push({ source: index, columns: news.operations })
          count += news.operations.id.length
        } else addLoss(batch.losses, 'malformed', 1)
      }
      if (Array.isArray(news.snapshots)) batch.snapshots.push(...news.snapshots)
      more ||= news.more === true
    }
    samples = []
    blocked = false
    if (count + batch.memory.length + batch.snapshots.length + batch.losses.length === 0) return false
    unstored.push(count)
    unstoredOperations += count
    blocked = unstoredOperations >= MAX_UNSTORED_OPERATIONS
    send(
      batch,
      batch.operations.flatMap(({ columns }) => buffersOf(columns)),
    )
    return more
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
      for (const source of sources) guarded(() => source.listen(undefined))
    },
  }
}

function skip(source: Source): void {
  for (let reads = 0; reads < MAX_UNSTORED_OPERATIONS / MAX_BATCH_OPERATIONS; reads++) {
    if (!source.read(MAX_BATCH_OPERATIONS).more) return
  }
}

/** A source may be the page's: what it throws stops neither us nor the other sources. */
function guarded<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
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
