// Any world: whether an operation became slower or faster, by the interval of its ratio.
import { fisherExact } from './fisher.ts'
import { type RankSum, rankSum } from './rank-sum.ts'
import { type Shift, shiftBetween } from './shift.ts'

export type Verdict = 'slower' | 'faster' | 'same' | 'inconclusive' | 'new' | 'gone'

/** Samples of a name on each side: fewer say nothing. */
export const MIN_SAMPLES = 20
/** The share of false alarms among all alarms. */
export const MAX_P = 0.05

export interface Thresholds {
  /** By how much it has to be slower: 0.1 is 10 %. */
  ratio: number
  /** And by how many milliseconds. */
  shiftMs: number
}

export const DEFAULT_THRESHOLDS: Thresholds = { ratio: 0.1, shiftMs: 5 }

/** What the samples of one name say, before p is adjusted for the number of names. */
export interface Difference {
  test: RankSum
  /** Milliseconds. */
  shift: Shift
  /** New over old. */
  ratio: Shift
}

/** Milliseconds: a logarithm needs more than zero, and no clock of a page tells less. */
const MIN_DURATION = 0.005

/** @param a, b durations, sorted, not empty. */
export function difference(a: Float64Array, b: Float64Array): Difference {
  const logarithms = (values: Float64Array): Float64Array =>
    values.map(value => Math.log(Math.max(MIN_DURATION, value)))
  const { estimate, low, high } = shiftBetween(logarithms(a), logarithms(b))
  return {
    test: rankSum(a, b),
    shift: shiftBetween(a, b),
    ratio: { estimate: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) },
  }
}

/**
 * Slower only where the whole interval lies above the threshold, so that what is merely significant alarms nobody; the
 * same only where it lies within. Everything else is not known, and said to be.
 */
export function verdictOf(
  { shift, ratio }: Difference,
  adjustedP: number,
  samples: { before: number; after: number },
  thresholds: Thresholds,
): Verdict {
  if (Math.min(samples.before, samples.after) < MIN_SAMPLES) return 'inconclusive'
  const limit = 1 + thresholds.ratio
  const isSure = adjustedP < MAX_P
  if (isSure && ratio.low > limit && shift.estimate >= thresholds.shiftMs) return 'slower'
  if (isSure && ratio.high < 1 / limit && shift.estimate <= -thresholds.shiftMs) return 'faster'
  // Where nearly all samples are alike, a few milliseconds are a large ratio that nobody notices.
  const isWithin = ratio.low > 1 / limit && ratio.high < limit
  return isWithin ? 'same' : 'inconclusive'
}

/** Whether more of them fail than before: the p of Fisher's exact test. */
export function failureP(before: { failed: number; ended: number }, after: { failed: number; ended: number }): number {
  return fisherExact(before.failed, before.ended, after.failed, after.ended)
}
