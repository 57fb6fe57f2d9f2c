// The library, in any JavaScript environment: the most recent operations that ended, as columns. It is the monitor's
// memory and the recorder's delivery buffer in one, so recording costs no second copy.
import type { Operation } from './operation.ts'

export type RingRow = Omit<Operation, '_slot' | '_monitor' | 'trackOperation'>

/** A ring of columns: writing a row allocates nothing, and the oldest row is overwritten. */
export class OperationRing {
  readonly _capacity: number
  /** Rows ever written; row `n` stands at `n % _capacity` while `n >= _oldest`. */
  _head: number
  readonly _ids: Uint32Array
  readonly _outcomes: Uint8Array
  readonly _starts: Float64Array
  readonly _durations: Float64Array
  readonly _parents: Uint32Array
  readonly _names: string[] = []
  readonly _metadata: (object | undefined)[] = []
  readonly _errors: unknown[] = []
  /** Where the next row goes: `_head % _capacity` without the division. */
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
  }

  /** The first row still held. */
  get _oldest(): number {
    return Math.max(this.#first, this._head - this._capacity)
  }

  _push(row: RingRow): void {
    const at = this.#next
    this._ids[at] = row.id
    this._outcomes[at] = row._outcome
    this._starts[at] = row._start
    this._durations[at] = row._duration
    this._parents[at] = row._parentId
    this._names[at] = row._name
    this._metadata[at] = row._metadata
    this._errors[at] = row._error
    this.#next = at + 1 === this._capacity ? 0 : at + 1
    this._head++
  }

  /** What `_push` was given for a row that is still held. */
  _row(row: number): RingRow {
    const at = row % this._capacity
    return {
      id: this._ids[at] as number,
      _outcome: this._outcomes[at] as number,
      _start: this._starts[at] as number,
      _duration: this._durations[at] as number,
      _parentId: this._parents[at] as number,
      _name: this._names[at] as string,
      _metadata: this._metadata[at],
      _error: this._errors[at],
    }
  }

  /** A ring of another capacity with the newest of these rows, at the same row numbers. */
  _resized(capacity: number): OperationRing {
    const from = Math.max(this._oldest, this._head - capacity)
    const ring = new OperationRing(capacity, from)
    for (let row = from; row < this._head; row++) ring._push(this._row(row))
    return ring
  }
}
