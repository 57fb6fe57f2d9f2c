// Any world: totals of operations whose end may be known better later. Apart, for the library has no use of it.
import { ExactTotals } from './exact-totals.ts'

/** How an operation ended: `outcome` is an index into OUTCOMES, not that of `pending`. */
export interface Ended {
  outcome: number
  duration: number
}

export class CorrectableTotals extends ExactTotals {
  /** Milliseconds; 0 while nothing was recorded. */
  get longest(): number {
    return this._durations[1] as number
  }

  /**
   * Another end for an operation that was recorded.
   * @param all the durations as they are now, read only if the one withdrawn was the greatest or the least.
   */
  replace(was: Ended, is: Ended, all: Iterable<number>): void {
    const { _counts: counts, _durations: durations } = this
    ;(counts[was.outcome] as number)--
    ;(counts[is.outcome] as number)++
    if (was.duration === is.duration) return
    durations[0] = (durations[0] as number) + is.duration - was.duration
    this.histogram.record(was.duration, -1)
    this.histogram.record(is.duration)
    const isExtreme = was.duration === durations[1] || was.duration === durations[2]
    if (isExtreme) durations.set([0, Number.POSITIVE_INFINITY], 1)
    for (const duration of isExtreme ? all : [is.duration]) {
      if (duration > (durations[1] as number)) durations[1] = duration
      if (duration < (durations[2] as number)) durations[2] = duration
    }
  }
}
