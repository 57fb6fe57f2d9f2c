// Any world: totals of operations that were dropped and of which only a summary was kept.
import { FIRST_BUCKET, type LossSummary } from '../wire/loss-summary.ts'
import { OUTCOMES } from '../wire/operations.ts'
import { OperationTotals } from './operation-totals.ts'

export class LostTotals extends OperationTotals {
  /** @param summary as returned by `pack`. */
  add(summary: LossSummary): void {
    this.merge(new Packed(summary))
  }
}

class Packed extends OperationTotals {
  constructor(summary: LossSummary) {
    super()
    const { _counts: counts, _durations: durations, histogram } = this
    counts.set(summary.subarray(0, OUTCOMES.length))
    durations.set(summary.subarray(OUTCOMES.length, FIRST_BUCKET))
    histogram._first = summary[FIRST_BUCKET] as number
    histogram._counts = Uint32Array.from(summary.subarray(FIRST_BUCKET + 1))
    histogram.count = counts.reduce((all, count) => all + count, 0)
  }
}
