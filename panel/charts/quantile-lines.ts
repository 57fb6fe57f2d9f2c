// Panel: p50 and p95 over time, of the operations that ended, to the height of a cell. Touches no DOM.
import { PENDING } from '../session/outcome-figures.ts'
import type { DensityGrid } from './density-grid.ts'

/** Columns of cells that make one point of a line: 16 CSS pixels. */
const COLUMNS_PER_POINT = 8
/** Of fewer operations than this, a quantile says nothing. */
export const LEAST_COUNT = 5

export interface QuantilePoint {
  /** Device pixels of the canvas. */
  x: number
  y: number
}

/** For each share (0 to 1) the points of its line, in runs: where too little is known, a line is interrupted. */
export function quantileLines(grid: DensityGrid, shares: readonly number[]): QuantilePoint[][][] {
  const { columns, lines, firstColumn, side, left, top } = grid
  const found: QuantilePoint[][][] = shares.map(() => [])
  const counts = new Uint32Array(lines)
  let interrupted = true
  const cut = ((firstColumn % COLUMNS_PER_POINT) + COLUMNS_PER_POINT) % COLUMNS_PER_POINT
  for (let column = -cut; column < columns; column += COLUMNS_PER_POINT) {
    const end = Math.min(column + COLUMNS_PER_POINT, columns)
    const total = countLines(grid, Math.max(column, 0), end, counts)
    if (total < LEAST_COUNT) {
      interrupted = true
      continue
    }
    const x = left + ((column + end) / 2) * side
    for (const [i, share] of shares.entries()) {
      const line = lineOfRank(counts, Math.ceil(share * total))
      const runs = found[i] as QuantilePoint[][]
      if (interrupted) runs.push([])
      runs.at(-1)?.push({ x, y: top + (line + 0.5) * side })
    }
    interrupted = false
  }
  return found
}

/** How many ended in each line of some columns; returns how many in all. */
function countLines({ columns, lines, counts }: DensityGrid, from: number, to: number, into: Uint32Array): number {
  const cells = columns * lines
  into.fill(0)
  let total = 0
  for (let outcome = 0; outcome * cells < counts.length; outcome++) {
    if (outcome === PENDING) continue
    for (let line = 0; line < lines; line++) {
      const first = outcome * cells + line * columns
      let count = 0
      for (let cell = first + from; cell < first + to; cell++) count += counts[cell] as number
      ;(into[line] as number) += count
      total += count
    }
  }
  return total
}

/** The line of the operation with this rank among the shortest: lines go from the longest to the shortest. */
function lineOfRank(counts: Uint32Array, rank: number): number {
  let passed = 0
  for (let line = counts.length - 1; line > 0; line--) {
    passed += counts[line] as number
    if (passed >= rank) return line
  }
  return 0
}
