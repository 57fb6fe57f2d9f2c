// Any world: by how much one sample lies above another, with an interval: Hodges and Lehmann's estimate.
import { normalQuantile } from './distributions.ts'

export interface Shift {
  /** The median of all differences of a value of the second sample and one of the first. */
  estimate: number
  /** The interval that holds the true shift with the given confidence. */
  low: number
  high: number
}

/** Values of a sample that are compared: of more, evenly spaced order statistics. Differences are selected, not stored. */
export const MAX_VALUES = 1_000

/**
 * @param a, b sorted, not empty.
 * @param confidence 0 to 1, such as 0.95. With very few values the interval is all differences.
 */
export function shiftBetween(a: Float64Array, b: Float64Array, confidence = 0.95): Shift {
  const [m, n] = [a.length, b.length]
  const z = normalQuantile((1 - confidence) / 2)
  const [x, y] = [thinned(a), thinned(b)]
  const pairs = x.length * y.length
  // By the whole samples' sizes: thinning loses precision of the estimate, not of what is known.
  const k = Math.floor((m * n) / 2 - z * Math.sqrt((m * n * (m + n + 1)) / 12))
  const share = Math.max(0, k) / (m * n)
  const lowest = Math.min(Math.floor(share * pairs), pairs - 1)
  const upper = nthDifference(x, y, Math.floor(pairs / 2))
  const middle = pairs % 2 === 1 ? upper : (nthDifference(x, y, pairs / 2 - 1) + upper) / 2
  return { estimate: middle, low: nthDifference(x, y, lowest), high: nthDifference(x, y, pairs - 1 - lowest) }
}

function thinned(sorted: Float64Array): Float64Array {
  if (sorted.length <= MAX_VALUES) return sorted
  return Float64Array.from({ length: MAX_VALUES }, (_, i) => {
    const at = ((i + 0.5) * sorted.length) / MAX_VALUES - 0.5
    const below = Math.floor(at)
    const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number]
    return low + (high - low) * (at - below)
  })
}

/**
 * The k-th smallest, from 0, of all differences y − x, without making them: rows and columns of the matrix of differences
 * are sorted, so how many are at most a value is counted in one walk along its border.
 */
function nthDifference(x: Float64Array, y: Float64Array, k: number): number {
  let low = (y[0] as number) - (x.at(-1) as number)
  let high = (y.at(-1) as number) - (x[0] as number)
  if (countAtMost(x, y, low) > k) return low
  // Until nothing but one value is left between the two: halving a double's range ends.
  for (let i = 0; i < 200; i++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (countAtMost(x, y, middle) > k) high = middle
    else low = middle
  }
  return leastAbove(x, y, low)
}

/** Differences that are at most `value`. */
function countAtMost(x: Float64Array, y: Float64Array, value: number): number {
  let count = 0
  let j = 0
  for (const each of x) {
    while (j < y.length && (y[j] as number) - each <= value) j++
    count += j
  }
  return count
}

/** The least difference that is greater than `value`. */
function leastAbove(x: Float64Array, y: Float64Array, value: number): number {
  let least = Number.POSITIVE_INFINITY
  let j = 0
  for (const each of x) {
    while (j < y.length && (y[j] as number) - each <= value) j++
    if (j < y.length) least = Math.min(least, (y[j] as number) - each)
  }
  return least
}
