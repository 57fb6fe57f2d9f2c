// Panel: the tasks that kept a page's main thread busy, as columns, in the order of time. Touches no DOM.
import type { LongTask } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'
import { float64Column, uint32Column } from './column.ts'

/** Milliseconds: a task that began so long before a span may still reach into it. */
export const LONGEST_TASK = 60_000

export class LongTaskTable {
  /** Milliseconds since the Unix epoch. */
  readonly start = float64Column()
  /** Milliseconds. */
  readonly duration = float64Column()
  readonly document = uint32Column<number, DocumentNumber>()

  get length(): number {
    return this.start.length
  }

  add(document: DocumentNumber, timeOrigin: number, { start, duration }: LongTask): void {
    let at = this.length
    this.start.push(0)
    this.duration.push(0)
    this.document.push(document)
    // The last batch of a document that was left may come after the first of the next one.
    for (; at > 0 && this.start.get(at - 1) > timeOrigin + start; at--) {
      this.start.set(at, this.start.get(at - 1))
      this.duration.set(at, this.duration.get(at - 1))
      this.document.set(at, this.document.get(at - 1))
    }
    this.start.set(at, timeOrigin + start)
    this.duration.set(at, duration)
    this.document.set(at, document)
  }

  /** The first that started at or after `time`; `length` where none did. */
  indexFrom(time: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.start.get(middle) < time) low = middle + 1
      else high = middle
    }
    return low
  }
}
