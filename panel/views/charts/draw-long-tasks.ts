// Panel: marks in the chart of the heap when the page's main thread was busy for long.
import { LONGEST_TASK } from '../../../model/session/long-task-table.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { ChartColors } from './chart-colors.ts'
import { type PlotArea, xOf } from './plot-area.ts'

/** CSS pixels. */
const HEIGHT = 7
const MIN_WIDTH = 2

/** Bars along the top, as wide as the tasks were long. What falls on one pixel is drawn once. */
export function drawLongTasks(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  { longTasks }: SessionModel,
): void {
  context.save()
  context.fillStyle = colors.longTask
  let drawn = Number.NEGATIVE_INFINITY
  for (let i = longTasks.indexFrom(area.from - LONGEST_TASK); i < longTasks.length; i++) {
    const start = longTasks.start.get(i)
    const end = start + longTasks.duration.get(i)
    if (start > area.to) break
    if (end < area.from) continue
    const x = Math.max(xOf(area, Math.max(start, area.from)), drawn)
    const right = Math.max(xOf(area, Math.min(end, area.to)), x + MIN_WIDTH * area.ratio)
    if (right <= drawn + 1) continue
    context.fillRect(x, area.top, right - x, HEIGHT * area.ratio)
    drawn = right
  }
  context.restore()
}
