// Panel: what waits for its other half, by start: however much waits, the nearest is found at once. Touches no DOM.
import type { Kind } from '../../wire/operations.ts'

export interface Waiter {
  /** Epoch milliseconds. */
  start: number
  /** Undefined where DevTools does not know. */
  kind: Kind | undefined
}

export class WaitingList<T extends Waiter> {
  /** By start, and what started at once by arrival. */
  readonly all: T[] = []

  add(waiter: T): void {
    let at = this.all.push(waiter) - 1
    // Nearly all come in order.
    for (; at > 0 && (this.all[at - 1] as T).start > waiter.start; at--) this.all[at] = this.all[at - 1] as T
    this.all[at] = waiter
  }

  /**
   * Takes out the one of the same kind whose start is nearest, if it is at most `tolerance` milliseconds away.
   * @param within the most for each, where that is less.
   */
  takeNearest({ start, kind }: Waiter, tolerance: number, within = (_: T): number => tolerance): T | undefined {
    let nearest = -1
    let distance = tolerance
    for (let i = this.#firstFrom(start - tolerance); i < this.all.length; i++) {
      const waiter = this.all[i] as T
      if (waiter.start > start + tolerance) break
      if (kind && waiter.kind && kind !== waiter.kind) continue
      const away = Math.abs(waiter.start - start)
      if (away > within(waiter)) continue
      if (away <= distance && (nearest === -1 || away < distance)) {
        nearest = i
        distance = away
      }
    }
    return nearest === -1 ? undefined : this.all.splice(nearest, 1)[0]
  }

  #firstFrom(time: number): number {
    let low = 0
    let high = this.all.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.all[middle] as T).start < time) low = middle + 1
      else high = middle
    }
    return low
  }
}
