// Model: writes text and numbers as UTF-8 into one buffer that is used again.

const FIRST_CAPACITY = 1 << 16
/** The most bytes of UTF-8 that one UTF-16 code unit takes. */
const MAX_BYTES_PER_UNIT = 3
/** The most characters of a number. */
const MAX_DIGITS = 32
/** Up to this many bytes, a loop copies faster than `set`. */
const MAX_LOOP_COPY = 24
const ZERO = 48
const POINT = 46
/** Below this, neighbouring doubles differ by less than 0.001, so a number of thousandths has one shortest text. */
const MAX_WITH_THOUSANDTHS = 2 ** 42
/**
 * Between these, which are epoch milliseconds of the years 2004 to 2039, neighbouring doubles differ by 2 ** -12. A number
 * that has more than three decimals has four, and JSON writes the nearest.
 */
const [MIN_EPOCH, MAX_EPOCH] = [2 ** 40, 2 ** 41]
/** The largest power of ten that a 32-bit integer holds. */
const BILLION = 1e9

export class ByteWriter {
  length = 0
  #bytes = new Uint8Array(FIRST_CAPACITY)
  readonly #encoder = new TextEncoder()

  /** Returns what was written and empties the writer. The bytes are valid until the next write. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.length)
    this.length = 0
    return taken
  }

  bytes(piece: Uint8Array): void {
    this.#reserve(piece.length)
    if (piece.length > MAX_LOOP_COPY) this.#bytes.set(piece, this.length)
    else for (let i = 0; i < piece.length; i++) this.#bytes[this.length + i] = piece[i] as number
    this.length += piece.length
  }

  text(text: string): void {
    this.#reserve(text.length * MAX_BYTES_PER_UNIT)
    this.length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.length)).written
  }

  /** The number as JSON writes it: the shortest text that parses to it. It must be finite. */
  number(value: number): void {
    this.#reserve(MAX_DIGITS)
    if (value >= 0 && value < MAX_WITH_THOUSANDTHS) {
      const whole = Math.floor(value)
      if (whole === value) {
        this.#integer(whole)
        return
      }
      for (let scale = 10, digits = 1; digits <= 3; scale *= 10, digits++) {
        const scaled = Math.round(value * scale)
        if (scaled / scale !== value) continue
        this.#decimal(whole, scaled - whole * scale, digits)
        return
      }
      const rest = (value - whole) * 10_000
      if (value > MIN_EPOCH && value < MAX_EPOCH && rest % 1 !== 0.5) {
        this.#decimal(whole, Math.round(rest), 4)
        return
      }
    }
    const text = `${value}`
    for (let i = 0; i < text.length; i++) this.#bytes[this.length++] = text.charCodeAt(i)
  }

  #decimal(whole: number, rest: number, digits: number): void {
    this.#integer(whole)
    this.#bytes[this.length++] = POINT
    this.#digits(rest, digits)
  }

  #integer(value: number): void {
    const high = Math.floor(value / BILLION)
    if (high > 0) {
      this.#digits(high, countDigits(high))
      this.#digits(value - high * BILLION, 9)
    } else this.#digits(value, countDigits(value))
  }

  /** The last `count` digits of an integer below a billion. */
  #digits(value: number, count: number): void {
    let rest = value | 0
    for (let at = this.length + count - 1; at >= this.length; at--) {
      const tenth = (rest / 10) | 0
      this.#bytes[at] = ZERO + rest - tenth * 10
      rest = tenth
    }
    this.length += count
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.length + bytes, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.length))
    this.#bytes = grown
  }
}

function countDigits(value: number): number {
  let digits = 1
  for (let least = 10; value >= least; least *= 10) digits++
  return digits
}
