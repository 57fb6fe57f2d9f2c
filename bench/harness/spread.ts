export interface Spread {
  median: number
  /** Between these the median of endless rounds is, with 95 % confidence: see `spreadOf`. */
  low: number
  high: number
  min: number
  max: number
  rounds: number
}

/** How many standard deviations of a normal distribution hold 95 % of it. */
const CONFIDENCE_95 = 1.96

/**
 * Median with the extremes: with so few rounds a standard deviation would say less. The interval of the median is by
 * ranks, whatever the distribution: the number of values below it is binomial, its deviation √n / 2. Of a
 * few values it is the extremes.
 */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const [min, max] = [sorted[0], sorted[sorted.length - 1]]
  if (min === undefined || max === undefined) return undefined
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
  const reach = (CONFIDENCE_95 * Math.sqrt(sorted.length)) / 2
  const at = (rank: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, rank))] ?? median
  return {
    median,
    low: at(Math.floor(middle - reach)),
    high: at(Math.ceil(middle + reach)),
    min,
    max,
    rounds: sorted.length,
  }
}
