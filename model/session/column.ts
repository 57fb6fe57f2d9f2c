// Model: a growable column of numbers.

/** What typed arrays have in common. */
interface NumberArray {
  readonly length: number
  [index: number]: number
  set(values: ArrayLike<number>): void
  subarray(from: number, to: number): this
}

const FIRST_CAPACITY = 256
/** About an eighth of a column that grows is unused on average, and each number was copied four times. */
const GROWTH = 1.25
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
  #create: (capacity: number) => A

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
    if (this.length === this.#values.length) this.#replace(Math.ceil(this.length * GROWTH))
    this.#values[this.length++] = value
  }

  get(index: Index): Value {
    return this.#values[index] as Value
  }

  set(index: Index, value: Value): void {
    this.#values[index] = value
  }

  /** Keeps the numbers in arrays of another type from now on. */
  protected convert(create: (capacity: number) => A): void {
    this.#create = create
    this.#replace(this.#values.length)
  }

  #replace(capacity: number): void {
    const replaced = this.#create(capacity)
    replaced.set(this.filled)
    this.#values = replaced
  }
}

type IntegerArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** Integers from 0 on, each in as many bytes as the largest one needs: most sessions have few names, URLs and documents. */
export class IntegerColumn<Index extends number, Value extends number> extends Column<IntegerArray, Index, Value> {
  /** The largest integer that fits. */
  #max = 0xff

  constructor() {
    super(n => new Uint8Array(n))
  }

  override push(value: Value): void {
    if (value > this.#max) this.#widen(value)
    super.push(value)
  }

  override set(index: Index, value: Value): void {
    if (value > this.#max) this.#widen(value)
    super.set(index, value)
  }

  #widen(value: Value): void {
    this.#max = value <= 0xffff ? 0xffff : value <= 0xffffffff ? 0xffffffff : Number.MAX_SAFE_INTEGER
    const Type = this.#max === 0xffff ? Uint16Array : this.#max === 0xffffffff ? Uint32Array : Float64Array
    this.convert(n => new Type(n))
  }
}

export const float64Column = <I extends number = number>() =>
  new Column<Float64Array<ArrayBuffer>, I>(n => new Float64Array(n))
export const uint8Column = <I extends number = number>() =>
  new Column<Uint8Array<ArrayBuffer>, I>(n => new Uint8Array(n))
export const integerColumn = <I extends number = number, V extends number = number>() => new IntegerColumn<I, V>()
