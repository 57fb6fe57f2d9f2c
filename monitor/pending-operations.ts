// The library, in any JavaScript environment: the operations that have started and not ended.
import type { Operation } from './operation.ts'

/** Operations in flight that can be listed; more are counted, and recorded all the same once they end. */
export const MAX_LISTED_PENDING = 100_000

/** Adding and removing take the same short time at any number of operations in flight. */
export class PendingOperations {
  /** In flight, listed or not. */
  count = 0
  readonly #list: Operation[] = []
  /** Ids up to this one were returned by `takeNew`. */
  seenId = 0

  add(operation: Operation): void {
    this.count++
    if (this.#list.length < MAX_LISTED_PENDING) operation.slot = this.#list.push(operation) - 1
  }

  remove({ slot }: Operation): void {
    this.count--
    if (slot < 0) return
    const last = this.#list.pop() as Operation
    if (last.slot === slot) return
    this.#list[slot] = last
    last.slot = slot
  }

  /** All that are listed, oldest first. */
  list(): Operation[] {
    return [...this.#list].sort((a, b) => a.id - b.id)
  }

  /** Those that no earlier call has returned. */
  takeNew(): Operation[] {
    const found = this.#list.filter(operation => operation.id > this.seenId)
    for (const { id } of found) this.seenId = Math.max(this.seenId, id)
    return found
  }
}
