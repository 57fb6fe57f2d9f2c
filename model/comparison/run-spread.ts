// Any world: how far apart the runs of a side are. Two runs of the same code differ by more than their samples tell.
import { studentQuantile } from './distributions.ts'

/** The share of a run's durations that is left out at each end, so that a few outliers do not move the run. */
const TRIMMED = 0.1

/** Where a run lies: the trimmed mean of its values. @param sorted not empty. */
export function locationOf(sorted: Float64Array): number {
  const skipped = Math.floor(sorted.length * TRIMMED)
  let sum = 0
  for (let i = skipped; i < sorted.length - skipped; i++) sum += sorted[i] as number
  return sum / (sorted.length - 2 * skipped)
}

/**
 * Half the width of Student's interval for the difference of two sides, from where their runs lie. Undefined with one
 * run a side: nothing is known about how runs differ.
 */
export function runMargin(before: readonly number[], after: readonly number[], confidence = 0.95): number | undefined {
  const df = before.length + after.length - 2
  if (df < 1) return undefined
  const variance = (squares(before) + squares(after)) / df
  const t = studentQuantile((1 - confidence) / 2, df)
  return t * Math.sqrt(variance * (1 / before.length + 1 / after.length))
}

/** The sum of squared distances from the mean. */
function squares(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}
