// Any world: the totals of operations that were dropped, of which only figures were kept. Apart, for the library has no
// use of it.
import { FIRST_BUCKET, type LossSummary } from '../wire/loss-summary.ts'
import { OUTCOMES } from '../wire/operations.ts'
import { OperationTotals } from './operation-totals.ts'

export class LostTotals extends OperationTotals {
  /** @param figures as `pack` gives them. */
  add(figures: LossSummary): void {
    this.merge(new Packed(figures))
  }
}

class Packed extends OperationTotals {
  constructor(figures: LossSummary) {
    super()
    const { _counts: counts, _durations: durations, histogram } = this
    counts.set(figures.subarray(0, OUTCOMES.length))
    durations.set(figures.subarray(OUTCOMES.length, FIRST_BUCKET))
    histogram._first = figures[FIRST_BUCKET] as number
    histogram._counts = Uint32Array.from(figures.subarray(FIRST_BUCKET + 1))
    histogram.count = counts.reduce((all, count) => all + count, 0)
  }
}
