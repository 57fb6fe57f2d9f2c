// Any world: the durations of a session's operations by name, sorted, as a comparison needs them.
import { BEACON, CANCELLED, EVENT_SOURCE, FAILED, OK, PENDING, WEBSOCKET } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'

/** Names that are compared: more are no names that anybody reads, and are counted. */
export const MAX_NAMES = 10_000
const STEP = 4_096
/** Values that are sorted at once: some milliseconds of work. */
const SORTED_AT_ONCE = 32_768

export interface Samples {
  /** Milliseconds of those that ended well, ascending. */
  durations: Float64Array<ArrayBuffer>
  ended: number
  failed: number
  cancelled: number
  running: number
  /** Bytes on the network, of those whose size is known. */
  bytes: number
}

export interface SessionSamples {
  byName: Map<string, Samples>
  /** Operations whose name is one too many. */
  unnamed: number
}

interface Collecting extends Omit<Samples, 'durations'> {
  values: number[]
}

/** All runs of a side together. Connections are left out: how long they live is no latency. */
export function* samplesOf(sessions: readonly SessionModel[]): Generator<void, SessionSamples> {
  const collected = new Map<string, Collecting>()
  let unnamed = 0
  for (const { operations } of sessions) {
    const grouping = groupByRoute(operations)
    for (let row = 0 as Row; row < operations.length; row++) {
      if (row % STEP === 0) yield
      const kind = operations.kind.get(row)
      if (kind === WEBSOCKET || kind === EVENT_SOURCE || kind === BEACON) continue
      const name = grouping.nameOf(grouping.groupOf(row))
      let samples = collected.get(name)
      if (!samples) {
        if (collected.size >= MAX_NAMES) {
          unnamed++
          continue
        }
        samples = { values: [], ended: 0, failed: 0, cancelled: 0, running: 0, bytes: 0 }
        collected.set(name, samples)
      }
      note(samples, operations.outcome.get(row), operations.duration.get(row))
      samples.bytes += operations.requests.sizeOf(row) ?? 0
    }
  }
  const byName = new Map<string, Samples>()
  for (const [name, { values, ...counts }] of collected) {
    byName.set(name, { ...counts, durations: yield* sorted(values) })
    yield
  }
  return { byName, unnamed }
}

function note(samples: Collecting, outcome: number, duration: number): void {
  if (outcome === PENDING) samples.running++
  else if (outcome === CANCELLED) samples.cancelled++
  else {
    samples.ended++
    if (outcome === FAILED) samples.failed++
    if (outcome === OK && !Number.isNaN(duration)) samples.values.push(duration)
  }
}

/** Sorted parts, merged two by two. */
function* sorted(values: readonly number[]): Generator<void, Float64Array<ArrayBuffer>> {
  let parts: Float64Array<ArrayBuffer>[] = []
  for (let from = 0; from < values.length; from += SORTED_AT_ONCE) {
    parts.push(Float64Array.from(values.slice(from, from + SORTED_AT_ONCE)).sort())
    yield
  }
  while (parts.length > 1) {
    const merged: Float64Array<ArrayBuffer>[] = []
    for (let i = 0; i < parts.length; i += 2) {
      const [left, right] = [parts[i] as Float64Array<ArrayBuffer>, parts[i + 1]]
      merged.push(right ? yield* merge(left, right) : left)
    }
    parts = merged
  }
  return parts[0] ?? new Float64Array()
}

function* merge(
  left: Float64Array<ArrayBuffer>,
  right: Float64Array<ArrayBuffer>,
): Generator<void, Float64Array<ArrayBuffer>> {
  const merged = new Float64Array(left.length + right.length)
  let [i, j] = [0, 0]
  for (let target = 0; target < merged.length; target++) {
    if (target % SORTED_AT_ONCE === 0) yield
    const takesLeft = j >= right.length || (i < left.length && (left[i] as number) <= (right[j] as number))
    merged[target] = (takesLeft ? left[i++] : right[j++]) as number
  }
  return merged
}
