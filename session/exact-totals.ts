// Any world: totals whose quantiles are exact where there are few operations, as anyone can check in the list. Apart, for
// the library, which every page carries, gives estimates.
import { Histogram } from './histogram.ts'
import { OperationTotals } from './operation-totals.ts'

/** As many values are kept as they are. */
export const EXACT = 50

export class ExactHistogram extends Histogram {
  /** Some of the values, in no order: all of them, where they are as many as were counted. */
  readonly #few = new Float64Array(EXACT)
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
    if (this.#kept < EXACT) this.#few[this.#kept++] = value + 0
  }

  #forget(value: number): void {
    const at = this.#few.subarray(0, this.#kept).indexOf(value)
    // One that is not kept is among the rest.
    if (at >= 0) this.#few[at] = this.#few[--this.#kept] as number
  }
}

export class ExactTotals extends OperationTotals {
  override readonly histogram = new ExactHistogram()
}
