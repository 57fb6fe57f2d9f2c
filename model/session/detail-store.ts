// Model: the details of operations, by row. The details of a request take 1 to 2 kB as objects. The most recent ones stay
// objects, as they are read and changed most. Older ones are packed as JSON in bytes.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { DETAIL_FIELDS, declaredText } from '../operation-fields.ts'
import { uint32Column } from './column.ts'
import { PackedBytes } from './packed-bytes.ts'

/** Details that stay objects: enough for the requests of a few seconds, of which DevTools may still report more. */
export const MAX_RECENT = 4_096

export class DetailStore {
  readonly #recent = new Map<Row, OperationDetail>()
  /** A ring buffer of the recent rows, oldest first. Rows whose detail was deleted stay in it. */
  readonly #queue = new Uint32Array(MAX_RECENT)
  /** How many rows were ever added to the queue. */
  #queued = 0
  readonly #packed = new PackedBytes()
  readonly #encoder = new TextEncoder()
  readonly #chunk = uint32Column<Row>()
  readonly #offset = uint32Column<Row>()
  /** 0 for a row without packed details. */
  readonly #length = uint32Column<Row>()

  /** Do not change the result: use `set`. */
  get(row: Row): OperationDetail | undefined {
    const recent = this.#recent.get(row)
    if (recent || !this.#isPacked(row)) return recent
    return this.#packed.get(this.#placeOf(row)) as OperationDetail
  }

  /** The same as JSON in UTF-8, as a session file has it. Valid until the next `set`. */
  bytesOf(row: Row): Uint8Array | undefined {
    const recent = this.#recent.get(row)
    if (recent) return this.#encoder.encode(declaredText(recent, DETAIL_FIELDS))
    return this.#isPacked(row) ? this.#packed.bytesAt(this.#placeOf(row)) : undefined
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

  #isPacked(row: Row): boolean {
    return row < this.#length.length && this.#length.get(row) > 0
  }

  #placeOf(row: Row) {
    return { chunk: this.#chunk.get(row), offset: this.#offset.get(row), length: this.#length.get(row) }
  }

  #pack(row: Row): void {
    const detail = this.#recent.get(row)
    if (!detail) return
    this.#recent.delete(row)
    const { chunk, offset, length } = this.#packed.add(declaredText(detail, DETAIL_FIELDS))
    for (const column of [this.#chunk, this.#offset, this.#length]) while (column.length <= row) column.push(0)
    this.#chunk.set(row, chunk)
    this.#offset.set(row, offset)
    this.#length.set(row, length)
  }

  #unpack(row: Row): void {
    if (!this.#isPacked(row)) return
    this.#packed.remove(this.#placeOf(row))
    this.#length.set(row, 0)
  }
}
