// Any world: a sample thinned to a given number of values.

/** Evenly spaced order statistics, interpolated. @param sorted not empty. @param count also more than there are values. */
export function evenlySpaced(sorted: Float64Array, count: number): Float64Array {
  if (sorted.length === count) return sorted
  return Float64Array.from({ length: count }, (_, i) => {
    const at = Math.min(Math.max(((i + 0.5) * sorted.length) / count - 0.5, 0), sorted.length - 1)
    const below = Math.floor(at)
    const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number]
    return low + (high - low) * (at - below)
  })
}
