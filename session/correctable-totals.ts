// Any world: totals of operations whose end may be corrected later. Not part of `OperationTotals`, as the library, which is
// part of every page, does not need it.
import { ExactTotals } from './exact-totals.ts'

/** How an operation ended: `outcome` is an index into OUTCOMES, not that of `pending`. */
export interface Ended {
  outcome: number
  /** Milliseconds; NaN if it is only counted. */
  duration: number
}

export class CorrectableTotals extends ExactTotals {
  /** Milliseconds; 0 while nothing was recorded. */
  get maxDuration(): number {
    return this._durations[1] as number
  }

  /**
   * Replaces the end of an operation that was recorded.
   * @param all the durations as they are now. Read only if the old duration was the minimum or maximum.
   */
  replace(was: Ended, is: Ended, all: Iterable<number>): void {
    if (!Object.is(was.duration, is.duration)) {
      this.withdraw(was, all)
      this.record(is.duration, is.outcome)
      return
    }
    ;(this._counts[was.outcome] as number)--
    ;(this._counts[is.outcome] as number)++
  }

  /**
   * Removes an operation that was recorded.
   * @param all the remaining durations. Read only if the removed one was the minimum or maximum.
   */
  withdraw({ outcome, duration }: Ended, all: Iterable<number>): void {
    const { _counts: counts, _durations: durations } = this
    ;(counts[outcome] as number)--
    if (Number.isNaN(duration)) return
    durations[0] = (durations[0] as number) - duration
    this.histogram.record(duration, -1)
    if (duration !== durations[1] && duration !== durations[2]) return
    durations.set([0, Number.POSITIVE_INFINITY], 1)
    for (const each of all) {
      if (each > (durations[1] as number)) durations[1] = each
      if (each < (durations[2] as number)) durations[2] = each
    }
  }
}
