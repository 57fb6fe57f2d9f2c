// Model: how many operations have each outcome, and statistics of their durations.
import { CorrectableTotals, type Ended } from '../../session/correctable-totals.ts'
import { OUTCOMES, type Outcome, PENDING } from '../../wire/operations.ts'

export class OutcomeStats {
  /** Of the operations that have ended. */
  readonly totals = new CorrectableTotals()
  /** Milliseconds. */
  maxDuration = 0
  /** By index in OUTCOMES. */
  readonly #counts = new Float64Array(OUTCOMES.length)

  count(outcome: Outcome): number {
    return this.#counts[OUTCOMES.indexOf(outcome)] ?? 0
  }

  /**
   * Counts an operation. One that was counted as pending before is moved to its outcome.
   * @param duration milliseconds; NaN if it is not known, or is no latency.
   */
  record(outcome: number, duration: number, wasPending: boolean): void {
    if (wasPending) (this.#counts[PENDING] as number)--
    ;(this.#counts[outcome] as number)++
    if (outcome === PENDING) return
    this.totals.record(duration, outcome)
    if (duration > this.maxDuration) this.maxDuration = duration
  }

  /**
   * Replaces the outcome and duration of an operation that was recorded.
   * @param durations of all operations that have ended. Read only if the old duration was the minimum or maximum.
   */
  correct(was: Ended, is: Ended, durations: Iterable<number>): void {
    ;(this.#counts[was.outcome] as number)--
    ;(this.#counts[is.outcome] as number)++
    this.totals.replace(was, is, durations)
    this.maxDuration = this.totals.maxDuration
  }

  /** Makes an operation that was recorded as ended pending again. `durations` as in `correct`. */
  reopen(was: Ended, durations: Iterable<number>): void {
    ;(this.#counts[was.outcome] as number)--
    ;(this.#counts[PENDING] as number)++
    this.totals.withdraw(was, durations)
    this.maxDuration = this.totals.maxDuration
  }
}
