// The library, in any JavaScript environment: the operations that are running.
import type { Operation } from './operation.ts'

/** Running operations that can be listed. More are counted, and recorded when they end. */
export const MAX_LISTED_PENDING = 100_000

/** Adding and removing take the same short time at any number of running operations. */
export class PendingOperations {
  /** Running operations, listed or not. */
  _count = 0
  readonly #list: Operation[] = []
  /** Ids up to this one were returned by `_takeNew`. */
  _seenId = 0

  _add(operation: Operation): void {
    this._count++
    if (this.#list.length < MAX_LISTED_PENDING) operation._slot = this.#list.push(operation) - 1
  }

  _remove({ _slot: slot }: Operation): void {
    this._count--
    if (slot < 0) return
    const last = this.#list.pop() as Operation
    if (last._slot === slot) return
    this.#list[slot] = last
    last._slot = slot
  }

  /** All that are listed, oldest first. */
  _list(): Operation[] {
    return [...this.#list].sort((a, b) => a.id - b.id)
  }

  /** Those that no earlier call has returned. */
  _takeNew(): Operation[] {
    const found = this.#list.filter(operation => operation.id > this._seenId)
    for (const { id } of found) this._seenId = Math.max(this._seenId, id)
    return found
  }
}
