// Model: a growable column of numbers.

/** What typed arrays have in common. */
interface NumberArray {
  readonly length: number
  [index: number]: number
  set(values: ArrayLike<number>): void
  subarray(from: number, to: number): this
}

const FIRST_CAPACITY = 256
/**
 * Capacities of the columns of one table differ by this many numbers, so that they grow one after the other. At a million
 * rows, growing all of them at once would take 30 ms.
 */
const STAGGER = 16
let created = 0

/** Numbers of one type in a typed array that grows. A push takes constant time on average and allocates no object. */
export class Column<A extends NumberArray, Index extends number = number, Value extends number = number> {
  length = 0
  #values: A
  readonly #create: (capacity: number) => A

  constructor(create: (capacity: number) => A) {
    this.#create = create
    this.#values = create(FIRST_CAPACITY + STAGGER * (created++ % STAGGER))
  }

  /** The typed array itself: its numbers count up to `length`. It is replaced when the column grows. */
  get values(): A {
    return this.#values
  }

  /** The numbers up to `length`, without a copy. Valid until the next push. */
  get filled(): A {
    return this.#values.subarray(0, this.length)
  }

  push(value: Value): void {
    if (this.length === this.#values.length) {
      const grown = this.#create(this.length * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.length++] = value
  }

  get(index: Index): Value {
    return this.#values[index] as Value
  }

  set(index: Index, value: Value): void {
    this.#values[index] = value
  }
}

export const float64Column = <I extends number = number>() =>
  new Column<Float64Array<ArrayBuffer>, I>(n => new Float64Array(n))
export const uint32Column = <I extends number = number, V extends number = number>() =>
  new Column<Uint32Array<ArrayBuffer>, I, V>(n => new Uint32Array(n))
export const uint16Column = <I extends number = number, V extends number = number>() =>
  new Column<Uint16Array<ArrayBuffer>, I, V>(n => new Uint16Array(n))
export const uint8Column = <I extends number = number>() =>
  new Column<Uint8Array<ArrayBuffer>, I>(n => new Uint8Array(n))
