// Any world: whether and where the durations of a route changed, by rank alone.
import { correlation, quantileOf, sortedNumbers } from '../statistics.ts'

/** Values: longer series are made of medians of neighbours. */
const MAX_BLOCKS = 200
const MIN_FOR_BLOCKS = 400
/** Values on each side of a change. */
const MIN_SIDE = 8

export interface ChangePoint {
  /** The index of the first value after the change. */
  index: number
  /** The probability of as large a difference by chance, corrected for how alike neighbours are. */
  p: number
  /** Medians on both sides. */
  before: number
  after: number
  /** The probability that a value after is greater than one before. */
  superiority: number
  /** How alike neighbours are: the correlation of their logarithms, on the side where it is greater. */
  likeness: number
  /** Whether each third after lies beyond each third before. */
  lasts: boolean
}

/**
 * Pettitt's test: the split at which the rank sums differ most (https://doi.org/10.2307/2346729). Neighbours that are
 * alike make chance differences larger, so p is corrected by (1 + ρ) / (1 − ρ), ρ being the correlation of neighbouring
 * ranks within the two sides. Undefined for fewer than 16 values.
 */
export function findChange(values: readonly number[]): ChangePoint | undefined {
  const block = values.length > MIN_FOR_BLOCKS ? Math.ceil(values.length / MAX_BLOCKS) : 1
  const series = block === 1 ? values : mediansOf(values, block)
  const n = series.length
  if (n < 2 * MIN_SIDE) return undefined
  const ranks = ranksOf(series)
  let sum = 0
  let best = 0
  let at = 0
  for (let i = 0; i < n - 1; i++) {
    sum += 2 * (ranks[i] as number) - (n + 1)
    if (i + 1 < MIN_SIDE || n - i - 1 < MIN_SIDE || Math.abs(sum) <= Math.abs(best)) continue
    best = sum
    at = i + 1
  }
  if (at === 0) return undefined
  const rho = Math.max(0, neighbourCorrelation(ranks, at))
  const effective = (best * best * (1 - rho)) / (1 + rho)
  const p = Math.min(1, 2 * Math.exp((-6 * effective) / (n ** 3 + n ** 2)))
  const [left, right] = [series.slice(0, at), series.slice(at)]
  const [before, after] = [quantileOf(sortedNumbers(left), 0.5), quantileOf(sortedNumbers(right), 0.5)]
  const superiority = 0.5 - best / (2 * left.length * right.length)
  return {
    index: at * block,
    p,
    before,
    after,
    superiority,
    likeness: Math.max(likenessOf(left), likenessOf(right)),
    lasts: isLasting(left, right),
  }
}

function mediansOf(values: readonly number[], block: number): number[] {
  const medians: number[] = []
  for (let i = 0; i < values.length; i += block)
    medians.push(quantileOf(sortedNumbers(values.slice(i, i + block)), 0.5))
  return medians
}

/** From 1; equal values share the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Array<number>(values.length)
  for (let i = 0; i < order.length; ) {
    let end = i + 1
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end++
    for (let k = i; k < end; k++) ranks[order[k] as number] = (i + 1 + end) / 2
    i = end
  }
  return ranks
}

function neighbourCorrelation(ranks: readonly number[], split: number): number {
  let product = 0
  let square = 0
  for (const [from, to] of [
    [0, split],
    [split, ranks.length],
  ] as const) {
    let mean = 0
    for (let i = from; i < to; i++) mean += (ranks[i] as number) / (to - from)
    for (let i = from; i < to; i++) {
      const distance = (ranks[i] as number) - mean
      square += distance * distance
      if (i > from) product += distance * ((ranks[i - 1] as number) - mean)
    }
  }
  return square > 0 ? product / square : 0
}

function likenessOf(values: readonly number[]): number {
  const logarithms = values.map(value => Math.log(Math.max(MIN_VALUE, value)))
  return correlation(logarithms.slice(0, -1), logarithms.slice(1))
}

/** Milliseconds: what takes less takes no time, as far as clocks tell. */
const MIN_VALUE = 0.01

function isLasting(left: readonly number[], right: readonly number[]): boolean {
  const [before, after] = [thirdsOf(left), thirdsOf(right)]
  return Math.min(...after) > Math.max(...before)
}

function thirdsOf(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / 3)
  return [0, 1, 2]
    .map(third => values.slice(third * size, (third + 1) * size))
    .filter(({ length }) => length > 0)
    .map(part => quantileOf(sortedNumbers(part), 0.5))
}
