// Model: JSON texts as bytes outside of the JS heap, which the garbage collector does not visit.

/** Bytes of a chunk: a half-empty last chunk wastes little, and a session has few chunks. */
const CHUNK_SIZE = 1 << 20
/** The most bytes of UTF-8 that one UTF-16 code unit takes. */
const MAX_BYTES_PER_UNIT = 3

/** Where a text is. */
export interface Place {
  chunk: number
  offset: number
  length: number
}

interface Chunk {
  /** Undefined once nothing in it is in use. */
  bytes: Uint8Array<ArrayBuffer> | undefined
  /** Bytes in use. */
  live: number
}

export class PackedBytes {
  readonly #chunks: Chunk[] = []
  /** Where free bytes begin in the last chunk. */
  #end = CHUNK_SIZE
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()

  add(text: string): Place {
    const maxBytes = text.length * MAX_BYTES_PER_UNIT
    if (this.#end + maxBytes > CHUNK_SIZE) this.#open(Math.max(maxBytes, CHUNK_SIZE))
    const chunk = this.#chunks.length - 1
    const { bytes } = this.#chunks[chunk] as Chunk
    const offset = this.#end
    const length = this.#encoder.encodeInto(text, (bytes as Uint8Array<ArrayBuffer>).subarray(offset)).written
    this.#end += length
    ;(this.#chunks[chunk] as Chunk).live += length
    return { chunk, offset, length }
  }

  /** The parsed value of a text. */
  get(place: Place): unknown {
    const bytes = this.bytesAt(place)
    return bytes && JSON.parse(this.#decoder.decode(bytes))
  }

  bytesAt({ chunk, offset, length }: Place): Uint8Array | undefined {
    return this.#chunks[chunk]?.bytes?.subarray(offset, offset + length)
  }

  /** Removes a text. A chunk is freed once all of its texts are removed. */
  remove({ chunk, length }: Place): void {
    const found = this.#chunks[chunk]
    if (!found) return
    found.live -= length
    if (found.live === 0 && chunk < this.#chunks.length - 1) found.bytes = undefined
  }

  /** The size of all chunks. */
  get byteLength(): number {
    return this.#chunks.reduce((sum, { bytes }) => sum + (bytes?.byteLength ?? 0), 0)
  }

  #open(size: number): void {
    const last = this.#chunks.at(-1)
    if (last?.live === 0) last.bytes = undefined
    this.#chunks.push({ bytes: new Uint8Array(size), live: 0 })
    this.#end = 0
  }
}
