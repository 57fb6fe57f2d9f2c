// The library, in any JavaScript environment: the most recent operations that ended, as columns.
// It is the monitor's memory and the recorder's delivery buffer in one, so recording costs no second copy.
import type { Operation } from './operation.ts'

export type RingRow = Pick<Operation, 'id' | '_name' | '_start' | '_parentId' | '_metadata'>

/** A ring of typed columns: writing a row allocates nothing, and the oldest row makes way. */
export class OperationRing {
  readonly _capacity: number
  /** Rows ever written; row `n` stands at `n % capacity` while `n >= oldest`. */
  _head: number
  readonly _ids: Uint32Array
  readonly _outcomes: Uint8Array
  readonly _starts: Float64Array
  readonly _durations: Float64Array
  readonly _parents: Uint32Array
  readonly _names: string[]
  readonly _metadata: (object | undefined)[]
  readonly _errors: unknown[]
  /** Where the next row goes: `head % capacity` without the division. */
  #next: number
  /** The first row ever written to this ring. */
  readonly #first: number

  /**
   * @param capacity rows kept, at least 1.
   * @param first the number of the first row.
   */
  constructor(capacity: number, first = 0) {
    this._capacity = capacity
    this._head = first
    this.#first = first
    this.#next = first % capacity
    this._ids = new Uint32Array(capacity)
    this._outcomes = new Uint8Array(capacity)
    this._starts = new Float64Array(capacity)
    this._durations = new Float64Array(capacity)
    this._parents = new Uint32Array(capacity)
    this._names = new Array<string>(capacity).fill('')
    this._metadata = new Array<object | undefined>(capacity).fill(undefined)
    this._errors = new Array<unknown>(capacity).fill(undefined)
  }

  /** The first row still held. */
  get _oldest(): number {
    return Math.max(this.#first, this._head - this._capacity)
  }

  _push(operation: RingRow, duration: number, outcome: number, error: unknown): void {
    const at = this.#next
    this._ids[at] = operation.id
    this._outcomes[at] = outcome
    this._starts[at] = operation._start
    this._durations[at] = duration
    this._parents[at] = operation._parentId
    this._names[at] = operation._name
    this._metadata[at] = operation._metadata
    this._errors[at] = error
    this.#next = at + 1 === this._capacity ? 0 : at + 1
    this._head++
  }

  /** What `_push` was given for the row at index `at`. */
  _rowAt(at: number): RingRow {
    return {
      id: this._ids[at] as number,
      _name: this._names[at] as string,
      _start: this._starts[at] as number,
      _parentId: this._parents[at] as number,
      _metadata: this._metadata[at],
    }
  }

  /** A ring of another capacity with the newest of these rows, at the same row numbers. */
  _resized(capacity: number): OperationRing {
    const from = Math.max(this._oldest, this._head - capacity)
    const ring = new OperationRing(capacity, from)
    for (let row = from; row < this._head; row++) {
      const at = row % this._capacity
      ring._push(this._rowAt(at), this._durations[at] as number, this._outcomes[at] as number, this._errors[at])
    }
    return ring
  }
}
