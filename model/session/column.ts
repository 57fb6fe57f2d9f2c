// Panel: a growable column of numbers. Touches no DOM.

/** What the typed arrays have in common. */
interface NumberArray {
  readonly length: number
  [index: number]: number
  set(values: ArrayLike<number>): void
  subarray(from: number, to: number): this
}

const FIRST_CAPACITY = 256
/** Columns of one table grow at different lengths: together, at a million rows, they would be copied for 30 ms. */
const STAGGER = 16
let created = 0

/** Numbers of one type, one after the other; a push costs amortised nothing, and no object. */
export class Column<A extends NumberArray, Index extends number = number, Value extends number = number> {
  length = 0
  #values: A
  readonly #create: (capacity: number) => A

  constructor(create: (capacity: number) => A) {
    this.#create = create
    this.#values = create(FIRST_CAPACITY + STAGGER * (created++ % STAGGER))
  }

  /** The storage: valid up to `length`, and only until the next push. */
  get values(): A {
    return this.#values
  }

  /** The numbers so far, without a copy: valid until the next push. */
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
