// Any world: totals with exact quantiles for few operations, which people check against the list. The library, which is part
// of every page, does without.
import { Histogram } from './histogram.ts'
import { OperationTotals } from './operation-totals.ts'

/** Quantiles of up to this many values are exact. */
export const MAX_EXACT = 50

export class ExactHistogram extends Histogram {
  /** Values in no order; all that were counted, if there are as many. */
  readonly #few = new Float64Array(MAX_EXACT)
  #kept = 0

  override record(value: number, by: 1 | -1 = 1): void {
    super.record(value, by)
    if (by === 1) this.#keep(value)
    else this.#forget(value)
  }

  override merge(other: Histogram): void {
    super.merge(other)
    if (other instanceof ExactHistogram) for (let i = 0; i < other.#kept; i++) this.#keep(other.#few[i] as number)
  }

  override quantile(q: number): number | undefined {
    if (this.#kept !== this.count) return super.quantile(q)
    return this.#few.subarray(0, this.#kept).sort()[Math.max(1, Math.ceil(q * this.count)) - 1]
  }

  #keep(value: number): void {
    // Adding 0 makes 0 of -0.
    if (this.#kept < MAX_EXACT) this.#few[this.#kept++] = value + 0
  }

  #forget(value: number): void {
    const at = this.#few.subarray(0, this.#kept).indexOf(value)
    // It may be one of the values that were not kept.
    if (at >= 0) this.#few[at] = this.#few[--this.#kept] as number
  }
}

export class ExactTotals extends OperationTotals {
  override readonly histogram = new ExactHistogram()
}
