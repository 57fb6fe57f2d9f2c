// Model: how many operations ran concurrently.
import { PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { mergeSort } from './merge-sort.ts'

/** Steps that the range is divided into: about as many as the graph has pixels. */
export const CONCURRENCY_STEPS = 400
/**
 * Milliseconds: the precision of a double that holds epoch milliseconds. An operation that ends within this time of
 * another's start does not overlap it.
 */
export const EPOCH_STEP = 2 ** -12
/** Operations between two `yield`s. */
const STEP = 2_048

export interface Concurrency {
  from: number
  to: number
  /** The maximum in each step. */
  peaks: Float64Array
  /** The maximum of all. */
  max: number
}

/** @param rows sorted by start */
export function* concurrency(
  session: SessionModel,
  rows: Uint32Array,
  { from, to }: { from: number; to: number },
): Generator<void, Concurrency> {
  const { operations } = session
  const ends = new Float64Array(rows.length)
  const order = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    if (i % STEP === 0) yield
    ends[i] = endOf(session, rows[i] as Row)
    order[i] = i
  }
  const byEnd = yield* mergeSort(order, (a, b) => (ends[a] as number) - (ends[b] as number) || 0)
  const peaks = new Float64Array(CONCURRENCY_STEPS)
  const perStep = Math.max(to - from, 1e-6) / CONCURRENCY_STEPS
  let active = 0
  let step = 0
  const goTo = (time: number): void => {
    const reached = Math.min(Math.floor((time - from) / perStep), CONCURRENCY_STEPS - 1)
    while (step < reached) peaks[++step] = active
  }
  let ended = 0
  /** Counts what has ended by `time`. An operation that starts at `time` has not, even if it takes no time. */
  const endUntil = (time: number): void => {
    for (; ended < rows.length; ended++) {
      const next = byEnd[ended] as number
      const end = ends[next] as number
      if (end > time + EPOCH_STEP || end === Number.POSITIVE_INFINITY) return
      if (operations.start.get(rows[next] as Row) >= time) return
      goTo(end)
      active--
    }
  }
  for (let i = 0; i < rows.length; i++) {
    if (i % STEP === 0) yield
    const start = operations.start.get(rows[i] as Row)
    endUntil(start)
    goTo(start)
    active++
    if (active > (peaks[step] as number)) peaks[step] = active
  }
  endUntil(Number.POSITIVE_INFINITY)
  goTo(Math.min(session.latest, to))
  return { from, to, peaks, max: peaks.reduce((max, peak) => Math.max(max, peak), 0) }
}

/**
 * Epoch milliseconds; infinite for a running operation. An operation that never gets an end counts for as long as its
 * document was recorded.
 */
export function endOf(session: SessionModel, row: Row): number {
  const { operations } = session
  const start = operations.start.get(row)
  if (operations.endIsUnknown(row)) return Math.max(start, session.reachedOf(row))
  if (operations.outcome.get(row) === PENDING) return Number.POSITIVE_INFINITY
  return start + (operations.duration.get(row) || 0)
}
