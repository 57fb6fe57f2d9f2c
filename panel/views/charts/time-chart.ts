// Panel: what the charts have in common: one axis of time, one cursor, zoom by dragging, all by double-click.
import uPlot from 'uplot'
import type { Formatters } from '../../../model/text/formatters.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import type { ChartColors } from './chart-colors.ts'
import { wheeled } from './time-navigation.ts'

/** The room for the labels of the y axes, in CSS pixels: the same in all charts, so that times line up. */
const GUTTER = 58
const TIME_AXIS = 20
/** Half of a label of the time axis stands beyond its end. */
const RIGHT = 22
/** A shorter drag is a click: CSS pixels. */
const MIN_DRAG = 4

export interface TimeChartParts {
  view: ViewStore
  formatters: Formatters
  colors: ChartColors
  /** Epoch milliseconds at which the session's time is 0. */
  origin(): number
}

/** What one chart adds to it. */
export interface ChartOptions {
  timeAxis: boolean
  yScale: uPlot.Scale
  yAxis: uPlot.Axis
  series: uPlot.Series[]
  /** Below the series, and above them. */
  drawUnder(plot: uPlot): void
  drawOver(plot: uPlot): void
  onDestroy?(): void
  /** The pointer is at so many CSS pixels from the corner of the plot. */
  onPointer?(left: number, top: number): void
}

export function createTimeChart(host: HTMLElement, parts: TimeChartParts, options: ChartOptions): uPlot {
  const { view, colors } = parts
  const plot = new uPlot(
    {
      width: Math.max(host.clientWidth, 1),
      height: Math.max(host.clientHeight, 1),
      padding: [options.timeAxis ? 0 : 6, RIGHT, 6, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [view.range.peek().from, view.range.peek().to] },
        y: options.yScale,
      },
      axes: [
        timeAxis(parts, options.timeAxis),
        { ...lines(colors), size: GUTTER, gap: 6, font: colors.font, stroke: colors.text, ...options.yAxis },
      ],
      series: [{}, ...options.series],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        sync: { key: 'time', scales: ['x', null] },
        move: (plot, left, top) => [placeOfPointer(view, plot, left), top],
        bind: { dblclick: () => () => showAll(view) },
      },
      hooks: {
        drawAxes: [whereThereIsRoom(options.drawUnder)],
        draw: [whereThereIsRoom(options.drawOver)],
        destroy: options.onDestroy ? [options.onDestroy] : [],
        setSelect: [zoomToSelection(view)],
      },
    },
    undefined,
    host,
  )
  // Not from the chart's own cursor, which asks for this one.
  plot.over.addEventListener('pointermove', event => {
    const { left, top, width } = plot.over.getBoundingClientRect()
    view.pointer.value = (event.clientX - left) / width
    options.onPointer?.(event.clientX - left, event.clientY - top)
  })
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const { left, width } = plot.over.getBoundingClientRect()
    const range = view.range.peek()
    const perPixel = (range.to - range.from) / Math.max(width, 1)
    const at = range.from + (event.clientX - left) * perPixel
    view.zoom.value = wheeled(range, view.bounds.peek(), event, at, perPixel)
    view.hovered.value = null
  }
  plot.over.addEventListener('wheel', onWheel, { passive: false })
  plot.over.addEventListener('pointerleave', () => {
    view.pointer.value = null
    view.hovered.value = null
  })
  return plot
}

/** The labels may leave nothing of a low chart; and what throws while it is drawn would leave it broken for good. */
function whereThereIsRoom(draw: (plot: uPlot) => void): (plot: uPlot) => void {
  return plot => {
    if (plot.bbox.width > 0 && plot.bbox.height > 0) draw(plot)
  }
}

/**
 * A chart takes over another's cursor by its time, which the axis may have left behind. Where `left` is right but for
 * a rounding it stays as it is: a click that is not exactly where the button was pressed counts as a drag.
 */
function placeOfPointer({ pointer }: ViewStore, plot: uPlot, left: number): number {
  const share = pointer.peek()
  const place = share === null ? left : (share * plot.bbox.width) / uPlot.pxRatio
  return Math.abs(place - left) < 1 ? left : place
}

function showAll(view: ViewStore): null {
  view.zoom.value = null
  return null
}

function zoomToSelection(view: ViewStore): (plot: uPlot) => void {
  return plot => {
    const { left, width } = plot.select
    if (width < MIN_DRAG) return
    const from = plot.posToVal(left, 'x')
    const to = plot.posToVal(left + width, 'x')
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    view.zoom.value = { from, to }
  }
}

function lines(colors: ChartColors): uPlot.Axis {
  return { grid: { stroke: colors.grid, width: 1 }, ticks: { show: false }, border: { show: false } }
}

/** A ruler above the first chart, as in the Performance and Network tabs; grid lines alone in the others. */
function timeAxis({ colors, formatters, origin }: TimeChartParts, shown: boolean): uPlot.Axis {
  return {
    ...lines(colors),
    side: 0,
    size: shown ? TIME_AXIS : 0,
    gap: 4,
    font: colors.font,
    stroke: colors.text,
    space: 90,
    splits: (_plot, _axis, min, max, increment) => splitsFrom(origin(), min, max, increment),
    values: (_plot, splits, _axis, _space, increment) =>
      shown ? splits.map(time => formatters.axisMoment(time - origin(), increment)) : splits.map(() => null),
  }
}

/** Round moments of the session, not of the epoch. */
function splitsFrom(origin: number, min: number, max: number, increment: number): number[] {
  const splits: number[] = []
  for (let step = Math.ceil((min - origin) / increment); origin + step * increment <= max; step++) {
    splits.push(origin + step * increment)
  }
  return splits
}
