// Panel: converts times and durations to positions in the canvas of a chart, and finds the operation at a position. It
// is plain arithmetic, so that a million points need no calls to uPlot.
import type uPlot from 'uplot'
import type { Row } from '../../../model/numbers.ts'
import { rowsIn } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import type { SortedRowIndex } from '../../../model/session/sorted-row-index.ts'
import { isConnection } from '../../../wire/operations.ts'
import { type DurationScale, durationAt, shareOf } from './duration-scale.ts'

/** How far an operation may be from the pointer: CSS pixels. */
const REACH = 8
/** Further operations within reach are ignored: searching these takes a few milliseconds. */
const MAX_CANDIDATES = 200_000

/** Device pixels. */
export interface PlotArea {
  left: number
  top: number
  width: number
  height: number
  /** Device pixels per CSS pixel. */
  ratio: number
  /** The range of time in epoch milliseconds. */
  from: number
  to: number
}

export function plotAreaOf(plot: uPlot, pixelRatio: number): PlotArea {
  const { left, top, width, height } = plot.bbox
  const { min, max } = plot.scales.x ?? {}
  return { left, top, width, height, ratio: pixelRatio, from: min ?? 0, to: max ?? 1 }
}

export function xOf({ left, width, from, to }: PlotArea, time: number): number {
  return left + ((time - from) / (to - from)) * width
}

export function yOf({ top, height }: PlotArea, scale: DurationScale, duration: number): number {
  return top + height * (1 - shareOf(scale, duration))
}

/**
 * The row of the operation nearest to a position; null if none is within reach.
 * @param left CSS pixels from the corner of the plot, as is `top`
 */
export function nearestOperation(
  area: PlotArea,
  scale: DurationScale,
  session: SessionModel,
  list: SortedRowIndex,
  left: number,
  top: number,
): Row | null {
  const x = area.left + left * area.ratio
  const y = area.top + top * area.ratio
  const perPixel = (area.to - area.from) / area.width
  const time = area.from + left * area.ratio * perPixel
  const reach = REACH * area.ratio
  const rows = rowsIn(list, session.operations.start, { from: time - reach * perPixel, to: time + reach * perPixel })
  // Rules out nearly all of them without computing a logarithm.
  const longest = durationAt(scale, 1 - (y - reach - area.top) / area.height)
  const shortest = durationAt(scale, 1 - (y + reach - area.top) / area.height)
  let nearest: Row | null = null
  let minDistance = reach * reach
  for (let position = rows.from; position < Math.min(rows.to, rows.from + MAX_CANDIDATES); position++) {
    const row = list.row(position)
    if (isConnection(session.operations.kind.get(row))) continue
    const duration = shownDuration(session, row)
    if ((duration > longest && longest < scale.max) || (duration < shortest && shortest > scale.min)) continue
    const distance = (xOf(area, session.operations.start.get(row)) - x) ** 2 + (yOf(area, scale, duration) - y) ** 2
    if (distance > minDistance) continue
    minDistance = distance
    nearest = row
  }
  return nearest
}
