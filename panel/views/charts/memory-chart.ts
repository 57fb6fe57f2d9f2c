// Panel: the chart of memory: heap used and total, long tasks, snapshots, navigations and gaps.
import uPlot from 'uplot'
import { MAX_LONG_TASK } from '../../../model/session/long-task-table.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ChartColors } from './chart-colors.ts'
import { drawGaps, drawNavigations, drawSnapshots } from './draw-events.ts'
import { type PlotArea, plotAreaOf, xOf } from './plot-area.ts'
import { createTimeChart, type TimeChartParts } from './time-chart.ts'

/** Of the bar of a long task: CSS pixels. */
const TASK_HEIGHT = 7
const MIN_TASK_WIDTH = 2

export function createMemoryChart(host: HTMLElement, store: SessionStore, parts: TimeChartParts) {
  const { view, colors, formatters } = parts

  const drawUnder = (plot: uPlot): void => {
    const area = plotAreaOf(plot, uPlot.pxRatio)
    drawGaps(plot.ctx, area, colors, store.session.peek())
    const documents = store.session.peek().marks.map(({ time }) => time)
    drawNavigations(plot.ctx, area, colors, documents)
  }
  const drawOver = (plot: uPlot): void => {
    drawLongTasks(plot.ctx, plotAreaOf(plot, uPlot.pxRatio), colors, store.session.peek())
    drawSnapshots(plot.ctx, plotAreaOf(plot, uPlot.pxRatio), colors, store.session.peek(), bytes =>
      plot.valToPos(bytes, 'y', true),
    )
  }

  const gaps: uPlot.Series.GapsRefiner = plot => breaksOf(plot, store.session.peek())
  const line = { points: { show: false }, gaps }

  const plot = createTimeChart(host, parts, {
    timeAxis: false,
    yScale: { range: (_plot, _min, max) => [0, Math.max(max ?? 0, 1_000_000) * 1.12] },
    yAxis: { values: (_plot, splits) => splits.map(value => (value === 0 ? '0' : formatters.bytes(value))), space: 22 },
    series: [
      { ...line, label: 'total', scale: 'y', stroke: colors.total, width: 1 },
      { ...line, label: 'used', scale: 'y', stroke: colors.used, width: 1.5, fill: colors.usedFill, fillTo: 0 },
    ],
    drawUnder,
    drawOver,
  })

  return {
    plot,
    /** Draws the current state. */
    update(): void {
      const { memory } = store.session.peek()
      if (memory.length === 0) {
        const { from, to } = view.range.peek()
        plot.setData([
          [from, to],
          [null, null],
          [null, null],
        ])
      } else plot.setData([memory.time.filled, memory.total.filled, memory.used.filled])
    },
  }
}

/** Where the lines are interrupted, in device pixels: during a pause, and between two documents. */
function breaksOf(plot: uPlot, { gaps, memory }: SessionModel): [number, number][] {
  const area = plotAreaOf(plot, uPlot.pxRatio)
  const breaks: [number, number][] = []
  for (const { reason, startTime, endTime } of gaps.all) {
    if ((reason === 'paused' || reason === 'session-full') && endTime !== undefined)
      breaks.push([xOf(area, startTime), xOf(area, endTime)])
  }
  const from = Math.max(1, memory.indexAt(area.from))
  const to = memory.indexAt(area.to) + 1
  for (let i = from; i <= Math.min(to, memory.length - 1); i++) {
    if (memory.document.get(i) === memory.document.get(i - 1)) continue
    breaks.push([xOf(area, memory.time.get(i - 1)), xOf(area, memory.time.get(i))])
  }
  return breaks.sort(([a], [b]) => a - b)
}

/** Bars at the top, as wide as the tasks were long. Tasks on the same pixel are drawn once. */
function drawLongTasks(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  colors: ChartColors,
  { longTasks }: SessionModel,
): void {
  context.save()
  context.fillStyle = colors.longTask
  let drawn = Number.NEGATIVE_INFINITY
  for (let i = longTasks.indexFrom(area.from - MAX_LONG_TASK); i < longTasks.length; i++) {
    const start = longTasks.start.get(i)
    const end = start + longTasks.duration.get(i)
    if (start > area.to) break
    if (end < area.from) continue
    const x = Math.max(xOf(area, Math.max(start, area.from)), drawn)
    const right = Math.max(xOf(area, Math.min(end, area.to)), x + MIN_TASK_WIDTH * area.ratio)
    if (right <= drawn + 1) continue
    context.fillRect(x, area.top, right - x, TASK_HEIGHT * area.ratio)
    drawn = right
  }
  context.restore()
}
