// Model: the totals of a group of operations.
import { ExactTotals } from '../../session/exact-totals.ts'

/** Points of a group's trend: as many as its sparkline can show. */
export const TREND_STEPS = 24

export class GroupTotals extends ExactTotals {
  /** Operations that have not ended. */
  running = 0
  /** Operations without an end that are not known to be running, and are not expected to get one. */
  endUnknown = 0
  /** Operations whose duration reached the slow threshold. Running ones count with their duration so far. */
  slow = 0
  /** Requests that are no operations. */
  others = 0
  /** Bytes transferred, as far as is known. */
  size = 0
  /** Responses by the first digit of their status. */
  readonly statusClasses = new Float64Array(10)
  /** Of the operations that ended and have a latency: sum of durations in milliseconds, and count, by step of the time range. */
  readonly trendSums = new Float64Array(TREND_STEPS)
  readonly trendCounts = new Float64Array(TREND_STEPS)

  /** Operations that have ended. */
  get ended(): number {
    return this._counts.reduce((all, count) => all + count, 0)
  }

  /** @param status 0 if not known; `size` may be NaN. */
  transfer(status: number, size: number): void {
    if (size > 0) this.size += size
    if (status > 0) (this.statusClasses[Math.floor(status / 100)] as number)++
  }

  /** All operations, including those without an end. */
  get count(): number {
    return this.ended + this.running + this.endUnknown
  }

  /** Milliseconds: the sum over the operations that ended. */
  get totalDuration(): number {
    return this._durations[0] as number
  }

  /**
   * @param step 0 to TREND_STEPS - 1
   * @param duration milliseconds; NaN for an operation that is only counted
   */
  recordAt(step: number, duration: number, outcome: number): void {
    this.record(duration, outcome)
    if (Number.isNaN(duration)) return
    ;(this.trendSums[step] as number) += duration
    ;(this.trendCounts[step] as number)++
  }
}
