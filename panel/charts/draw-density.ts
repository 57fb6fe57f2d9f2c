// Panel: draws many operations as a density: one pass over them, and a cost that is the canvas' and not theirs.
import { OUTCOMES } from '../../wire/operations.ts'
import type { Rows } from '../session/rows-in.ts'
import type { SessionFold } from '../session/session-fold.ts'
import { shownDuration } from '../session/shown-duration.ts'
import type { ChartColors } from './chart-colors.ts'
import { type DurationScale, type PlotArea, xOf, yOf } from './plot-area.ts'

/** More operations than this are drawn as a density. */
export const MOST_POINTS = 5_000

/** The side of a cell in CSS pixels. */
const CELL = 2

/** The opacity of one failure among many successes in a cell. */
const LEAST_VISIBLE = 0.3

/** Which of the outcomes in a cell is seen: no failure hides behind successes. By index in OUTCOMES. */
const RANK = OUTCOMES.map(outcome => ['ok', 'pending', 'cancelled', 'failed'].indexOf(outcome))

export function drawDensity(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  scale: DurationScale,
  colors: ChartColors,
  session: SessionFold,
  rows: Rows,
): void {
  const { operations } = session
  const side = CELL * area.ratio
  const columns = Math.ceil(area.width / side) + 1
  const lines = Math.ceil(area.height / side) + 1
  const counts = new Uint32Array(columns * lines)
  const ranks = new Uint8Array(columns * lines)
  /** How many in a cell are of its rank. */
  const ranked = new Uint32Array(columns * lines)
  for (let position = rows.from; position < rows.to; position++) {
    const row = rows.list.row(position)
    const column = ((xOf(area, operations.start.get(row)) - area.left) / side) | 0
    const line = ((yOf(area, scale, shownDuration(session, row)) - area.top) / side) | 0
    const cell = line * columns + column
    counts[cell] = (counts[cell] ?? 0) + 1
    const rank = RANK[operations.outcome.get(row)] ?? 0
    const known = ranks[cell] ?? 0
    if (rank > known) {
      ranks[cell] = rank
      ranked[cell] = 1
    } else if (rank === known) ranked[cell] = (ranked[cell] ?? 0) + 1
  }
  context.save()
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0
    if (count === 0) continue
    const line = (cell / columns) | 0
    const x = area.left + (cell - line * columns) * side
    const y = area.top + line * side
    const rank = ranks[cell] ?? 0
    const share = (ranked[cell] ?? 0) / count
    if (share < 1 || rank === 0) {
      // A single operation is well visible already; 30 in one cell are opaque.
      context.globalAlpha = Math.min(1, 0.45 + Math.log10(count) * 0.37)
      context.fillStyle = colors.outcomes.ok
      context.fillRect(x, y, side, side)
    }
    if (rank === 0) continue
    context.globalAlpha = Math.max(LEAST_VISIBLE, Math.sqrt(share))
    context.fillStyle = colors.outcomes[OUTCOMES[RANK.indexOf(rank)] ?? 'ok']
    context.fillRect(x, y, side, side)
  }
  context.restore()
}
