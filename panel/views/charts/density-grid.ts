// Panel: counts the operations in each cell of the chart of durations. One pass over a million operations takes about
// 3 ms, so every frame counts again, and no cache can be stale.

import type { Rows } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { OUTCOMES, PENDING, WEBSOCKET } from '../../../wire/operations.ts'
import { DROPPED_BITS, type DurationScale, lineLookup } from './duration-scale.ts'
import type { PlotArea } from './plot-area.ts'

/** The side of a cell in CSS pixels. */
const CELL = 2

export interface DensityGrid {
  columns: number
  lines: number
  /** Index of the first column, counted from the start of the session, so that panning does not change it for a time. */
  firstColumn: number
  /** Device pixels: the side of a cell, and the corner of the first one. */
  side: number
  left: number
  top: number
  /** By outcome (index in OUTCOMES), line from the top, and column. */
  counts: Uint32Array
}

/** Reused in the next frame: it has a megabyte, and allocating it would be most of the work for a small session. */
let latestCounts = new Uint32Array(0)

/** The result is valid until the next call. */
export function countInCells(area: PlotArea, scale: DurationScale, session: SessionModel, rows: Rows): DensityGrid {
  const side = CELL * area.ratio
  // Cells at both ends may be cut off.
  const columns = Math.ceil(area.width / side) + 2
  const lines = Math.ceil(area.height / side) + 1
  const cells = columns * lines
  if (latestCounts.length === cells * OUTCOMES.length) latestCounts.fill(0)
  else latestCounts = new Uint32Array(cells * OUTCOMES.length)
  const counts = latestCounts

  // Cells are aligned to the start of the session, so that they keep their operations while the chart is panned.
  const perMillisecond = area.width / side / (area.to - area.from)
  const before = (area.from - session.first) * perMillisecond
  const firstColumn = Math.floor(before)
  const origin = session.first + firstColumn / perMillisecond

  const { operations, latest } = session
  const starts = operations.start.values
  const durations = operations.duration.values
  // The upper 32 bits of a double hold its exponent and the first bits of its fraction: a logarithm for free. They come
  // second, as all platforms of browsers are little-endian.
  const uppers = new Uint32Array(durations.buffer)
  const outcomes = operations.outcome.values
  const unknown = operations.endUnknown.values
  const kinds = operations.kind.values
  const lineOf = lineLookup(scale, area.height, side)
  const scratch = new Float64Array(1)
  const scratchUpper = new Uint32Array(scratch.buffer)
  const shown = rows.list.rows
  for (let position = rows.from; position < rows.to; position++) {
    const row = shown[position] as number
    const start = starts[row] as number
    const outcome = outcomes[row] as number
    let upper = uppers[row * 2 + 1] as number
    // A connection has no latency. Inlined for the same reason as below.
    if ((kinds[row] as number) >= WEBSOCKET) continue
    if (outcome === PENDING) {
      // The same as `shownDuration`, inlined: a call would make a frame with a million operations a fifth longer.
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
