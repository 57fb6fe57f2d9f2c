// Panel: the figures of a group of operations. Touches no DOM.
import { ExactTotals } from '../../session/exact-totals.ts'

/** Points of a group's trend: as many as its sparkline can show. */
export const TREND_STEPS = 24

export class GroupTotals extends ExactTotals {
  /** Operations that have not ended. */
  running = 0
  /** Operations that have no end and, as far as is known, get none. */
  endUnknown = 0
  /** Operations that took at least as long as the slow threshold; those running, so far. */
  slow = 0
  /** Sum of durations (milliseconds) and number of the operations that ended, by step of the range of time. */
  readonly trendSums = new Float64Array(TREND_STEPS)
  readonly trendCounts = new Float64Array(TREND_STEPS)

  /** Of all operations, those without an end included. */
  get count(): number {
    return this.histogram.count + this.running + this.endUnknown
  }

  /** Milliseconds, of the operations that ended. */
  get totalDuration(): number {
    return this.durations[0] as number
  }

  /** @param step 0 to TREND_STEPS - 1 */
  recordAt(step: number, duration: number, outcome: number): void {
    this.record(duration, outcome)
    ;(this.trendSums[step] as number) += duration
    ;(this.trendCounts[step] as number)++
  }
}
