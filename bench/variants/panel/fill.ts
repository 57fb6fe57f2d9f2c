// The Perf panel's own frame, where the bench evaluates it: writes a session's log as the background would.
import { openSessionLog } from '../../../storage/session-log.ts'
import type { Batch, DocumentInfo } from '../../../wire/batch.ts'
import type { LogEntry } from '../../../wire/log.ts'
import { createOperationColumns, KINDS, OUTCOMES } from '../../../wire/operations.ts'
import { createRequestColumns, FIGURES } from '../../../wire/request-columns.ts'
import { durationsOf, PLAN, type PlannedName } from './plan.ts'
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
  const requests = createRequestColumns(BATCH, BATCH * FIGURES.length)
  requests.figures.fill(Number.NaN)
  const columns = createOperationColumns(BATCH, requests)
  const numbers = new Map<string, number>()
  for (let i = 0; i < BATCH; i++) {
    const start = (n + i / BATCH) * interval
    const planned = pick(random)
    const { outcome, duration } = durationsOf(planned, start / SPAN, random)
    columns.id[i] = n * BATCH + i + 1
    columns.kind[i] = KINDS.indexOf(planned.kind)
    columns.outcome[i] = OUTCOMES.indexOf(outcome)
    const known = numbers.get(planned.name) ?? columns.strings.push(planned.name) - 1
    numbers.set(planned.name, known)
    requests.methods[known] = planned.method ?? 'GET'
    requests.urls[known] = planned.url ?? ''
    columns.name[i] = known
    columns.start[i] = start
    columns.duration[i] = duration
    if (planned.url === undefined) continue
    const figures = requests.figures.subarray(i * FIGURES.length)
    requests.figuresOf[i] = i + 1
    if (outcome === 'ok' || outcome === 'failed') figures[FIGURES.indexOf('status')] = outcome === 'ok' ? 200 : 503
    figures[FIGURES.indexOf('bodyDuration')] = duration * 1.1
    figures[FIGURES.indexOf('transferSize')] = 900 + i
  }
  const memory: Batch['memory'] = []
  const firstSample = Math.ceil((n * interval) / SAMPLE_INTERVAL) * SAMPLE_INTERVAL
  for (let time = firstSample; time < (n + 1) * interval; time += SAMPLE_INTERVAL) memory.push(heapAt(time, random))
  return { operations: [{ source: 1, columns }], memory, snapshots: [], losses: [] }
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
