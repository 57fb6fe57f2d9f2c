// Any world: the durations of a side by name, sorted, as a comparison needs them.
import { BEACON, CANCELLED, FAILED, isConnection, OK, PENDING } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import type { Row } from '../numbers.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'

/** Names that are compared. More are no names that anybody reads: their operations are counted, and left out. */
export const MAX_NAMES = 10_000
const STEP = 4_096
/** Values that are sorted at once: some milliseconds of work. */
const SORTED_AT_ONCE = 32_768

/** One run of a side: a session, or a part of one. */
export interface Run {
  session: SessionModel
  /** The operations that match a filter; all by default. */
  matches?: SortedRowIndex
  /** Epoch milliseconds; the whole session by default. */
  span?: { from: number; to: number } | null
}

export interface Samples {
  /** Milliseconds of those that ended well, ascending, of all runs. */
  durations: Float64Array<ArrayBuffer>
  /** The same, run by run. Runs without one are left out. */
  runs: readonly Float64Array<ArrayBuffer>[]
  ended: number
  failed: number
  cancelled: number
  running: number
  /** Bytes on the network, of those whose size is known. */
  bytes: number
}

export interface SideSamples {
  byName: Map<string, Samples>
  /** Operations whose name is one too many. */
  unnamed: number
}

export function emptySamples(): Samples {
  return { durations: new Float64Array(), runs: [], ended: 0, failed: 0, cancelled: 0, running: 0, bytes: 0 }
}

interface Collecting extends Omit<Samples, 'durations' | 'runs'> {
  /** By run. */
  values: number[][]
}

/**
 * Connections are left out: how long they live is no latency.
 * @param accepts whether a name counts that this side has first
 */
export function* samplesOf(
  runs: readonly Run[],
  accepts: (name: string, known: number) => boolean = (_, known) => known < MAX_NAMES,
): Generator<void, SideSamples> {
  const collected = new Map<string, Collecting>()
  let unnamed = 0
  for (const [run, { session, matches, span = null }] of runs.entries()) {
    const { operations } = session
    const grouping = groupByRoute(operations)
    const { list, from, to } = rowsIn(matches ?? operations.order, operations.start, span)
    for (let position = from; position < to; position++) {
      if (position % STEP === 0) yield
      const row = list.row(position)
      const kind = operations.kind.get(row)
      if (isConnection(kind) || kind === BEACON) continue
      const name = grouping.nameOf(grouping.groupOf(row))
      let samples = collected.get(name)
      if (!samples) {
        if (!accepts(name, collected.size)) {
          unnamed++
          continue
        }
        samples = { values: [], ended: 0, failed: 0, cancelled: 0, running: 0, bytes: 0 }
        collected.set(name, samples)
      }
      note(samples, run, operations, row)
    }
  }
  const byName = new Map<string, Samples>()
  for (const [name, { values, ...counts }] of collected) {
    const sortedRuns: Float64Array<ArrayBuffer>[] = []
    for (const each of values) if (each) sortedRuns.push(yield* sorted(each))
    byName.set(name, { ...counts, runs: sortedRuns, durations: yield* merged(sortedRuns) })
    yield
  }
  return { byName, unnamed }
}

function note(samples: Collecting, run: number, operations: SessionModel['operations'], row: Row): void {
  const outcome = operations.outcome.get(row)
  samples.bytes += operations.requests.sizeOf(row) ?? 0
  if (outcome === PENDING) samples.running++
  else if (outcome === CANCELLED) samples.cancelled++
  else {
    samples.ended++
    if (outcome === FAILED) samples.failed++
    const duration = operations.duration.get(row)
    if (outcome === OK && !Number.isNaN(duration)) {
      samples.values[run] ??= []
      samples.values[run].push(duration)
    }
  }
}

function* sorted(values: readonly number[]): Generator<void, Float64Array<ArrayBuffer>> {
  const parts: Float64Array<ArrayBuffer>[] = []
  for (let from = 0; from < values.length; from += SORTED_AT_ONCE) {
    parts.push(Float64Array.from(values.slice(from, from + SORTED_AT_ONCE)).sort())
    yield
  }
  return yield* merged(parts)
}

/** Sorted parts as one, merged two by two. */
function* merged(parts: readonly Float64Array<ArrayBuffer>[]): Generator<void, Float64Array<ArrayBuffer>> {
  let left = parts
  while (left.length > 1) {
    const next: Float64Array<ArrayBuffer>[] = []
    for (let i = 0; i < left.length; i += 2) {
      const [a, b] = [left[i] as Float64Array<ArrayBuffer>, left[i + 1]]
      next.push(b ? yield* merge(a, b) : a)
    }
    left = next
  }
  return left[0] ?? new Float64Array()
}

function* merge(
  left: Float64Array<ArrayBuffer>,
  right: Float64Array<ArrayBuffer>,
): Generator<void, Float64Array<ArrayBuffer>> {
  const result = new Float64Array(left.length + right.length)
  let [i, j] = [0, 0]
  for (let target = 0; target < result.length; target++) {
    if (target % SORTED_AT_ONCE === 0) yield
    const takesLeft = j >= right.length || (i < left.length && (left[i] as number) <= (right[j] as number))
    result[target] = (takesLeft ? left[i++] : right[j++]) as number
  }
  return result
}
