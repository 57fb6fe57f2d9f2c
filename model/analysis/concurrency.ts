// Panel: how many operations ran at once. Touches no DOM.
import { PENDING } from '../../wire/operations.ts'
import type { SessionModel } from '../session/session-model.ts'
import { mergeSort } from './merge-sort.ts'

/** Steps of the span: as many as a graph has pixels, about. */
export const CONCURRENCY_STEPS = 400
/** Milliseconds: the step of a double that holds epoch milliseconds. What ends as another starts is not at once with it. */
export const EPOCH_STEP = 2 ** -12
/** Operations between two pauses. */
const STEP = 2_048

export interface Concurrency {
  from: number
  to: number
  /** The most at once in each step. */
  peaks: Float64Array
  most: number
}

/** @param rows by start */
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
    ends[i] = endOf(session, rows[i] as number)
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
  /** Of what starts at `time` nothing has ended, though it may take no time. */
  const endUntil = (time: number): void => {
    for (; ended < rows.length; ended++) {
      const next = byEnd[ended] as number
      const end = ends[next] as number
      if (end > time + EPOCH_STEP || end === Number.POSITIVE_INFINITY) return
      if (operations.start.get(rows[next] as number) >= time) return
      goTo(end)
      active--
    }
  }
  for (let i = 0; i < rows.length; i++) {
    if (i % STEP === 0) yield
    const start = operations.start.get(rows[i] as number)
    endUntil(start)
    goTo(start)
    active++
    if (active > (peaks[step] as number)) peaks[step] = active
  }
  endUntil(Number.POSITIVE_INFINITY)
  goTo(Math.min(session.latest, to))
  return { from, to, peaks, most: peaks.reduce((most, peak) => Math.max(most, peak), 0) }
}

/** Epoch milliseconds; without end for what is running. What gets no end is there as long as its document was recorded. */
export function endOf(session: SessionModel, row: number): number {
  const { operations } = session
  const start = operations.start.get(row)
  if (operations.endIsUnknown(row)) return Math.max(start, session.reachedOf(row))
  if (operations.outcome.get(row) === PENDING) return Number.POSITIVE_INFINITY
  return start + (operations.duration.get(row) || 0)
}
