// Model: the memory samples of a session as columns, sorted by time.
import type { MemorySample } from '../../wire/batch.ts'
import type { DocumentNumber } from '../numbers.ts'
import { float64Column, integerColumn } from './column.ts'

export class MemoryTable {
  /** Milliseconds since the Unix epoch. */
  readonly time = float64Column()
  /** Bytes. */
  readonly used = float64Column()
  readonly total = float64Column()
  readonly limit = float64Column()
  readonly document = integerColumn<number, DocumentNumber>()

  get length(): number {
    return this.time.length
  }

  add(document: DocumentNumber, timeOrigin: number, sample: MemorySample): void {
    this.time.push(timeOrigin + sample.time)
    this.used.push(sample.usedJSHeapSize)
    this.total.push(sample.totalJSHeapSize)
    this.limit.push(sample.jsHeapSizeLimit)
    this.document.push(document)
    // The last batch of a document may arrive after the first batch of the document that replaced it.
    for (let i = this.length - 1; i > 0 && this.time.get(i) < this.time.get(i - 1); i--) this.#swap(i, i - 1)
  }

  /** The last sample not after `time`, or -1. */
  indexAt(time: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.time.get(middle) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  #swap(a: number, b: number): void {
    for (const column of [this.time, this.used, this.total, this.limit]) swap(column, a, b)
    swap(this.document, a, b)
  }
}

function swap<Value extends number>(
  column: { get(index: number): Value; set(index: number, value: Value): void },
  a: number,
  b: number,
): void {
  const first = column.get(a)
  column.set(a, column.get(b))
  column.set(b, first)
}
