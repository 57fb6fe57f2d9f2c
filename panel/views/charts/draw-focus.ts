// Panel: shows which point of the chart is the selected operation: a ring, and its duration as a line.
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import type { ChartColors } from './chart-colors.ts'
import type { DurationScale } from './duration-scale.ts'
import { type PlotArea, xOf, yOf } from './plot-area.ts'

export function drawFocus(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  scale: DurationScale,
  colors: ChartColors,
  session: SessionModel,
  row: number,
): void {
  const start = session.operations.start.get(row)
  const duration = shownDuration(session, row)
  const x = xOf(area, start)
  const y = yOf(area, scale, duration)
  context.save()
  context.strokeStyle = colors.selected
  context.lineWidth = 2 * area.ratio
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(xOf(area, start + duration), y)
  context.stroke()
  context.beginPath()
  context.arc(x, y, 6 * area.ratio, 0, 2 * Math.PI)
  context.stroke()
  context.restore()
}
