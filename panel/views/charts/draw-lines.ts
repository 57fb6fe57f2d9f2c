// Panel: draws the lines of p50, p95 and the slow threshold in the chart of durations.
import type { ChartColors } from './chart-colors.ts'
import type { DensityGrid } from './density-grid.ts'
import type { DurationScale } from './duration-scale.ts'
import { type PlotArea, yOf } from './plot-area.ts'
import { quantileLines } from './quantile-lines.ts'

const SHARES = [0.5, 0.95]
/** CSS pixels: p50 is solid, p95 is dashed. */
const DASHES = [[], [4, 3]]

/** CSS pixels. */
const WIDTH = 1.5
const RIM = 2.5

/** @param rim draws an outline in the background color, so that the lines are visible on any density. */
export function drawQuantiles(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  grid: DensityGrid,
  { rim }: { rim: boolean },
): void {
  context.save()
  context.lineJoin = 'round'
  for (const [i, runs] of quantileLines(grid, SHARES).entries()) {
    const path = new Path2D()
    for (const run of runs) {
      for (const [at, { x, y }] of run.entries()) {
        if (at === 0) path.moveTo(x, y)
        else path.lineTo(x, y)
      }
    }
    if (rim) {
      context.setLineDash([])
      context.strokeStyle = colors.surface
      context.globalAlpha = 0.75
      context.lineWidth = RIM * area.ratio
      context.stroke(path)
    }
    context.setLineDash((DASHES[i] ?? []).map(length => length * area.ratio))
    context.strokeStyle = colors.quantile
    context.globalAlpha = 1
    context.lineWidth = WIDTH * area.ratio
    context.stroke(path)
  }
  context.restore()
}

/** A line at the threshold, and a tint above it; no tint on a linear scale, where that is nearly the whole chart. */
export function drawSlow(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  scale: DurationScale,
  colors: ChartColors,
  threshold: number,
): void {
  if (threshold >= scale.max) return
  const y = Math.round(yOf(area, scale, threshold)) + 0.5
  context.save()
  if (scale.type === 'log') {
    context.fillStyle = colors.slowFill
    context.fillRect(area.left, area.top, area.width, y - area.top)
  }
  context.strokeStyle = colors.slow
  context.lineWidth = area.ratio
  context.setLineDash([2 * area.ratio, 3 * area.ratio])
  context.beginPath()
  context.moveTo(area.left, y)
  context.lineTo(area.left + area.width, y)
  context.stroke()
  context.restore()
}
