// Any world: how many operations there are of each outcome, and statistics of their durations.
import { CorrectableTotals, type Ended } from '../../session/correctable-totals.ts'
import { OUTCOMES, type Outcome, PENDING } from '../../wire/operations.ts'

export class OutcomeStats {
  /** Of the operations whose duration is known. */
  readonly totals = new CorrectableTotals()
  /** Milliseconds. */
  longest = 0
  /** By index in OUTCOMES. */
  readonly #counts = new Float64Array(OUTCOMES.length)

  count(outcome: Outcome): number {
    return this.#counts[OUTCOMES.indexOf(outcome)] ?? 0
  }

  /** An operation is seen, or seen again: one that was pending is counted once. */
  record(outcome: number, duration: number, wasPending: boolean): void {
    if (wasPending) (this.#counts[PENDING] as number)--
    ;(this.#counts[outcome] as number)++
    if (outcome === PENDING || Number.isNaN(duration)) return
    this.totals.record(duration, outcome)
    if (duration > this.longest) this.longest = duration
  }

  /**
   * Another outcome or duration for an operation that was recorded.
   * @param durations of all operations that have ended, read only if an extreme is withdrawn.
   */
  correct(was: Ended, is: Ended, durations: Iterable<number>): void {
    ;(this.#counts[was.outcome] as number)--
    ;(this.#counts[is.outcome] as number)++
    this.totals.replace(was, is, durations)
    this.longest = this.totals.longest
  }

  /** An operation that was recorded as ended is pending again; `durations` as above. */
  reopen(was: Ended, durations: Iterable<number>): void {
    ;(this.#counts[was.outcome] as number)--
    ;(this.#counts[PENDING] as number)++
    this.totals.withdraw(was, durations)
    this.longest = this.totals.longest
  }
}
