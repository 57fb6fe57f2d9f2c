// Model: the pages' long tasks as columns, sorted by start.
import type { LongTask } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'
import { float64Column, integerColumn } from './column.ts'

/** Milliseconds before a span in which a task is looked for that still runs in the span. Longer tasks are rare. */
export const MAX_LONG_TASK = 60_000

export class LongTaskTable {
  /** Milliseconds since the Unix epoch. */
  readonly start = float64Column()
  /** Milliseconds. */
  readonly duration = float64Column()
  readonly document = integerColumn<number, DocumentNumber>()

  get length(): number {
    return this.start.length
  }

  add(document: DocumentNumber, timeOrigin: number, { start, duration }: LongTask): void {
    let at = this.length
    this.start.push(0)
    this.duration.push(0)
    this.document.push(document)
    // The last batch of a document may arrive after the first batch of the document that replaced it.
    for (; at > 0 && this.start.get(at - 1) > timeOrigin + start; at--) {
      this.start.set(at, this.start.get(at - 1))
      this.duration.set(at, this.duration.get(at - 1))
      this.document.set(at, this.document.get(at - 1))
    }
    this.start.set(at, timeOrigin + start)
    this.duration.set(at, duration)
    this.document.set(at, document)
  }

  /** The first task that started at or after `time`; `length` if there is none. */
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
