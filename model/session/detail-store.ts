// Any world: what only some operations have, by row. A request that DevTools saw too takes 1 to 2 kB of objects: those of
// the most recent rows stay objects, as they are read and changed most; older ones are packed as bytes.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { DETAIL_FIELDS, declared } from '../operation-fields.ts'
import { uint32Column } from './column.ts'
import { PackedBytes } from './packed-bytes.ts'

/** Details that stay objects: those of the requests of which DevTools may still report more, in some seconds. */
export const MAX_RECENT = 4_096

export class DetailStore {
  readonly #recent = new Map<Row, OperationDetail>()
  /** A ring of the recent rows, oldest first, and of those whose detail was deleted since. */
  readonly #queue = new Uint32Array(MAX_RECENT)
  /** How many rows were ever put in it. */
  #queued = 0
  readonly #packed = new PackedBytes()
  readonly #encoder = new TextEncoder()
  readonly #chunk = uint32Column<Row>()
  readonly #offset = uint32Column<Row>()
  /** 0: nothing is packed for the row. */
  readonly #length = uint32Column<Row>()

  /** The result must not be changed: set another. */
  get(row: Row): OperationDetail | undefined {
    const recent = this.#recent.get(row)
    if (recent || !this.#isPacked(row)) return recent
    return this.#packed.get(this.#placeOf(row)) as OperationDetail
  }

  /** The same as a session file has it: JSON in UTF-8, valid until something is set. */
  bytesOf(row: Row): Uint8Array | undefined {
    const recent = this.#recent.get(row)
    if (recent) return this.#encoder.encode(textOf(recent))
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
    const { chunk, offset, length } = this.#packed.add(textOf(detail))
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

function textOf(detail: OperationDetail): string {
  return JSON.stringify(declared(detail, DETAIL_FIELDS))
}
