// Any world: JSON text as bytes outside of the JS heap, where the garbage collector need not look at it.

/** Bytes of a chunk: small enough that a half-empty last one is no waste, large enough that chunks stay few. */
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
  /** Free bytes begin here in the last chunk. */
  #end = CHUNK_SIZE
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder()

  add(text: string): Place {
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

  /** The value that the text says. */
  get(place: Place): unknown {
    const bytes = this.bytesAt(place)
    return bytes && JSON.parse(this.#decoder.decode(bytes))
  }

  bytesAt({ chunk, offset, length }: Place): Uint8Array | undefined {
    return this.#chunks[chunk]?.bytes?.subarray(offset, offset + length)
  }

  /** The text is no longer needed; a chunk without any that is needed is freed. */
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
