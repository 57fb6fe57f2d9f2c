// Model: the details of operations, by row. As objects the details of a request take 1 to 2 kB. The most recent ones stay
// objects, as they are read and changed most. Older ones are packed.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { DETAIL_FIELDS, declaredText } from '../operation-fields.ts'
import { integerColumn } from './column.ts'
import { PackedDetails } from './packed-details.ts'
import type { StringTable } from './string-table.ts'

/** Details that stay objects: enough for the requests of a few seconds, of which DevTools may still report more. */
export const MAX_RECENT = 4_096

export class DetailStore {
  readonly #recent = new Map<Row, OperationDetail>()
  /** A ring buffer of the recent rows, oldest first. Rows whose detail was deleted stay in it. */
  readonly #queue = new Uint32Array(MAX_RECENT)
  /** How many rows were ever added to the queue. */
  #queued = 0
  readonly #packed: PackedDetails
  /** Where the packed details of a row are; 0 for a row without. As long as the last row with packed details needs. */
  readonly #places = integerColumn<Row>()

  /** @param strings of the session's requests, whose details share them. */
  constructor(strings: StringTable) {
    this.#packed = new PackedDetails(strings)
  }

  /** Do not change the result: use `set`. */
  get(row: Row): OperationDetail | undefined {
    const recent = this.#recent.get(row)
    const place = recent ? 0 : this.#placeOf(row)
    return place > 0 ? this.#packed.get(place) : recent
  }

  /** The same as JSON, as a session file has it. */
  textOf(row: Row): string | undefined {
    const recent = this.#recent.get(row)
    if (recent) return declaredText(recent, DETAIL_FIELDS)
    const place = this.#placeOf(row)
    return place > 0 ? this.#packed.textOf(place) : undefined
  }

  set(row: Row, detail: OperationDetail): void {
    if (!this.#recent.has(row)) {
      this.#unpack(row)
      const slot = this.#queued++ % MAX_RECENT
      if (this.#queued > MAX_RECENT) this.#pack(this.#queue[slot] as Row)
      this.#queue[slot] = row
    }
    this.#recent.set(row, detail)
  }

  delete(row: Row): void {
    if (!this.#recent.delete(row)) this.#unpack(row)
  }

  get packedBytes(): number {
    return this.#packed.byteLength
  }

  #placeOf(row: Row): number {
    return row < this.#places.length ? this.#places.get(row) : 0
  }

  #pack(row: Row): void {
    const detail = this.#recent.get(row)
    if (!detail) return
    this.#recent.delete(row)
    while (this.#places.length <= row) this.#places.push(0)
    this.#places.set(row, this.#packed.add(detail))
  }

  #unpack(row: Row): void {
    const place = this.#placeOf(row)
    if (place === 0) return
    this.#packed.remove(place)
    this.#places.set(row, 0)
  }
}
