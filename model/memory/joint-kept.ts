// Model: which of several operations keeps memory, from rounds in which they ran in different numbers.
import type { KeptBytes } from '../../session/leak-verdict.ts'
import { dot, leastSquares, studentT } from './least-squares.ts'

/** Beyond it, a small error of a reading is a large one of an operation. */
export const MAX_CONDITION = 30

/**
 * What a call of each operation keeps, by least squares without an intercept. Undefined where the rounds cannot tell: too few
 * of them, or counts that rise and fall together.
 * @param counts calls of each operation in each round
 * @param grown bytes of each round
 */
export function jointKept(counts: readonly (readonly number[])[], grown: readonly number[]): KeptBytes[] | undefined {
  const df = grown.length - counts.length
  if (df < 1) return undefined
  const fit = leastSquares(counts, grown)
  if (!fit || fit.condition() >= MAX_CONDITION) return undefined
  const variance = dot(fit.residuals, fit.residuals) / df
  return fit.coefficients.map((bytes, i) => {
    const margin = studentT(df) * Math.sqrt(variance * ((fit.inverse[i] as number[])[i] as number))
    return { bytes, low: bytes - margin, high: bytes + margin }
  })
}
