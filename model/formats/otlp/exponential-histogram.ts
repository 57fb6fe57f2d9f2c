// Model: OpenTelemetry's exponential histogram: bucket i counts values over base^i, up to base^(i+1), where base is
// 2^(2^-scale). https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram

/** As in OpenTelemetry's own libraries: where more are needed, buckets become twice as wide. */
const MAX_BUCKETS = 160
/** The finest: 16 buckets to a doubling, so quantiles are within 2.2 %. */
const FIRST_SCALE = 4

export class ExponentialHistogram {
  count = 0
  sum = 0
  min = Number.POSITIVE_INFINITY
  max = 0
  zeroCount = 0
  scale = FIRST_SCALE
  /** The index of the first bucket of `counts`. */
  offset = 0
  counts: number[] = []

  record(value: number): void {
    this.count++
    this.sum += value
    this.min = Math.min(this.min, value)
    this.max = Math.max(this.max, value)
    if (value <= 0) {
      this.zeroCount++
      return
    }
    let index = indexOf(value, this.scale)
    while (!this.#fits(index)) {
      this.#halve()
      index = indexOf(value, this.scale)
    }
    if (this.counts.length === 0) this.offset = index
    while (index < this.offset) {
      this.counts.unshift(0)
      this.offset--
    }
    while (index >= this.offset + this.counts.length) this.counts.push(0)
    ;(this.counts[index - this.offset] as number)++
  }

  #fits(index: number): boolean {
    if (this.counts.length === 0) return true
    const [first, last] = [this.offset, this.offset + this.counts.length - 1]
    return Math.max(index, last) - Math.min(index, first) < MAX_BUCKETS
  }

  /** Merges each two buckets into one. */
  #halve(): void {
    const first = Math.floor(this.offset / 2)
    const halved: number[] = []
    for (const [i, count] of this.counts.entries()) {
      const index = Math.floor((this.offset + i) / 2) - first
      halved[index] = (halved[index] ?? 0) + count
    }
    this.scale--
    this.offset = first
    this.counts = halved
  }
}

/** The lower bound of a bucket is exclusive, so a value that is a bound belongs to the bucket below it. */
function indexOf(value: number, scale: number): number {
  return Math.ceil(Math.log2(value) * 2 ** scale) - 1
}
