// Model: least squares that a few values far off do not pull along. A window of the heap is far off if something was collected in
// it unseen, between two readings, or if the browser itself allocated in it.
import { median } from '../statistics.ts'
import { dot, leastSquares, studentT } from './least-squares.ts'

/** A value counts less from so many standard deviations on. https://en.wikipedia.org/wiki/Huber_loss */
const HUBER = 1.5
/** From the median of absolute deviations to a standard deviation. https://en.wikipedia.org/wiki/Median_absolute_deviation */
const MAD_TO_DEVIATION = 1.4826
/** Fits, each with the weights that the one before has given; they end when the coefficients change no more. */
const MAX_ROUNDS = 20
const SMALL_CHANGE = 1e-4
/** A value that alone determines a column leaves no residual: nothing may be divided by zero. */
const MIN_FREE = 0.01

export interface RobustFit {
  coefficients: number[]
  /** Of the coefficients, each with each. */
  covariance: number[][]
  /** By so many standard deviations, an interval of 95 % reaches to either side. */
  t: number
}

/** Undefined where a column can be made from others, or there are too few values. It yields after a millisecond or so of work. */
export function* robustFit(
  columns: readonly (readonly number[])[],
  values: readonly number[],
): Generator<void, RobustFit | undefined> {
  if (values.length <= columns.length) return undefined
  let weights = values.map(() => 1)
  let before: number[] = []
  for (let round = 1; ; round++) {
    yield
    // A weighted fit is one of values and columns that are multiplied by the square roots of the weights.
    const roots = weights.map(Math.sqrt)
    const weighted = (of: readonly number[]): number[] => of.map((value, i) => value * (roots[i] as number))
    const scaled = columns.map(weighted)
    const fit = leastSquares(scaled, weighted(values))
    if (!fit) return undefined
    const { coefficients, residuals, inverse } = fit
    const largest = Math.max(...coefficients.map(Math.abs))
    const hasSettled = coefficients.every(
      (value, i) => Math.abs(value - (before[i] ?? Number.NaN)) <= SMALL_CHANGE * largest,
    )
    if (hasSettled || round === MAX_ROUNDS) {
      const t = studentT(values.length - columns.length)
      return { coefficients, covariance: covarianceOf(scaled, residuals, inverse), t }
    }
    before = coefficients
    const deviations = residuals.map((residual, i) => Math.abs(residual) / (roots[i] as number))
    const limit = HUBER * MAD_TO_DEVIATION * median(deviations)
    weights = deviations.map(deviation => (deviation <= limit ? 1 : Math.max(limit, 1e-9) / deviation))
  }
}

/**
 * It holds also where values scatter more in some windows than in others.
 * @see https://en.wikipedia.org/wiki/Heteroskedasticity-consistent_standard_errors
 */
function covarianceOf(
  columns: readonly (readonly number[])[],
  residuals: readonly number[],
  inverse: readonly (readonly number[])[],
): number[][] {
  const covariance = columns.map(() => columns.map(() => 0))
  for (const [at, residual] of residuals.entries()) {
    const row = columns.map(column => column[at] as number)
    const pulls = inverse.map(each => dot(each, row))
    const free = Math.max(1 - dot(row, pulls), MIN_FREE)
    for (const [i, sums] of covariance.entries()) {
      for (const k of sums.keys()) {
        sums[k] = (sums[k] as number) + (pulls[i] as number) * (pulls[k] as number) * (residual / free) ** 2
      }
    }
  }
  return covariance
}
