// Panel: draws what happened beside operations and samples: navigations, gaps, snapshots.
import type { SessionFold } from '../session/session-fold.ts'
import type { ChartColors } from './chart-colors.ts'
import { type PlotArea, xOf } from './plot-area.ts'

/** Dashed verticals. */
export function drawNavigations(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  session: SessionFold,
): void {
  context.save()
  context.strokeStyle = colors.mark
  context.lineWidth = area.ratio
  context.setLineDash([4 * area.ratio, 3 * area.ratio])
  context.beginPath()
  for (const { time } of session.marks) {
    if (time < area.from || time > area.to) continue
    const x = Math.round(xOf(area, time)) + 0.5
    context.moveTo(x, area.top)
    context.lineTo(x, area.top + area.height)
  }
  context.stroke()
  context.restore()
}

/** Hatched spans, at least two pixels wide. */
export function drawGaps(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  session: SessionFold,
): void {
  if (session.gaps.all.length === 0) return
  context.save()
  context.fillStyle = createHatching(context, colors.gap, area.ratio)
  for (const { startTime, endTime } of session.gaps.all) {
    const from = Math.max(startTime, area.from)
    const to = Math.min(endTime ?? area.to, area.to)
    if (from > to) continue
    const x = xOf(area, from)
    context.fillRect(x, area.top, Math.max(xOf(area, to) - x, 2 * area.ratio), area.height)
  }
  context.restore()
}

/** Kept: making a canvas costs more than all that is drawn with it. */
let hatching: { key: string; pattern: CanvasPattern } | undefined

function createHatching(context: CanvasRenderingContext2D, color: string, ratio: number): CanvasPattern | string {
  const key = `${color} ${ratio}`
  if (hatching?.key === key) return hatching.pattern
  const side = 6 * ratio
  const tile = new OffscreenCanvas(side, side)
  const pen = tile.getContext('2d')
  if (!pen) return color
  pen.strokeStyle = color
  pen.lineWidth = ratio
  pen.beginPath()
  for (const offset of [-side, 0, side]) {
    pen.moveTo(offset - 1, side + 1)
    pen.lineTo(offset + side + 1, -1)
  }
  pen.stroke()
  const pattern = context.createPattern(tile, 'repeat')
  if (!pattern) return color
  hatching = { key, pattern }
  return pattern
}

/** A diamond at the snapshot's size, or at the chart's bottom where the size is not known, with its label. */
export function drawSnapshots(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  session: SessionFold,
  yOfBytes: (bytes: number) => number,
): void {
  const radius = 4 * area.ratio
  context.save()
  context.fillStyle = colors.snapshot
  context.strokeStyle = colors.surface
  context.lineWidth = area.ratio
  context.font = scaledFont(colors.font, area.ratio)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  let free = Number.NEGATIVE_INFINITY
  for (const { label, time, usedBytes } of session.snapshots) {
    if (time < area.from || time > area.to) continue
    const x = xOf(area, time)
    const y = usedBytes === undefined ? area.top + area.height - radius : yOfBytes(usedBytes)
    context.beginPath()
    context.moveTo(x, y - radius)
    context.lineTo(x + radius, y)
    context.lineTo(x, y + radius)
    context.lineTo(x - radius, y)
    context.closePath()
    context.fill()
    context.stroke()
    free = drawLabel(context, area, label, x, y, radius, free)
  }
  context.restore()
}

/** Writes a label where the one before it leaves room; returns where the next may begin. */
function drawLabel(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  label: string,
  x: number,
  y: number,
  radius: number,
  free: number,
): number {
  const gap = radius * 1.6
  const width = context.measureText(label).width
  const right = area.left + area.width
  const start = x + gap + width > right ? x - gap - width : x + gap
  if (start < free) return free
  context.lineWidth = 3 * area.ratio
  context.lineJoin = 'round'
  context.strokeText(label, start, Math.max(y, area.top + 8 * area.ratio))
  context.fillText(label, start, Math.max(y, area.top + 8 * area.ratio))
  context.lineWidth = area.ratio
  return Math.max(start, x) + width + gap
}

function scaledFont(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`)
}
