// Model: linear least squares without an intercept, for a few columns.

/** Student's t for 97.5 %, by degrees of freedom from 1. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086,
]
/** Beyond the table, the last value: it is a little too large. */
export function studentT(df: number): number {
  return T[Math.min(df, T.length) - 1] ?? Number.POSITIVE_INFINITY
}

export interface Fit {
  /** What a unit of each column adds. */
  coefficients: number[]
  /** The inverse of the matrix of the columns' products. */
  inverse: number[][]
  /** How much a small error of the values can grow in the coefficients; the columns' lengths play no part. */
  condition(): number
  /** Of each value, what the coefficients do not explain. */
  residuals: number[]
}

/** Undefined where a column can be made from others. */
export function leastSquares(columns: readonly (readonly number[])[], values: readonly number[]): Fit | undefined {
  // Scaled to length 1, so that the condition does not depend on how large a column's numbers are.
  const lengths = columns.map(column => Math.hypot(...column))
  const scaled = columns.map((column, i) => column.map(value => value / (lengths[i] as number)))
  const products = scaled.map(a => scaled.map(b => dot(a, b)))
  const scaledInverse = inverseOf(products)
  if (!scaledInverse) return undefined
  const inverse = scaledInverse.map((row, i) =>
    row.map((value, k) => value / ((lengths[i] as number) * (lengths[k] as number))),
  )
  const right = columns.map(column => dot(column, values))
  const coefficients = inverse.map(row => dot(row, right))
  return {
    coefficients,
    inverse,
    condition: () => Math.sqrt(largestEigenvalue(products) * largestEigenvalue(scaledInverse)),
    residuals: residualsOf(columns, values, coefficients),
  }
}

/** What remains of each value. */
function residualsOf(
  columns: readonly (readonly number[])[],
  values: readonly number[],
  coefficients: readonly number[],
): number[] {
  return values.map((value, at) =>
    columns.reduce((left, column, i) => left - (column[at] as number) * (coefficients[i] as number), value),
  )
}

export function dot(a: readonly number[], b: readonly number[]): number {
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
