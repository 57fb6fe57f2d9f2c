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
  /** Number of the first bucket held in `counts`. Both are for reading, and to be merged. */
  first = 0
  counts = new Uint32Array(0)

  /** Counts one value. Milliseconds, not negative. @param by -1 takes back one that was counted. */
  record(value: number, by: 1 | -1 = 1): void {
    const bucket = bucketOf(value)
    let index = bucket - this.first
    if (index < 0 || index >= this.counts.length) {
      this.#grow(bucket, bucket)
      index = bucket - this.first
    }
    ;(this.counts[index] as number) += by
    this.count += by
  }

  /** Adds all that `other` has counted. */
  merge(other: Histogram): void {
    if (other.count === 0) return
    this.#grow(other.first, other.first + other.counts.length - 1)
    const shift = other.first - this.first
    for (let i = 0; i < other.counts.length; i++) {
      ;(this.counts[i + shift] as number) += other.counts[i] as number
    }
    this.count += other.count
  }

  /** The value with a share of `q` (0 to 1) at or below it (nearest rank); undefined while nothing was counted. */
  quantile(q: number): number | undefined {
    const rank = Math.max(1, Math.ceil(q * this.count))
    let seen = 0
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i] as number
      if (seen >= rank) return middleOf(this.first + i)
    }
    return undefined
  }

  /** Makes room for buckets `from` to `to`, in whole octaves. */
  #grow(from: number, to: number): void {
    const empty = this.counts.length === 0
    const first = empty ? from : Math.min(from, this.first)
    const last = empty ? to : Math.max(to, this.first + this.counts.length - 1)
    const start = Math.floor(first / PER_OCTAVE) * PER_OCTAVE
    const end = Math.floor(last / PER_OCTAVE) * PER_OCTAVE + PER_OCTAVE
    if (!empty && start === this.first && end - start === this.counts.length) return
    const counts = new Uint32Array(end - start)
    if (!empty) counts.set(this.counts, this.first - start)
    this.first = start
    this.counts = counts
  }
}
