// Panel: p50 and p95 over time, of the operations that ended, to the height of a cell. Touches no DOM.
import { OUTCOMES, PENDING } from '../../../wire/operations.ts'
import type { DensityGrid } from './density-grid.ts'

/** The fewest columns of cells that make one point of a line: 16 CSS pixels. */
const MIN_COLUMNS = 8
/** Operations that a point is made of, on average: of fewer, a line is noise. */
const USUAL_COUNT = 50
/** Of fewer operations than this, a quantile says nothing. */
export const MIN_COUNT = 5
/** Lines break where no operation started in so many columns: 64 CSS pixels. */
export const LONG_EMPTY = 32

export interface QuantilePoint {
  /** Device pixels of the canvas. */
  x: number
  y: number
}

/** Columns of the grid: from the first up to, and without, the last. */
interface Columns {
  from: number
  to: number
}

/**
 * For each share (0 to 1) the points of its line, in runs: where too little is known, a line is interrupted. Each goes
 * from the first operation that it is of to the last.
 */
export function quantileLines(grid: DensityGrid, shares: readonly number[]): QuantilePoint[][][] {
  const { side, left, top } = grid
  const found: QuantilePoint[][][] = shares.map(() => [])
  const ended = endedIn(grid)
  const stretches = stretchesOf(ended.counts)
  const width = columnsPerPoint(stretches, ended.counts)
  for (const stretch of stretches) {
    /** Where the latest bin ends, as long as the lines go on. */
    let open: number | undefined
    const interrupt = (): void => {
      if (open === undefined) return
      const x = open
      open = undefined
      for (const runs of found) runs.at(-1)?.push({ x, y: runs.at(-1)?.at(-1)?.y ?? 0 })
    }
    for (const bin of binsOf(stretch, width, grid.firstColumn)) {
      const { total, first, last, middle } = placeOf(ended.counts, bin)
      if (total < MIN_COUNT) {
        interrupt()
        continue
      }
      const ofLines = linesIn(grid, ended, bin)
      for (const [i, share] of shares.entries()) {
        const line = lineOfRank(ofLines, Math.ceil(share * total))
        const y = top + (line + 0.5) * side
        const runs = found[i] as QuantilePoint[][]
        if (open === undefined) runs.push([{ x: left + first * side, y }])
        runs.at(-1)?.push({ x: left + (middle + 0.5) * side, y })
      }
      open = left + (last + 1) * side
    }
    interrupt()
  }
  return found
}

interface Ended {
  /** How many operations of each column of the grid have ended. */
  counts: Uint32Array
  /** The rows of cells, in which each outcome has its lines, that have any. */
  rows: number[]
}

/** In the order in which the counts stand in memory. */
function endedIn({ columns, lines, counts }: DensityGrid): Ended {
  const ended: Ended = { counts: new Uint32Array(columns), rows: [] }
  for (let row = 0; row < OUTCOMES.length * lines; row++) {
    if (Math.floor(row / lines) === PENDING) continue
    let any = 0
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column] as number
      if (count === 0) continue
      any += count
      ;(ended.counts[column] as number) += count
    }
    if (any > 0) ended.rows.push(row)
  }
  return ended
}

/** The columns in which operations are never far from each other. */
function stretchesOf(counts: Uint32Array): Columns[] {
  const stretches: Columns[] = []
  for (const [column, count] of counts.entries()) {
    if (count === 0) continue
    const latest = stretches.at(-1)
    if (latest && column - latest.to < LONG_EMPTY) latest.to = column + 1
    else stretches.push({ from: column, to: column + 1 })
  }
  return stretches
}

/** Doubled as often as needed: it seldom changes from frame to frame. */
function columnsPerPoint(stretches: readonly Columns[], counts: Uint32Array): number {
  const columns = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  const operations = counts.reduce((sum, count) => sum + count, 0)
  let width = MIN_COLUMNS
  while (width < columns && (operations * width) / columns < USUAL_COUNT) width *= 2
  return width
}

/** Cut at multiples of the width since the session began: the same operations make a point while the chart is panned. */
function binsOf({ from, to }: Columns, width: number, firstColumn: number): Columns[] {
  const bins: Columns[] = []
  for (let start = from; start < to; ) {
    const end = (Math.floor((start + firstColumn) / width) + 1) * width - firstColumn
    bins.push({ from: start, to: Math.min(end, to) })
    start = end
  }
  return bins
}

/** How many there are in some columns, the first and the last column that has any, and where they are on average. */
function placeOf(counts: Uint32Array, { from, to }: Columns) {
  let [total, sum, first, last] = [0, 0, counts.length, 0]
  for (let column = from; column < to; column++) {
    const count = counts[column] as number
    if (count === 0) continue
    first = Math.min(first, column)
    last = column
    total += count
    sum += count * column
  }
  return { total, first, last, middle: sum / total }
}

/** How many operations of some columns have ended, by line. */
function linesIn({ columns, lines, counts }: DensityGrid, { rows }: Ended, { from, to }: Columns): Uint32Array {
  const ofLines = new Uint32Array(lines)
  for (const row of rows) {
    let count = 0
    for (let column = from; column < to; column++) count += counts[row * columns + column] as number
    ;(ofLines[row % lines] as number) += count
  }
  return ofLines
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
