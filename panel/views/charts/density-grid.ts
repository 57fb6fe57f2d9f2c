// Panel: how many operations stand in each cell of the chart of durations: one tight pass over the shown ones, which
// takes some 3 ms for a million. Nothing is kept from frame to frame, so nothing can be stale. Touches no DOM.

import type { Rows } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { OUTCOMES, PENDING } from '../../../wire/operations.ts'
import { DROPPED_BITS, type DurationScale, lineLookup } from './duration-scale.ts'
import type { PlotArea } from './plot-area.ts'

/** The side of a cell in CSS pixels. */
const CELL = 2

export interface DensityGrid {
  columns: number
  lines: number
  /** The first column's number, counted from the session's beginning: the same for the same time while panning. */
  firstColumn: number
  /** Device pixels: the side of a cell, and where the first one begins. */
  side: number
  left: number
  top: number
  /** By outcome (index in OUTCOMES), line from the top, column. */
  counts: Uint32Array
}

/** Taken again for each frame: at a megabyte, making it anew is most of the work for a small session. */
let latestCounts = new Uint32Array(0)

/** Valid until the next call. */
export function countInCells(area: PlotArea, scale: DurationScale, session: SessionModel, rows: Rows): DensityGrid {
  const side = CELL * area.ratio
  // One more at each end, where a cell is cut off.
  const columns = Math.ceil(area.width / side) + 2
  const lines = Math.ceil(area.height / side) + 1
  const cells = columns * lines
  if (latestCounts.length === cells * OUTCOMES.length) latestCounts.fill(0)
  else latestCounts = new Uint32Array(cells * OUTCOMES.length)
  const counts = latestCounts

  // Cells begin at multiples of their width: they move with what is in them when the chart is panned.
  const perMillisecond = area.width / side / (area.to - area.from)
  const before = (area.from - session.first) * perMillisecond
  const firstColumn = Math.floor(before)
  const origin = session.first + firstColumn / perMillisecond

  const { operations, latest } = session
  const starts = operations.start.values
  const durations = operations.duration.values
  // The upper half of a number is its exponent and the first digits after it: a logarithm without calculation. All
  // platforms that browsers run on store it second.
  const uppers = new Uint32Array(durations.buffer)
  const outcomes = operations.outcome.values
  const unknown = operations.endUnknown.values
  const lineOf = lineLookup(scale, area.height, side)
  const scratch = new Float64Array(1)
  const scratchUpper = new Uint32Array(scratch.buffer)
  const shown = rows.list.rows
  for (let position = rows.from; position < rows.to; position++) {
    const row = shown[position] as number
    const start = starts[row] as number
    const outcome = outcomes[row] as number
    let upper = uppers[row * 2 + 1] as number
    if (outcome === PENDING) {
      // What `shownDuration` says: a call of it makes the frame of a million operations a fifth longer.
      scratch[0] = unknown[row] ? 0 : Math.max(0, latest - start)
      upper = scratchUpper[1] as number
    }
    const line = lineOf[upper >>> DROPPED_BITS] as number
    const cell = outcome * cells + line * columns + (((start - origin) * perMillisecond) | 0)
    ;(counts[cell] as number)++
  }
  const left = area.left + Math.round((firstColumn - before) * side)
  return { columns, lines, firstColumn, side, left, top: area.top, counts }
}
