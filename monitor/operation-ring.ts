// The library, in any JavaScript environment: the most recent operations that ended, as columns.
// It is the monitor's memory and the recorder's delivery buffer in one, so recording costs no second copy.
import type { Operation } from './operation.ts'

export type RingRow = Pick<Operation, 'id' | 'name' | 'start' | 'parentId' | 'metadata'>

/** A ring of typed columns: writing a row allocates nothing, and the oldest row makes way. */
export class OperationRing {
  readonly capacity: number
  /** Rows ever written; row `n` stands at `n % capacity` while `n >= oldest`. */
  head = 0
  readonly id: Uint32Array
  readonly outcome: Uint8Array
  readonly start: Float64Array
  readonly duration: Float64Array
  readonly parent: Uint32Array
  readonly name: string[]
  readonly metadata: (object | undefined)[]
  readonly error: unknown[]
  /** Where the next row goes: `head % capacity` without the division. */
  #next = 0
  /** The first row ever written to this ring. */
  #first = 0

  /** @param capacity rows kept, at least 1. */
  constructor(capacity: number) {
    this.capacity = capacity
    this.id = new Uint32Array(capacity)
    this.outcome = new Uint8Array(capacity)
    this.start = new Float64Array(capacity)
    this.duration = new Float64Array(capacity)
    this.parent = new Uint32Array(capacity)
    this.name = new Array<string>(capacity).fill('')
    this.metadata = new Array<object | undefined>(capacity).fill(undefined)
    this.error = new Array<unknown>(capacity).fill(undefined)
  }

  /** The first row still held. */
  get oldest(): number {
    return Math.max(this.#first, this.head - this.capacity)
  }

  push(operation: RingRow, duration: number, outcome: number, error: unknown): void {
    const at = this.#next
    this.id[at] = operation.id
    this.outcome[at] = outcome
    this.start[at] = operation.start
    this.duration[at] = duration
    this.parent[at] = operation.parentId
    this.name[at] = operation.name
    this.metadata[at] = operation.metadata
    this.error[at] = error
    this.#next = at + 1 === this.capacity ? 0 : at + 1
    this.head++
  }

  /** What `push` was given for the row at index `at`. */
  rowAt(at: number): RingRow {
    return {
      id: this.id[at] as number,
      name: this.name[at] as string,
      start: this.start[at] as number,
      parentId: this.parent[at] as number,
      metadata: this.metadata[at],
    }
  }

  /** A ring of another capacity with the newest of these rows, at the same row numbers. */
  resized(capacity: number): OperationRing {
    const ring = new OperationRing(capacity)
    const from = Math.max(this.oldest, this.head - capacity)
    ring.head = from
    ring.#first = from
    ring.#next = from % capacity
    for (let row = from; row < this.head; row++) {
      const at = row % this.capacity
      ring.push(this.rowAt(at), this.duration[at] as number, this.outcome[at] as number, this.error[at])
    }
    return ring
  }
}
