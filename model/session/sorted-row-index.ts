// Model: the rows of a session sorted by start, in whatever order they arrive.
import type { Row } from '../numbers.ts'

/**
 * Operations arrive in batches from several frames, so they are nearly sorted. `add` sorts a batch and merges it from the
 * end. Its cost depends on the batch and the rows that it overlaps with, not on the size of the session.
 */
export class SortedRowIndex {
  length = 0
  #rows = new Uint32Array(256)

  /** The rows, up to `length`. Valid until the next `add`. */
  get rows(): Uint32Array {
    return this.#rows
  }

  /** Adds the rows `from` up to `to` (exclusive), whose starts are in `starts`. */
  add(from: number, to: number, starts: Float64Array): void {
    if (to <= from) return
    const added = Uint32Array.from({ length: to - from }, (_, i) => from + i)
    if (!isOrdered(starts, from, to)) added.sort((a, b) => startOf(starts, a) - startOf(starts, b) || a - b)
    this.#reserve(this.length + added.length)
    const rows = this.#rows
    let known = this.length - 1
    let target = this.length + added.length - 1
    for (let next = added.length - 1; next >= 0; ) {
      const row = added[next] as number
      const last = known >= 0 ? (rows[known] as number) : -1
      const move = last >= 0 && startOf(starts, last) > startOf(starts, row)
      rows[target--] = move ? last : row
      if (move) known--
      else next--
    }
    this.length += added.length
  }

  row(position: number): Row {
    return this.#rows[position] as Row
  }

  /** The first position whose start is not before `time`. */
  positionOf(time: number, starts: Float64Array): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (startOf(starts, this.#rows[middle] as number) < time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The position of a row, or -1. */
  positionOfRow(row: Row, starts: Float64Array): number {
    const start = startOf(starts, row)
    for (let position = this.positionOf(start, starts); position < this.length; position++) {
      const found = this.#rows[position] as number
      if (found === row) return position
      if (startOf(starts, found) !== start) break
    }
    return -1
  }

  /** Adds a row that starts no earlier than the last one. */
  push(row: Row): void {
    this.#reserve(this.length + 1)
    this.#rows[this.length++] = row
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#rows.length) return
    const grown = new Uint32Array(Math.max(capacity, this.#rows.length * 2))
    grown.set(this.#rows.subarray(0, this.length))
    this.#rows = grown
  }
}

function startOf(starts: Float64Array, row: number): number {
  return starts[row] as number
}

function isOrdered(starts: Float64Array, from: number, to: number): boolean {
  for (let row = from + 1; row < to; row++) if (startOf(starts, row) < startOf(starts, row - 1)) return false
  return true
}
