// Any world: medians, quantiles and the like of a few numbers.

/** The value with a share of `q` (0 to 1) below it, between two values by their distance; NaN of nothing. */
export function quantileOf(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = q * (sorted.length - 1)
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}

export function sortedNumbers(values: readonly number[] | Iterable<number>): Float64Array<ArrayBuffer> {
  // `from` goes by the iterator, which takes several times as long.
  return (Array.isArray(values) ? new Float64Array(values as readonly number[]) : Float64Array.from(values)).sort()
}

/** NaN of nothing. */
export function median(values: Iterable<number>): number {
  return quantileOf(sortedNumbers(values), 0.5)
}

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** An array of numbers, or a typed array. */
type Numbers = ArrayLike<number> & Iterable<number>

/** Pearson's correlation; 0 where one side does not vary. */
export function correlation(xs: Numbers, ys: Numbers): number {
  const [meanX, meanY] = [sum(xs) / xs.length, sum(ys) / ys.length]
  let [xy, xx, yy] = [0, 0, 0]
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [(xs[i] as number) - meanX, (ys[i] as number) - meanY]
    xy += x * y
    xx += x * x
    yy += y * y
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0
}
