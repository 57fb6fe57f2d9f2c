// Panel: draws navigations, page events, gaps and snapshots.

import type { SessionModel } from '../../../model/session/session-model.ts'
import { truncate } from '../../../wire/truncate.ts'
import type { ChartColors } from './chart-colors.ts'
import { type PlotArea, xOf } from './plot-area.ts'

/** CSS pixels between a snapshot and its label. */
const LABEL_GAP = 6
const LABEL_HEIGHT = 13
/** Longer labels are shortened, and not drawn at all if they would be shorter than the minimum. */
const MAX_LABEL_WIDTH = 160
const MIN_LABEL_WIDTH = 24
/** More letters do not fit into the widest label. */
const MAX_LETTERS = 80

/** Dashed vertical lines. */
export function drawNavigations(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  times: Iterable<number>,
): void {
  context.save()
  context.strokeStyle = colors.mark
  context.lineWidth = area.ratio
  context.setLineDash([4 * area.ratio, 3 * area.ratio])
  strokeLines(context, area, times, time => time, area.height)
  context.restore()
}

/** CSS pixels. */
const TICK_HEIGHT = 6

/** Ticks at the top of the chart: interactions, changes of visibility and long animation frames; soft navigations have a line too. */
export function drawPageEvents(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  session: SessionModel,
): void {
  context.save()
  context.strokeStyle = colors.mark
  context.lineWidth = 2 * area.ratio
  strokeLines(context, area, session.pageEvents, ({ start }) => start, TICK_HEIGHT * area.ratio)
  context.restore()
}

/** Vertical lines from the top of the chart, `length` device pixels long. */
function strokeLines<Item>(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  items: Iterable<Item>,
  timeOf: (item: Item) => number,
  length: number,
): void {
  // A line of an odd width is sharp if its middle is in the middle of a pixel.
  const offset = (context.lineWidth % 2) / 2
  context.beginPath()
  for (const item of items) {
    const time = timeOf(item)
    if (time < area.from || time > area.to) continue
    const x = Math.round(xOf(area, time)) + offset
    context.moveTo(x, area.top)
    context.lineTo(x, area.top + length)
  }
  context.stroke()
}

/** Hatched areas, at least two pixels wide. */
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

/** Reused: creating the canvas costs more than drawing with it. */
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

/** A diamond with a label at the size of the heap, or at the bottom of the chart if the size is unknown. */
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
  let previous = NO_LABEL
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
    previous = drawLabel(context, area, colors, label, { x, y: Math.max(y, area.top + 8 * area.ratio) }, previous)
  }
  context.restore()
}

/** Where the previous label is, in device pixels. */
interface DrawnLabel {
  left: number
  right: number
  y: number
}

const NO_LABEL: DrawnLabel = { left: 0, right: Number.NEGATIVE_INFINITY, y: 0 }

/** Draws a label beside its snapshot, on the side with more space. It is shortened to fit, or left out. */
function drawLabel(
  context: CanvasRenderingContext2D,
  { left, width, ratio }: PlotArea,
  colors: ChartColors,
  label: string,
  { x, y }: { x: number; y: number },
  previous: DrawnLabel,
): DrawnLabel {
  const gap = LABEL_GAP * ratio
  const overlaps = Math.abs(y - previous.y) < LABEL_HEIGHT * ratio && previous.left <= x
  const occupiedTo = overlaps ? previous.right : Number.NEGATIVE_INFINITY
  const space = {
    right: occupiedTo > x + gap ? 0 : left + width - x - gap,
    left: x - gap - Math.max(left, occupiedTo),
  }
  const maxWidth = Math.min(Math.max(space.right, space.left), MAX_LABEL_WIDTH * ratio)
  if (maxWidth < MIN_LABEL_WIDTH * ratio) return previous
  const text = shorten(context, label, maxWidth)
  const length = context.measureText(text).width
  const start = length <= space.right ? x + gap : x - gap - length
  // The lines of the heap would make it hard to read.
  context.fillStyle = colors.surface
  context.globalAlpha = 0.8
  context.fillRect(start - 2 * ratio, y - (LABEL_HEIGHT / 2) * ratio, length + 4 * ratio, LABEL_HEIGHT * ratio)
  context.fillStyle = colors.snapshot
  context.globalAlpha = 1
  context.fillText(text, start, y)
  return { left: Math.min(start, x), right: Math.max(start + length, x) + gap, y }
}

/** Ends the label with an ellipsis if it is wider than `maxWidth` device pixels. */
function shorten(context: CanvasRenderingContext2D, label: string, maxWidth: number): string {
  const letters = Array.from(truncate(label, MAX_LETTERS))
  if (label.length <= MAX_LETTERS && context.measureText(label).width <= maxWidth) return label
  while (letters.length > 0 && context.measureText(`${letters.join('')}…`).width > maxWidth) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

function scaledFont(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`)
}
