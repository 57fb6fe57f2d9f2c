// Model: which of several operations keeps memory, from rounds in which they ran in different numbers.
import type { KeptBytes } from '../../session/leak-verdict.ts'

/** Student's t for 97.5 %, by degrees of freedom from 1. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086,
]
/** Beyond the table, the last value: it is a little too large. */
function studentT(df: number): number {
  return T[Math.min(df, T.length) - 1] ?? Number.POSITIVE_INFINITY
}

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
  // Scaled to length 1, so that the condition does not depend on how often something runs.
  const lengths = counts.map(column => Math.hypot(...column))
  const columns = counts.map((column, i) => column.map(count => count / (lengths[i] as number)))
  const products = columns.map(a => columns.map(b => dot(a, b)))
  const inverse = inverseOf(products)
  if (!inverse || Math.sqrt(largestEigenvalue(products) * largestEigenvalue(inverse)) >= MAX_CONDITION) return undefined
  const right = columns.map(column => dot(column, grown))
  const kept = inverse.map(row => dot(row, right))
  const residual = grown.reduce(
    (sum, bytes, round) =>
      sum +
      (bytes -
        dot(
          kept,
          columns.map(column => column[round] as number),
        )) **
        2,
    0,
  )
  return kept.map((value, i) => {
    const margin = studentT(df) * Math.sqrt((residual / df) * ((inverse[i] as number[])[i] as number))
    const [bytes, half] = [value / (lengths[i] as number), margin / (lengths[i] as number)]
    return { bytes, low: bytes - half, high: bytes + half }
  })
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}

/** By Gauss and Jordan, with pivoting. Undefined if there is none. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, k) => (k === i ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    const pivot = rows.reduce(
      (best, row, i) => (i >= column && Math.abs(at(row, column)) > Math.abs(at(rows[best], column)) ? i : best),
      column,
    )
    if (Math.abs(at(rows[pivot], column)) < 1e-12) return undefined
    ;[rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]]
    const scale = at(rows[column], column)
    const scaled = (rows[column] as number[]).map(value => value / scale)
    rows[column] = scaled
    for (const [i, row] of rows.entries()) {
      const factor = at(row, column)
      if (i !== column) rows[i] = row.map((value, k) => value - factor * at(scaled, k))
    }
  }
  return rows.map(row => row.slice(size))
}

function at(row: readonly number[] | undefined, column: number): number {
  return row?.[column] ?? 0
}

/** Of a symmetric matrix whose eigenvalues are positive, by repeated multiplication. */
function largestEigenvalue(matrix: readonly (readonly number[])[]): number {
  let vector = matrix.map((_, i) => 1 + i / 7)
  let value = 0
  for (let i = 0; i < 200; i++) {
    const next = matrix.map(row => dot(row, vector))
    value = Math.hypot(...next) / Math.hypot(...vector)
    const length = Math.hypot(...next)
    vector = next.map(each => each / length)
  }
  return value
}
