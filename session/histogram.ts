// Any world: quantiles of durations in bounded memory.

/** Buckets to each power of two: a bucket's middle is at most 1/128 (0.8 %) away from any value in it. */
const PER_OCTAVE = 64
/** Bits of a double's high word under the first six of its mantissa. */
const SHIFT = 14
/** The bucket that ends at 2^-14 ms (61 ns, under any clock's step): what is shorter counts there, as 0 does. */
const LOWEST = (((1023 - 14) << 20) >>> SHIFT) - 1
/** The first one, and those up to 2^33 ms (99 days); longer durations share the last one. */
const BUCKETS = 1 + (14 + 33) * PER_OCTAVE

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
/** Where the high word is: 1 on a little-endian machine, whose lowest byte of 1 is 1, else 0. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] as number

/** The bucket of a value: its exponent and the first bits of its mantissa, read from the double itself. */
function bucketOf(value: number): number {
  // Adding 0 makes 0 of -0, whose sign bit would count as a huge exponent.
  double[0] = value + 0
  const bucket = ((words[HIGH] as number) >>> SHIFT) - LOWEST
  return bucket < 0 ? 0 : bucket < BUCKETS ? bucket : BUCKETS - 1
}

/** The middle of a bucket. */
function middleOf(bucket: number): number {
  if (bucket === 0) return 0
  words[1 - HIGH] = 0
  words[HIGH] = ((bucket + LOWEST) << SHIFT) >>> 0
  const low = double[0] as number
  words[HIGH] = ((bucket + 1 + LOWEST) << SHIFT) >>> 0
  return (low + (double[0] as number)) / 2
}

/**
 * A log-linear histogram (the layout of HdrHistogram, indexed by the double's own bits). Quantiles are within
 * 0.8 % of a recorded value by construction; histograms merge by addition, without loss. Storage grows to the
 * range that was seen: 256 bytes for each power of two, 12 kB at most.
 */
export class Histogram {
  count = 0
  /** Number of the first bucket held in `_counts`. Both are for reading, and to be merged. */
  _first = 0
  _counts: Uint32Array = new Uint32Array(0)

  /** Counts one value. Milliseconds, not negative. @param by -1 takes back one that was counted. */
  record(value: number, by: 1 | -1 = 1): void {
    const bucket = bucketOf(value)
    let index = bucket - this._first
    if (index < 0 || index >= this._counts.length) {
      this.#grow(bucket, bucket)
      index = bucket - this._first
    }
    ;(this._counts[index] as number) += by
    this.count += by
  }

  /** Adds all that `other` has counted. */
  merge(other: Histogram): void {
    if (other.count === 0) return
    this.#grow(other._first, other._first + other._counts.length - 1)
    const shift = other._first - this._first
    for (let i = 0; i < other._counts.length; i++) {
      ;(this._counts[i + shift] as number) += other._counts[i] as number
    }
    this.count += other.count
  }

  /** The value with a share of `q` (0 to 1) at or below it (nearest rank); undefined while nothing was counted. */
  quantile(q: number): number | undefined {
    const rank = Math.max(1, Math.ceil(q * this.count))
    let seen = 0
    for (let i = 0; i < this._counts.length; i++) {
      seen += this._counts[i] as number
      if (seen >= rank) return middleOf(this._first + i)
    }
    return undefined
  }

  /** Makes room for buckets `from` to `to`, in whole octaves. */
  #grow(from: number, to: number): void {
    const counts = this._counts
    const first = counts.length > 0 ? Math.min(from, this._first) : from
    const last = Math.max(to, this._first + counts.length - 1)
    const start = first & -PER_OCTAVE
    const length = (last | (PER_OCTAVE - 1)) + 1 - start
    if (length === counts.length) return
    const grown = new Uint32Array(length)
    if (counts.length > 0) grown.set(counts, this._first - start)
    this._first = start
    this._counts = grown
  }
}
