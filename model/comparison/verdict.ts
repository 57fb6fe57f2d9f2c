// Any world: whether an operation became slower or faster, by the interval of its ratio.
import { fisherExact } from './fisher.ts'
import { type RankSum, rankSum } from './rank-sum.ts'
import { locationOf, runMargin } from './run-spread.ts'
import type { Samples } from './samples.ts'
import { type Shift, shiftBetween, thinned } from './shift.ts'

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

/**
 * Where a side has several runs, the ratio's interval is at least as wide as the spread of the runs makes it.
 * @param before, after not empty.
 */
export function* difference(before: Samples, after: Samples): Generator<void, Difference> {
  const test = yield* rankSum(before.durations, after.durations)
  const { estimate, low, high } = shiftBetween(before.durations, after.durations, logarithm)
  const locations = ({ runs }: Samples): number[] => runs.map(run => locationOf(thinned(run).map(logarithm)))
  const margin = runMargin(locations(before), locations(after)) ?? 0
  return {
    test,
    shift: shiftBetween(before.durations, after.durations),
    ratio: {
      estimate: Math.exp(estimate),
      low: Math.exp(Math.min(low, estimate - margin)),
      high: Math.exp(Math.max(high, estimate + margin)),
    },
  }
}

function logarithm(duration: number): number {
  return Math.log(Math.max(MIN_DURATION, duration))
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
