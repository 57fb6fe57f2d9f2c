// Any world: p-values of many tests, adjusted so that the share of false alarms among all alarms is bounded.

/** Benjamini and Hochberg's adjustment (https://doi.org/10.1111/j.2517-6161.1995.tb02031.x), in the order given. */
export function adjustP(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[b] as number) - (values[a] as number))
  const adjusted = new Array<number>(values.length)
  let least = 1
  for (const [i, index] of order.entries()) {
    least = Math.min(least, ((values[index] as number) * values.length) / (values.length - i))
    adjusted[index] = least
  }
  return adjusted
}
