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
 * For each share (0 to 1) the points of its line, in runs: where too little is known, a line is interrupted. Each goes
 * from the first operation that it is of to the last.
 * @param operations how many the grid has
 */
export function quantileLines(grid: DensityGrid, shares: readonly number[], operations: number): QuantilePoint[][][] {
  const { columns, firstColumn, side, left, top } = grid
  const found: QuantilePoint[][][] = shares.map(() => [])
  const bin = createBin(grid)
  /** Where the latest bin ends, as long as the lines go on. */
  let open: number | undefined
  const interrupt = (): void => {
    if (open === undefined) return
    const x = open
    open = undefined
    for (const runs of found) runs.at(-1)?.push({ x, y: runs.at(-1)?.at(-1)?.y ?? 0 })
  }
  const width = columnsPerPoint(columns, operations)
  // The same operations make a point while the chart is panned.
  const cut = ((firstColumn % width) + width) % width
  for (let column = -cut; column < columns; column += width) {
    fillBin(bin, grid, Math.max(column, 0), Math.min(column + width, columns))
    if (bin.total < LEAST_COUNT) {
      interrupt()
      continue
    }
    for (const [i, share] of shares.entries()) {
      const line = lineOfRank(bin.lines, Math.ceil(share * bin.total))
      const y = top + (line + 0.5) * side
      const runs = found[i] as QuantilePoint[][]
      if (open === undefined) runs.push([{ x: left + bin.first * side, y }])
      runs.at(-1)?.push({ x: left + (bin.middle + 0.5) * side, y })
    }
    open = left + (bin.last + 1) * side
  }
  interrupt()
  return found
}

/** Doubled as often as needed: it seldom changes from frame to frame. */
function columnsPerPoint(columns: number, operations: number): number {
  let width = LEAST_COLUMNS
  while (width < columns && (operations * width) / columns < USUAL_COUNT) width *= 2
  return width
}

/** The operations that ended in some columns, which make one point of each line. */
interface Bin {
  total: number
  /** How many in each line of the grid, and in each of its columns. */
  lines: Uint32Array
  columns: Uint32Array
  /** The first and the last column that has any, and where they are on average. */
  first: number
  last: number
  middle: number
}

function createBin({ columns, lines }: DensityGrid): Bin {
  return { total: 0, lines: new Uint32Array(lines), columns: new Uint32Array(columns), first: 0, last: 0, middle: 0 }
}

function fillBin(bin: Bin, { columns, lines, counts }: DensityGrid, from: number, to: number): void {
  const cells = columns * lines
  bin.total = 0
  bin.lines.fill(0)
  bin.columns.fill(0, from, to)
  for (let outcome = 0; outcome * cells < counts.length; outcome++) {
    if (outcome === PENDING) continue
    for (let line = 0; line < lines; line++) {
      const start = outcome * cells + line * columns
      let count = 0
      for (let column = from; column < to; column++) {
        const inCell = counts[start + column] as number
        if (inCell === 0) continue
        ;(bin.columns[column] as number) += inCell
        count += inCell
      }
      ;(bin.lines[line] as number) += count
      bin.total += count
    }
  }
  let sum = 0
  bin.first = to
  for (let column = from; column < to; column++) {
    const inColumn = bin.columns[column] as number
    if (inColumn === 0) continue
    bin.first = Math.min(bin.first, column)
    bin.last = column
    sum += inColumn * column
  }
  bin.middle = sum / bin.total
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
