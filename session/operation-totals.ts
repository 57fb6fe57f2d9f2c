// Any world: the exact totals of one operation name.
import type { LossSummary } from '../wire/loss-summary.ts'
import { OUTCOMES } from '../wire/operations.ts'
import { Histogram } from './histogram.ts'

/** Statistics of operations. Durations are milliseconds. Without operations they are 0 or undefined, never NaN. */
export interface OperationStats {
  /** Operations that ended. */
  totalOperations: number
  successfulOperations: number
  failedOperations: number
  cancelledOperations: number
  averageDuration: number
  maxDuration: number
  minDuration: number
  /** Quantiles within 1 %, from `minDuration` to `maxDuration`. Undefined while no operation has ended. */
  p50: number | undefined
  p95: number | undefined
  p99: number | undefined
}

/** Counts, sum, minimum and maximum are always exact; quantiles come from a histogram of bounded size. */
export class OperationTotals {
  /** How many operations ended, by the index of their outcome in OUTCOMES. */
  protected readonly _counts: Float64Array = new Float64Array(OUTCOMES.length)
  readonly histogram = new Histogram()
  /** Sum, maximum and minimum of durations: in a typed array, so that writing them allocates nothing. */
  protected readonly _durations: Float64Array = Float64Array.of(0, 0, Number.POSITIVE_INFINITY)

  /**
   * @param duration milliseconds; NaN for an operation that is only counted.
   * @param outcome index into OUTCOMES, not that of `pending`.
   */
  record(duration: number, outcome: number): void {
    ;(this._counts[outcome] as number)++
    if (!(duration >= 0)) return
    const durations = this._durations
    durations[0] = (durations[0] as number) + duration
    if (duration > (durations[1] as number)) durations[1] = duration
    if (duration < (durations[2] as number)) durations[2] = duration
    this.histogram.record(duration)
  }

  merge(other: OperationTotals): void {
    for (let i = 0; i < OUTCOMES.length; i++) (this._counts[i] as number) += other._counts[i] as number
    const [sum, max, min] = other._durations as unknown as [number, number, number]
    const durations = this._durations
    durations[0] = (durations[0] as number) + sum
    durations[1] = Math.max(durations[1] as number, max)
    durations[2] = Math.min(durations[2] as number, min)
    this.histogram.merge(other.histogram)
  }

  /** As a list of numbers: see `LossSummary`. */
  pack(): LossSummary {
    const { _first: first, _counts: counts } = this.histogram
    return Float64Array.of(...this._counts, ...this._durations, first, ...counts)
  }

  stats(): OperationStats {
    const [, ok, failed, cancelled] = this._counts as unknown as [number, number, number, number]
    const { count } = this.histogram
    const [sum, max, min] = this._durations as unknown as [number, number, number]
    // The middle of a bucket may be outside of minimum and maximum, which are exact.
    const quantile = (q: number): number | undefined => {
      const value = this.histogram.quantile(q)
      return value === undefined ? value : Math.min(max, Math.max(min, value))
    }
    return {
      totalOperations: ok + failed + cancelled,
      successfulOperations: ok,
      failedOperations: failed,
      cancelledOperations: cancelled,
      averageDuration: count && sum / count,
      maxDuration: max,
      minDuration: count && min,
      p50: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
    }
  }
}
