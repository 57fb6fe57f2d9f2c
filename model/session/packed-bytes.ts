// Panel: JSON data as bytes: beside the JS heap, where the garbage collector need not look at it. Touches no DOM.

/** Bytes of a chunk: so few that the rest of the last one is no loss, so many that their number is none. */
const CHUNK_SIZE = 1 << 20
/** The most bytes of UTF-8 that one UTF-16 code unit takes. */
const MAX_BYTES_PER_UNIT = 3

/** Where a piece stands. */
export interface Place {
  chunk: number
  offset: number
  length: number
}

interface Chunk {
  /** Undefined once nothing in it is used any more. */
  bytes: Uint8Array<ArrayBuffer> | undefined
  /** Bytes that are used. */
  live: number
}

export class PackedBytes {
  readonly #chunks: Chunk[] = []
  /** Free bytes begin here in the last chunk. */
  #end = CHUNK_SIZE
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()

  add(value: unknown): Place {
    const text = JSON.stringify(value)
    const room = text.length * MAX_BYTES_PER_UNIT
    if (this.#end + room > CHUNK_SIZE) this.#open(Math.max(room, CHUNK_SIZE))
    const chunk = this.#chunks.length - 1
    const { bytes } = this.#chunks[chunk] as Chunk
    const offset = this.#end
    const length = this.#encoder.encodeInto(text, (bytes as Uint8Array<ArrayBuffer>).subarray(offset)).written
    this.#end += length
    ;(this.#chunks[chunk] as Chunk).live += length
    return { chunk, offset, length }
  }

  get(place: Place): unknown {
    const bytes = this.bytesAt(place)
    return bytes && JSON.parse(this.#decoder.decode(bytes))
  }

  bytesAt({ chunk, offset, length }: Place): Uint8Array | undefined {
    return this.#chunks[chunk]?.bytes?.subarray(offset, offset + length)
  }

  /** What stood there is not asked for any more; a chunk of which nothing is goes. */
  remove({ chunk, length }: Place): void {
    const held = this.#chunks[chunk]
    if (!held) return
    held.live -= length
    if (held.live === 0 && chunk < this.#chunks.length - 1) held.bytes = undefined
  }

  /** Of all chunks. */
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
