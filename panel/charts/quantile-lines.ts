// Panel: p50 and p95 over time, of the operations that ended, to the height of a cell. Touches no DOM.
import { PENDING } from '../session/outcome-figures.ts'
import type { DensityGrid } from './density-grid.ts'

/** The fewest columns of cells that make one point of a line: 16 CSS pixels. */
const LEAST_COLUMNS = 8
/** Operations that a point is made of, on average: of fewer, a line is noise. */
const USUAL_COUNT = 50
/** Of fewer operations than this, a quantile says nothing. */
export const LEAST_COUNT = 5

export interface QuantilePoint {
  /** Device pixels of the canvas. */
  x: number
  y: number
}

/**
 * For each share (0 to 1) the points of its line, in runs: where too little is known, a line is interrupted.
 * @param operations how many the grid has
 */
export function quantileLines(grid: DensityGrid, shares: readonly number[], operations: number): QuantilePoint[][][] {
  const { columns, lines, firstColumn, side, left, top } = grid
  const found: QuantilePoint[][][] = shares.map(() => [])
  const counts = new Uint32Array(lines)
  let interrupted = true
  const width = columnsPerPoint(columns, operations)
  // The same operations make a point while the chart is panned.
  const cut = ((firstColumn % width) + width) % width
  for (let column = -cut; column < columns; column += width) {
    const end = Math.min(column + width, columns)
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

/** Doubled as often as needed: it seldom changes from frame to frame. */
function columnsPerPoint(columns: number, operations: number): number {
  let width = LEAST_COLUMNS
  while (width < columns && (operations * width) / columns < USUAL_COUNT) width *= 2
  return width
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
