// Panel: draws what happened beside operations and samples: navigations, gaps, snapshots.
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { ChartColors } from './chart-colors.ts'
import { type PlotArea, xOf } from './plot-area.ts'

/** CSS pixels: between a snapshot and its label, the labels' height, the longest one, and the least of one that is written. */
const LABEL_GAP = 6
const LABEL_HEIGHT = 13
const MAX_LABEL = 160
const MIN_LABEL = 24
/** More letters than that have no room in the longest label. */
const MAX_LETTERS = 80

/** Dashed verticals. */
export function drawNavigations(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  session: SessionModel,
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
  session: SessionModel,
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
  session: SessionModel,
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
  let latest = NO_LABEL
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
    latest = drawLabel(context, area, label, { x, y: Math.max(y, area.top + 8 * area.ratio) }, latest)
  }
  context.restore()
}

/** Where the label written last is, in device pixels. */
interface Written {
  left: number
  right: number
  y: number
}

const NO_LABEL: Written = { left: 0, right: Number.NEGATIVE_INFINITY, y: 0 }

/** Writes a label beside its snapshot, shortened to the room that it has there; none where that is too little. */
function drawLabel(
  context: CanvasRenderingContext2D,
  { left, width, ratio }: PlotArea,
  label: string,
  { x, y }: { x: number; y: number },
  latest: Written,
): Written {
  const gap = LABEL_GAP * ratio
  const beside = Math.abs(y - latest.y) < LABEL_HEIGHT * ratio && latest.left <= x
  const taken = beside ? latest.right : Number.NEGATIVE_INFINITY
  const room = {
    right: taken > x + gap ? 0 : left + width - x - gap,
    left: x - gap - Math.max(left, taken),
  }
  const most = Math.min(Math.max(room.right, room.left), MAX_LABEL * ratio)
  if (most < MIN_LABEL * ratio) return latest
  const text = shortened(context, label, most)
  const length = context.measureText(text).width
  const start = length <= room.right ? x + gap : x - gap - length
  context.lineWidth = 3 * ratio
  context.lineJoin = 'round'
  context.strokeText(text, start, y)
  context.fillText(text, start, y)
  context.lineWidth = ratio
  return { left: Math.min(start, x), right: Math.max(start + length, x) + gap, y }
}

/** With an ellipsis where it is longer than `most` device pixels. */
function shortened(context: CanvasRenderingContext2D, label: string, most: number): string {
  const letters = Array.from(label.slice(0, MAX_LETTERS))
  if (label.length <= MAX_LETTERS && context.measureText(label).width <= most) return label
  while (letters.length > 0 && context.measureText(`${letters.join('')}…`).width > most) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

function scaledFont(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`)
}
