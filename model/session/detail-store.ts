// Panel: what only some operations have, by row. A request that DevTools saw too is 1 to 2 kB of objects: those of
// the latest rows stay objects, as they are read and changed most; the others are sealed as bytes. Touches no DOM.
import type { OperationDetail } from '../../wire/operations.ts'
import { uint32Column } from './column.ts'
import { PackedBytes } from './packed-bytes.ts'

/** Details that stay objects: those of the requests that DevTools may still tell of, in some seconds. */
export const MAX_YOUNG = 4_096

export class DetailStore {
  readonly #young = new Map<number, OperationDetail>()
  /** The young rows in the order in which they came, and those whose detail was deleted since: a ring. */
  readonly #turns = new Uint32Array(MAX_YOUNG)
  #came = 0
  readonly #sealed = new PackedBytes()
  readonly #encoder = new TextEncoder()
  readonly #chunk = uint32Column()
  readonly #offset = uint32Column()
  /** 0: nothing is sealed for the row. */
  readonly #length = uint32Column()

  /** What is got must not be changed: set another. */
  get(row: number): OperationDetail | undefined {
    const young = this.#young.get(row)
    if (young || !this.#isPacked(row)) return young
    return this.#sealed.get(this.#placeOf(row)) as OperationDetail
  }

  /** The same as JSON in UTF-8, valid until something is set. */
  bytesOf(row: number): Uint8Array | undefined {
    const young = this.#young.get(row)
    if (young) return this.#encoder.encode(JSON.stringify(young))
    return this.#isPacked(row) ? this.#sealed.bytesAt(this.#placeOf(row)) : undefined
  }

  set(row: number, detail: OperationDetail): void {
    if (!this.#young.has(row)) {
      this.#unseal(row)
      const turn = this.#came++ % MAX_YOUNG
      if (this.#came > MAX_YOUNG) this.#seal(this.#turns[turn] as number)
      this.#turns[turn] = row
    }
    this.#young.set(row, detail)
  }

  delete(row: number): void {
    if (!this.#young.delete(row)) this.#unseal(row)
  }

  /** Bytes of what is sealed. */
  get packedBytes(): number {
    return this.#sealed.byteLength
  }

  #isPacked(row: number): boolean {
    return row < this.#length.length && this.#length.get(row) > 0
  }

  #placeOf(row: number) {
    return { chunk: this.#chunk.get(row), offset: this.#offset.get(row), length: this.#length.get(row) }
  }

  #seal(row: number): void {
    const detail = this.#young.get(row)
    if (!detail) return
    this.#young.delete(row)
    const { chunk, offset, length } = this.#sealed.add(detail)
    for (const column of [this.#chunk, this.#offset, this.#length]) while (column.length <= row) column.push(0)
    this.#chunk.set(row, chunk)
    this.#offset.set(row, offset)
    this.#length.set(row, length)
  }

  #unseal(row: number): void {
    if (!this.#isPacked(row)) return
    this.#sealed.remove(this.#placeOf(row))
    this.#length.set(row, 0)
  }
}
