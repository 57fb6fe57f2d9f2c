// Any world: a quantile as a weighted mean of all order statistics, which varies less than one of them.
import { incompleteBeta } from './distributions.ts'

/** What the weights that are left out add up to at most: it moves no digit that is shown. */
const NEGLIGIBLE = 1e-15

/** Harrell and Davis' estimate (https://doi.org/10.1093/biomet/69.3.635). @param sorted not empty. @param q 0 to 1. */
export function harrellDavis(sorted: ArrayLike<number>, q: number): number {
  return weightedSum(sorted, quantileWeights(sorted.length, q))
}

export interface QuantileWeights {
  /** The first order statistic that has a weight. */
  first: number
  weights: Float64Array
}

/** The same for every sample of a size: a bootstrap needs them once. */
export function quantileWeights(n: number, q: number): QuantileWeights {
  const [a, b] = [(n + 1) * q, (n + 1) * (1 - q)]
  const below = (i: number): number => incompleteBeta(i / n, a, b)
  const middle = Math.min(n - 1, Math.floor(q * n))
  let first = middle
  while (first > 0 && below(first) > NEGLIGIBLE) first--
  let last = middle + 1
  while (last < n && 1 - below(last) > NEGLIGIBLE) last++
  const weights = new Float64Array(last - first)
  let before = below(first)
  for (let i = first; i < last; i++) {
    const next = below(i + 1)
    weights[i - first] = next - before
    before = next
  }
  return { first, weights }
}

export function weightedSum(sorted: ArrayLike<number>, { first, weights }: QuantileWeights): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (sorted[first + i] as number)
  return sum
}
