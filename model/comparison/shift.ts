// Any world: by how much one sample lies above another, with an interval: Hodges and Lehmann's estimate.
import { normalQuantile } from './distributions.ts'
import { evenlySpaced } from './evenly-spaced.ts'

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
 * With very few values the interval is all differences.
 * @param a, b sorted, not empty
 * @param scale what is compared of a value; it must not decrease
 * @param confidence 0 to 1
 */
export function shiftBetween(
  a: Float64Array,
  b: Float64Array,
  scale: (value: number) => number = value => value,
  confidence = 0.95,
): Shift {
  const [m, n] = [a.length, b.length]
  const z = normalQuantile((1 - confidence) / 2)
  const [x, y] = [thinned(a).map(scale), thinned(b).map(scale)]
  const pairs = x.length * y.length
  // By the whole samples' sizes: thinning loses precision of the estimate, not of what is known.
  const k = Math.floor((m * n) / 2 - z * Math.sqrt((m * n * (m + n + 1)) / 12))
  const share = Math.max(0, k) / (m * n)
  const lowest = Math.min(Math.floor(share * pairs), pairs - 1)
  const lower = nthDifference(x, y, Math.floor((pairs - 1) / 2))
  const middle = pairs % 2 === 1 ? lower : (lower + nextDifference(x, y, lower, pairs / 2)) / 2
  return { estimate: middle, low: nthDifference(x, y, lowest), high: nthDifference(x, y, pairs - 1 - lowest) }
}

/** As many values as are compared. */
export function thinned(sorted: Float64Array): Float64Array {
  return evenlySpaced(sorted, Math.min(sorted.length, MAX_VALUES))
}

/** Differences that are sorted once so few are left: faster than halving on to the last digit. */
const MAX_SORTED = 100

/**
 * The k-th smallest, from 0, of all differences y − x, without making them: rows and columns of the matrix of differences
 * are sorted, so how many are at most a value is counted in one walk along its border.
 */
function nthDifference(x: Float64Array, y: Float64Array, k: number): number {
  let low = (y[0] as number) - (x.at(-1) as number)
  let high = (y.at(-1) as number) - (x[0] as number)
  let below = countAtMost(x, y, low)
  if (below > k) return low
  let upTo = x.length * y.length
  // Where many differences are equal, until nothing but one value is left between the two: halving a double's range ends.
  while (upTo - below > MAX_SORTED) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    const count = countAtMost(x, y, middle)
    if (count > k) [high, upTo] = [middle, count]
    else [low, below] = [middle, count]
  }
  if (upTo - below > MAX_SORTED) return leastAbove(x, y, low)
  return differencesWithin(x, y, low, high, upTo - below).sort()[k - below] as number
}

/** The k-th, of which the one before is known. */
function nextDifference(x: Float64Array, y: Float64Array, previous: number, k: number): number {
  return countAtMost(x, y, previous) > k ? previous : leastAbove(x, y, previous)
}

/** Differences that are at most `value`. */
function countAtMost(x: Float64Array, y: Float64Array, value: number): number {
  let count = 0
  let j = 0
  for (let i = 0; i < x.length; i++) {
    const each = x[i] as number
    while (j < y.length && (y[j] as number) - each <= value) j++
    count += j
  }
  return count
}

/** The differences above `low` and at most `high`. */
function differencesWithin(x: Float64Array, y: Float64Array, low: number, high: number, count: number): Float64Array {
  const found = new Float64Array(count)
  let next = 0
  let first = 0
  for (let i = 0; i < x.length; i++) {
    const each = x[i] as number
    while (first < y.length && (y[first] as number) - each <= low) first++
    for (let j = first; j < y.length && (y[j] as number) - each <= high; j++) found[next++] = (y[j] as number) - each
  }
  return found
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
