// The Perf panel's own frame, where the bench evaluates it: writes a session's log as the background would.
import { openSessionLog } from '../../../storage/session-log.ts'
import type { Batch, DocumentInfo, LongTask } from '../../../wire/batch.ts'
import type { LogEntry } from '../../../wire/log.ts'
import {
  createOperationColumns,
  KINDS,
  type OperationColumns,
  OUTCOMES,
  type Outcome,
} from '../../../wire/operations.ts'
import { createRawRequestColumns, MEASURES, type Measure, type RequestColumns } from '../../../wire/request-columns.ts'
import { durationsOf, isTrouble, PLAN, type PlannedName } from './plan.ts'
import { createRandom, type Random } from './random.ts'

/** Milliseconds that a session lasts, whatever its size: the charts are as full of time. */
const SPAN = 600_000
/** Operations to a batch. */
const BATCH = 500
/** Milliseconds between memory samples. */
const SAMPLE_INTERVAL = 1_000
/** Batches to a transaction. */
const AT_ONCE = 20

interface Filled {
  session: string
  /** Epoch milliseconds of the latest operation. */
  end: number
  operations: number
}

/** Adds operations that started before `end`. */
async function fill({ session, end, operations }: Filled): Promise<void> {
  const log = openSessionLog()
  const random = createRandom(operations)
  const batches = operations / BATCH
  const timeOrigin = end - SPAN
  const document = documentAt(timeOrigin)
  let entries: { entry: LogEntry }[] = [{ entry: { type: 'document', document } }]
  for (let n = 0; n < batches; n++) {
    entries.push({ entry: { type: 'batch', document, batch: batchAt(n, SPAN / batches, random) } })
    if (entries.length < AT_ONCE && n < batches - 1) continue
    await log.append(session, entries)
    entries = []
  }
  await log.close()
}

function documentAt(timeOrigin: number): DocumentInfo {
  return {
    stream: crypto.randomUUID(),
    frameId: 0,
    url: 'https://shop.example/cart',
    title: 'Cart',
    userAgent: navigator.userAgent,
    timeOrigin,
    clockResolution: 0.1,
    memoryAvailable: true,
    navigationType: 'navigate',
  }
}

function batchAt(n: number, interval: number, random: Random): Batch {
  const custom: PlannedRow[] = []
  const requests: PlannedRow[] = []
  for (let i = 0; i < BATCH; i++) {
    const start = (n + i / BATCH) * interval
    const planned = pick(random)
    const row = { planned, start, id: n * BATCH + i + 1, ...durationsOf(planned, start / SPAN, random) }
    ;(planned.url === undefined ? custom : requests).push(row)
  }
  const memory: Batch['memory'] = []
  const firstSample = Math.ceil((n * interval) / SAMPLE_INTERVAL) * SAMPLE_INTERVAL
  for (let time = firstSample; time < (n + 1) * interval; time += SAMPLE_INTERVAL) memory.push(heapAt(time, random))
  const operations = [
    { source: 0, columns: columnsOf(requests, requestColumnsOf(requests)) },
    { source: 1, columns: columnsOf(custom) },
  ]
  return { operations, memory, snapshots: [], longTasks: longTasksAt(n, interval, random), losses: [] }
}

interface PlannedRow {
  planned: PlannedName
  id: number
  start: number
  outcome: Outcome
  duration: number
}

/** Every planned name is in every batch's table. */
function columnsOf(rows: readonly PlannedRow[], requests?: RequestColumns): OperationColumns {
  const columns = createOperationColumns(rows.length)
  columns.strings = PLAN.map(({ name }) => name)
  for (const [i, { planned, id, start, outcome, duration }] of rows.entries()) {
    columns.id[i] = id
    columns.kind[i] = KINDS.indexOf(planned.kind)
    columns.outcome[i] = OUTCOMES.indexOf(outcome)
    columns.name[i] = PLAN.indexOf(planned)
    columns.start[i] = start
    columns.duration[i] = duration
  }
  return requests ? { ...columns, requests } : columns
}

function requestColumnsOf(rows: readonly PlannedRow[]): RequestColumns {
  const { timings: _, ...columns } = createRawRequestColumns(rows.length)
  columns.entryIndex = new Uint32Array(rows.length)
  const measures = new Float64Array(rows.length * MEASURES.length)
  columns.methods = PLAN.map(({ method = '' }) => method)
  columns.urls = PLAN.map(({ url = '' }) => url)
  columns.protocols = ['h2']
  for (const [i, { outcome, duration }] of rows.entries()) {
    const measured: Partial<Record<Measure, number>> = {
      ...(outcome === 'cancelled' ? {} : { status: outcome === 'ok' ? 200 : 503 }),
      headersDuration: duration * 0.9,
      transferSize: 900 + i,
      wait: duration * 0.9,
      receive: duration * 0.1,
      protocol: 0,
      fromCache: 0,
      serviceWorker: 0,
    }
    columns.entryIndex[i] = i + 1
    for (const [at, name] of MEASURES.entries()) measures[i * MEASURES.length + at] = measured[name] ?? Number.NaN
  }
  return { ...columns, measures }
}

/** More of them while there is trouble. */
function longTasksAt(n: number, interval: number, random: Random): LongTask[] {
  const start = n * interval
  const often = isTrouble(start / SPAN) ? 0.4 : 0.03
  return random() < (often * interval) / SAMPLE_INTERVAL ? [{ start, duration: 50 + random() * random() * 900 }] : []
}

/** Grows slowly, and is collected every half a minute. */
function heapAt(time: number, random: Random): Batch['memory'][number] {
  const used = 28e6 + time * 60 + (time % 30_000) * 700 + random() * 1e6
  return {
    time,
    usedJSHeapSize: used,
    totalJSHeapSize: Math.ceil(used / 8e6) * 8e6 + 8e6,
    jsHeapSizeLimit: 4.3e9,
    source: 'performance.memory',
  }
}

function pick(random: Random): PlannedName {
  let left = random()
  for (const planned of PLAN) {
    left -= planned.share
    if (left <= 0) return planned
  }
  return PLAN[0] as PlannedName
}

Object.assign(globalThis, { fill })
