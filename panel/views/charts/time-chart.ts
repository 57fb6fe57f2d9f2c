// Panel: what the charts have in common: the time axis, the cursor, zooming by dragging, and the double-click that shows
// the whole session.
import uPlot from 'uplot'
import type { Formatters } from '../../../model/text/formatters.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import type { ChartColors } from './chart-colors.ts'
import { rangeAfterWheel } from './time-navigation.ts'

/** CSS pixels for the labels of the y axis: the same in all charts, so that times are aligned. */
export const Y_AXIS_WIDTH = 58
const TIME_AXIS_HEIGHT = 20
/** Half of the last label of the time axis extends beyond its end. */
export const PADDING_RIGHT = 22
/** A shorter drag counts as a click: CSS pixels. */
const MIN_DRAG = 4

export interface TimeChartParts {
  view: ViewStore
  formatters: Formatters
  colors: ChartColors
  /** Epoch milliseconds of the session's start. */
  origin(): number
}

/** What is different in each chart. */
export interface ChartOptions {
  timeAxis: boolean
  yScale: uPlot.Scale
  yAxis: uPlot.Axis
  series: uPlot.Series[]
  /** Draws below or above the series. */
  drawUnder(plot: uPlot): void
  drawOver(plot: uPlot): void
  onDestroy?(): void
  /** @param left CSS pixels from the corner of the plot, as is `top` */
  onPointer?(left: number, top: number): void
}

export function createTimeChart(host: HTMLElement, parts: TimeChartParts, options: ChartOptions): uPlot {
  const { view, colors } = parts
  const plot = new uPlot(
    {
      width: Math.max(host.clientWidth, 1),
      height: Math.max(host.clientHeight, 1),
      padding: [options.timeAxis ? 0 : 6, PADDING_RIGHT, 6, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [view.range.peek().from, view.range.peek().to] },
        y: options.yScale,
      },
      axes: [
        timeAxis(parts, options.timeAxis),
        { ...lines(colors), size: Y_AXIS_WIDTH, gap: 6, font: colors.font, stroke: colors.text, ...options.yAxis },
      ],
      series: [{}, ...options.series],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        sync: { key: 'time', scales: ['x', null] },
        move: (plot, left, top) => [cursorLeft(view, plot, left), top],
        bind: { dblclick: () => () => showAll(view) },
      },
      hooks: {
        drawAxes: [unlessEmpty(options.drawUnder)],
        draw: [unlessEmpty(options.drawOver)],
        destroy: options.onDestroy ? [options.onDestroy] : [],
        setSelect: [zoomToSelection(view)],
      },
    },
    undefined,
    host,
  )
  // Not in uPlot's cursor hook, which reads `view.pointer` itself.
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
    view.zoom.value = rangeAfterWheel(range, view.bounds.peek(), event, at, perPixel)
    view.hovered.value = null
  }
  plot.over.addEventListener('wheel', onWheel, { passive: false })
  plot.over.addEventListener('pointerleave', () => {
    view.pointer.value = null
    view.hovered.value = null
  })
  return plot
}

/** In a very low chart the labels leave no space for the plot. An exception while drawing would break uPlot for good. */
function unlessEmpty(draw: (plot: uPlot) => void): (plot: uPlot) => void {
  return plot => {
    if (plot.bbox.width > 0 && plot.bbox.height > 0) draw(plot)
  }
}

/**
 * uPlot syncs the cursors of two charts by time, which may be outdated when the axis has moved. A `left` that is off by
 * rounding only is not changed: otherwise uPlot would take a click for a drag.
 */
function cursorLeft({ pointer }: ViewStore, plot: uPlot, left: number): number {
  const share = pointer.peek()
  const expected = share === null ? left : (share * plot.bbox.width) / uPlot.pxRatio
  return Math.abs(expected - left) < 1 ? left : expected
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

/** A ruler above the first chart, as in the Performance and Network panels. Other charts have only grid lines. */
function timeAxis({ colors, formatters, origin }: TimeChartParts, shown: boolean): uPlot.Axis {
  return {
    ...lines(colors),
    side: 0,
    size: shown ? TIME_AXIS_HEIGHT : 0,
    gap: 4,
    font: colors.font,
    stroke: colors.text,
    space: 90,
    splits: (_plot, _axis, min, max, increment) => splitsFrom(origin(), min, max, increment),
    values: (_plot, splits, _axis, _space, increment) =>
      shown ? splits.map(time => formatters.axisMoment(time - origin(), increment)) : splits.map(() => null),
  }
}

/** Round times since the start of the session. */
function splitsFrom(origin: number, min: number, max: number, increment: number): number[] {
  const splits: number[] = []
  for (let step = Math.ceil((min - origin) / increment); origin + step * increment <= max; step++) {
    splits.push(origin + step * increment)
  }
  return splits
}
