// Model: puts spans into lanes so that no two in a lane overlap. Readers of traces draw a lane as a thread. What overlaps
// in one, Perfetto drops and speedscope misplaces.
import { MinHeap } from '../../min-heap.ts'

/** A reader draws each lane: what runs beside so many others is written without a length. */
export const MAX_LANES = 1_000

export class Lanes {
  /** How many lanes there are. */
  length = 0
  /** Lanes in use, by their end; and those that are free again, by their number. */
  readonly #busy = new MinHeap()
  readonly #free = new MinHeap()

  /**
   * The lane of a span; undefined if all are in use. Spans must come by their start.
   * @param end in the same unit as `start`.
   */
  place(start: number, end: number): number | undefined {
    while (this.#busy.length > 0 && this.#busy.key <= start) {
      const lane = this.#busy.pop()
      this.#free.push(lane, lane)
    }
    if (this.#free.length === 0 && this.length >= MAX_LANES) return undefined
    const lane = this.#free.length > 0 ? this.#free.pop() : this.length++
    this.#busy.push(end, lane)
    return lane
  }
}
