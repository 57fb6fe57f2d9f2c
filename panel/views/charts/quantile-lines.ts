// Panel: the lines of p50 and p95 over time, for operations that have ended. They are as precise as a cell is high.
import { OUTCOMES, PENDING } from '../../../wire/operations.ts'
import type { Columns, DensityGrid } from './density-grid.ts'

/** Columns of cells for each point of a line: at least 16 CSS pixels. */
const MIN_COLUMNS = 8
/** Average number of operations for each point: with fewer, the line would be noise. */
const USUAL_COUNT = 50
/** A quantile of fewer operations has no meaning. */
export const MIN_COUNT = 5
/** Lines are interrupted where no operation started in this many columns: 64 CSS pixels. */
export const LONG_EMPTY = 32

interface QuantilePoint {
  /** Device pixels. */
  x: number
  y: number
}

/**
 * The points of a line for each quantile (0 to 1), in runs: a line is interrupted where there are too few operations.
 * Each run goes from its first to its last operation.
 */
export function quantileLines(grid: DensityGrid, shares: readonly number[]): QuantilePoint[][][] {
  const { side, left, top } = grid
  const found: QuantilePoint[][][] = shares.map(() => [])
  const ended = endedIn(grid)
  const stretches = stretchesOf(ended.counts)
  const width = columnsPerPoint(stretches, ended.counts)
  for (const stretch of stretches) {
    /** Where the current run ends so far; undefined between runs. */
    let open: number | undefined
    const interrupt = (): void => {
      if (open === undefined) return
      const x = open
      open = undefined
      for (const runs of found) runs.at(-1)?.push({ x, y: runs.at(-1)?.at(-1)?.y ?? 0 })
    }
    for (const bin of binsOf(stretch, width, grid.firstColumn)) {
      const { total, first, last, middle } = extentOf(ended.counts, bin)
      if (total < MIN_COUNT) {
        interrupt()
        continue
      }
      const lineCounts = countsByLine(grid, ended, bin)
      for (const [i, share] of shares.entries()) {
        const line = lineOfRank(lineCounts, Math.ceil(share * total))
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
  /** By column of the grid. */
  counts: Uint32Array
  /** The rows of the grid's counts (one for each outcome and line) that are not empty. */
  rows: number[]
}

/** Counts the operations that have ended, in the order of the counts in memory. */
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

/** The ranges of columns without a long empty part. */
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

/** A power of two times the minimum, so that it seldom changes from frame to frame. */
function columnsPerPoint(stretches: readonly Columns[], counts: Uint32Array): number {
  const columns = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  const operations = counts.reduce((sum, count) => sum + count, 0)
  let width = MIN_COLUMNS
  while (width < columns && (operations * width) / columns < USUAL_COUNT) width *= 2
  return width
}

/** Aligned to the start of the session, so that a point keeps its operations while the chart is panned. */
function binsOf({ from, to }: Columns, width: number, firstColumn: number): Columns[] {
  const bins: Columns[] = []
  for (let start = from; start < to; ) {
    const end = (Math.floor((start + firstColumn) / width) + 1) * width - firstColumn
    bins.push({ from: start, to: Math.min(end, to) })
    start = end
  }
  return bins
}

/** The number of operations in some columns, the first and the last column that has any, and their average column. */
function extentOf(counts: Uint32Array, { from, to }: Columns) {
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

/** The number of operations that have ended in some columns, by line. */
function countsByLine({ columns, lines, counts }: DensityGrid, { rows }: Ended, { from, to }: Columns): Uint32Array {
  const lineCounts = new Uint32Array(lines)
  for (const row of rows) {
    let count = 0
    for (let column = from; column < to; column++) count += counts[row * columns + column] as number
    ;(lineCounts[row % lines] as number) += count
  }
  return lineCounts
}

/** The line of the operation with this rank, counted from the shortest. Lines start with the longest durations. */
function lineOfRank(counts: Uint32Array, rank: number): number {
  let passed = 0
  for (let line = counts.length - 1; line > 0; line--) {
    passed += counts[line] as number
    if (passed >= rank) return line
  }
  return 0
}
