// Panel: p50 and p95 over time, of the operations that ended, to the height of a cell. Touches no DOM.
import { PENDING } from '../../wire/operations.ts'
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
  const ended = endedIn(grid, width, cut)
  for (const [bin, ofLines] of ended.bins.entries()) {
    const { total, first, last, middle } = placeOf(ended.columns, bin * width - cut, width)
    if (total < LEAST_COUNT) {
      interrupt()
      continue
    }
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
  return found
}

/** Doubled as often as needed: it seldom changes from frame to frame. */
function columnsPerPoint(columns: number, operations: number): number {
  let width = LEAST_COLUMNS
  while (width < columns && (operations * width) / columns < USUAL_COUNT) width *= 2
  return width
}

/** How many operations ended in each column of the grid, and in each line of each bin: so many columns. */
interface Ended {
  columns: Uint32Array
  bins: Uint32Array[]
}

/** In the order in which the counts stand in memory. @param cut columns by which the first bin is cut off */
function endedIn({ columns, lines, counts }: DensityGrid, width: number, cut: number): Ended {
  const ended: Ended = {
    columns: new Uint32Array(columns),
    bins: Array.from({ length: Math.ceil((columns + cut) / width) }, () => new Uint32Array(lines)),
  }
  for (let start = 0; start < counts.length; start += columns) {
    const line = (start / columns) % lines
    const outcome = Math.floor(start / columns / lines)
    if (outcome === PENDING) continue
    for (const [bin, ofLines] of ended.bins.entries()) {
      const to = Math.min((bin + 1) * width - cut, columns)
      let count = 0
      for (let column = Math.max(bin * width - cut, 0); column < to; column++) {
        const inCell = counts[start + column] as number
        if (inCell === 0) continue
        ;(ended.columns[column] as number) += inCell
        count += inCell
      }
      ;(ofLines[line] as number) += count
    }
  }
  return ended
}

/** How many there are in some columns, the first and the last column that has any, and where they are on average. */
function placeOf(counts: Uint32Array, from: number, width: number) {
  let [total, sum, first, last] = [0, 0, counts.length, 0]
  for (let column = Math.max(from, 0); column < Math.min(from + width, counts.length); column++) {
    const count = counts[column] as number
    if (count === 0) continue
    first = Math.min(first, column)
    last = column
    total += count
    sum += count * column
  }
  return { total, first, last, middle: sum / total }
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
