// Any world: the statistics of operations that were dropped, which keep the statistics of a session exact. It is a list of
// numbers: how many operations have each outcome, in the order of OUTCOMES; the sum, maximum and minimum of their durations in
// milliseconds; the index of the first bucket of a histogram, and the count of each bucket from there on.
import { OUTCOMES } from './operations.ts'
import { fillTheirBuffers } from './whole-buffers.ts'

export type LossSummary = Float64Array

const COUNTS = OUTCOMES.length
/** Where the histogram begins. */
export const FIRST_BUCKET = COUNTS + 3
/** A session's histogram has fewer buckets. */
const MAX_BUCKETS = 4_000

/** Whether this is a summary of `count` operations. */
export function isLossSummary(value: unknown, count: number): value is LossSummary {
  if (!(value instanceof Float64Array) || !fillTheirBuffers([value])) return false
  if (value.length <= FIRST_BUCKET || !value.every(number => number >= 0 && Number.isFinite(number))) return false
  const counts = value.subarray(0, COUNTS)
  const buckets = value.subarray(FIRST_BUCKET + 1)
  if (!Number.isInteger(value[FIRST_BUCKET]) || (value[FIRST_BUCKET] as number) + buckets.length > MAX_BUCKETS)
    return false
  return [counts, buckets].every(list => list.every(Number.isSafeInteger) && sum(list) === count)
}

function sum(list: Float64Array): number {
  return list.reduce((all, each) => all + each, 0)
}
