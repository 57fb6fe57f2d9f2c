// Model: collects what a format writes, and hands it over in parts, so that no file is ever in memory as a whole.
import { ByteWriter } from './session/byte-writer.ts'
import type { FilePart } from './session/session-bytes.ts'

/** A part has about this many bytes: a few milliseconds of work, also for formats that parse each operation's details. */
const BYTES_PER_PART = 256_000

export class PartWriter {
  readonly bytes = new ByteWriter()
  #operations = 0

  get isFull(): boolean {
    return this.bytes.length >= BYTES_PER_PART
  }

  /** @param operations how many operations the text completes. */
  text(text: string, operations = 0): void {
    this.bytes.text(text)
    this.#operations += operations
  }

  /** Counts an operation whose bytes were written, or which the format leaves out. */
  countOperation(): void {
    this.#operations++
  }

  /** What was written since the last call. Valid until the next write. */
  take(): FilePart {
    const part = { bytes: this.bytes.take(), operations: this.#operations }
    this.#operations = 0
    return part
  }
}
