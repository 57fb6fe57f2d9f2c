// Model: the distribution of the durations of the shown operations, in logarithmic buckets.
import { PENDING } from '../../wire/operations.ts'
import type { GroupId, Row } from '../numbers.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import { latency } from '../session/shown-duration.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'
import type { Grouping } from './grouping.ts'

const PER_DECADE = 6
/** 0.01 ms, finer than a page's clock. Shorter durations count in the first bucket. */
const MIN_POWER = -2
/** Up to 10⁷ ms, about three hours. Longer durations count in the last bucket. */
const BUCKETS = 9 * PER_DECADE
/** Operations between two `yield`s. */
const STEP = 4_096

export interface Distribution {
  /** Operations that have ended, by bucket. */
  counts: Float64Array
  total: number
  /** How many of them were faster than `reference`. */
  faster: number
}

export interface DistributionInputs {
  session: SessionModel
  matches: SortedRowIndex
  zoom: { from: number; to: number } | null
  /** Counts only this group; null for all. */
  group: { grouping: Grouping; id: GroupId } | null
  /** The row of the operation that the others are compared with. */
  reference: Row | null
}

export function emptyDistribution(): Distribution {
  return { counts: new Float64Array(BUCKETS), total: 0, faster: 0 }
}

export function* distribution(inputs: DistributionInputs): Generator<void, Distribution> {
  const { session, matches, zoom, group, reference } = inputs
  const { operations } = session
  const found = emptyDistribution()
  const limit = reference === null ? 0 : latency(session, reference)
  const { from, to } = rowsIn(matches, operations.start, zoom)
  for (let position = from; position < to; position++) {
    if (position % STEP === 0) yield
    const row = matches.row(position)
    if (operations.outcome.get(row) === PENDING) continue
    if (group && group.grouping.groupOf(row) !== group.id) continue
    const duration = latency(session, row)
    if (Number.isNaN(duration)) continue
    ;(found.counts[bucketOf(duration)] as number)++
    found.total++
    if (duration < limit) found.faster++
  }
  return found
}

/** @param duration milliseconds */
export function bucketOf(duration: number): number {
  if (!(duration > 0)) return 0
  const bucket = Math.floor((Math.log10(duration) - MIN_POWER) * PER_DECADE + 1e-9)
  return Math.min(Math.max(bucket, 0), BUCKETS - 1)
}

/** The lower bound of a bucket in milliseconds. It reaches up to the bound of the next one. */
export function boundOf(bucket: number): number {
  return 10 ** (MIN_POWER + bucket / PER_DECADE)
}

/** Whether a bucket begins at a power of ten. */
export function isDecade(bucket: number): boolean {
  return bucket % PER_DECADE === 0
}

/** The buckets to show, `to` exclusive: the decades that have operations, and at least two decades. */
export function shownBuckets({ counts }: Distribution): { from: number; to: number } {
  const first = counts.findIndex(count => count > 0)
  const last = counts.findLastIndex(count => count > 0)
  if (first < 0) return { from: 2 * PER_DECADE, to: 5 * PER_DECADE }
  const from = Math.floor(first / PER_DECADE) * PER_DECADE
  const to = Math.floor(last / PER_DECADE) * PER_DECADE + PER_DECADE
  return to - from > PER_DECADE
    ? { from, to }
    : { from: Math.max(0, from - PER_DECADE), to: Math.max(to, 2 * PER_DECADE) }
}
