// Panel: the chart of durations: every operation is a point at its start and its duration.
import { effect, untracked } from '@preact/signals'
import uPlot from 'uplot'
import { navigationTimes } from '../../../model/analysis/navigation-times.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { latency, shownDuration } from '../../../model/session/shown-duration.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { isConnection } from '../../../wire/operations.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import { createChartMark } from './chart-mark.ts'
import { DensityCounter } from './density-grid.ts'
import { drawDensity, MAX_POINTS } from './draw-density.ts'
import { drawGaps, drawNavigations, drawPageEvents } from './draw-events.ts'
import { drawQuantiles, drawSlow } from './draw-lines.ts'
import { drawOperations } from './draw-operations.ts'
import { type DurationScale, durationScaleOf } from './duration-scale.ts'
import { nearestOperation, plotAreaOf, xOf, yOf } from './plot-area.ts'
import { createTimeChart, type TimeChartParts } from './time-chart.ts'

/** CSS pixels for a label of the axis. */
const LABEL_HEIGHT = 14
/** Running operations whose duration so far is read in each frame. */
const MAX_RUNNING = 10_000

export function createDurationChart(
  host: HTMLElement,
  store: SessionStore,
  parts: TimeChartParts,
  type: DurationScale['type'],
) {
  const { view, colors, formatters } = parts
  let scale = durationScaleOf(0, 0, type)
  const cells = new DensityCounter()

  const drawUnder = (plot: uPlot): void => {
    const area = plotAreaOf(plot, uPlot.pxRatio)
    drawGaps(plot.ctx, area, colors, store.session.peek())
    drawNavigations(plot.ctx, area, colors, navigationTimes(store.session.peek()))
    drawPageEvents(plot.ctx, area, colors, store.session.peek())
    drawSlow(plot.ctx, area, scale, colors, view.slowThreshold.peek())
  }

  const drawPoints = (plot: uPlot): void => {
    const rows = view.charted.peek()
    const session = store.session.peek()
    const area = plotAreaOf(plot, uPlot.pxRatio)
    const { ctx } = plot
    ctx.save()
    ctx.beginPath()
    ctx.rect(area.left, area.top - 4 * area.ratio, area.width, area.height + 8 * area.ratio)
    ctx.clip()
    const grid = cells.count(area, scale, session, rows, store.version.peek())
    if (rows.to - rows.from > MAX_POINTS) {
      drawDensity(ctx, area, colors, grid)
      drawQuantiles(ctx, area, colors, grid, { rim: true })
    } else {
      drawQuantiles(ctx, area, colors, grid, { rim: false })
      drawOperations(ctx, area, scale, colors, session, rows, view.slowThreshold.peek())
    }
    if (rows.to > rows.from) markOpening('perf:first-chart')
    ctx.restore()
  }

  const plot = createTimeChart(host, parts, {
    timeAxis: true,
    yScale: { distr: type === 'log' ? 3 : 1, range: () => [scale.min, scale.max] },
    yAxis:
      type === 'log'
        ? decades(() => scale, formatters)
        : { values: (_plot, splits) => splits.map(formatters.axisDuration), space: 24 },
    series: [{ paths: () => null, points: { show: false } }],
    drawUnder,
    drawOver: drawPoints,
    onDestroy: () => stopMarking(),
    onPointer(left, top) {
      const area = plotAreaOf(plot, uPlot.pxRatio)
      view.hovered.value = nearestOperation(area, scale, store.session.peek(), view.matches.peek(), left, top)
    },
  })

  plot.over.addEventListener('click', () => {
    if (view.hovered.peek() !== null) view.selected.value = view.hovered.peek()
  })

  const hoverRing = createChartMark(plot.over, 'hover-ring')
  const selectedRing = createChartMark(plot.over, 'selected-ring')
  const selectedLine = createChartMark(plot.over, 'selected-line')
  /** CSS pixels from the corner of the plot; null for a connection, which has no point. */
  const pointOf = (row: Row): { left: number; top: number; end: number } | null => {
    const session = store.session.peek()
    const { operations } = session
    if (isConnection(operations.kind.get(row))) return null
    const area = plotAreaOf(plot, uPlot.pxRatio)
    const [start, duration] = [operations.start.get(row), shownDuration(session, row)]
    const leftOf = (time: number): number => (xOf(area, time) - area.left) / area.ratio
    return {
      left: leftOf(start),
      top: (yOf(area, scale, duration) - area.top) / area.ratio,
      end: leftOf(start + duration),
    }
  }
  const markHovered = (): void => {
    const row = view.hovered.value
    const point = row === null ? null : pointOf(row)
    if (point) hoverRing.show(point)
    else hoverRing.hide()
  }
  const markSelected = (): void => {
    const row = view.selected.value
    const isShown = row !== null && (view.filter.peek()?.(store.session.peek(), row) ?? true)
    const point = isShown ? pointOf(row) : null
    const width = plot.bbox.width / uPlot.pxRatio
    if (point && point.left >= 0 && point.left <= width) selectedRing.show(point)
    else selectedRing.hide()
    const left = Math.max(0, point?.left ?? 0)
    const end = Math.min(width, point?.end ?? 0)
    if (point && left <= width && end >= 0) selectedLine.show({ left, top: point.top, width: end - left })
    else selectedLine.hide()
  }
  const stops = [effect(markHovered), effect(markSelected)]
  const stopMarking = (): void => {
    for (const stop of stops) stop()
  }

  return {
    plot,
    /** Draws the current state. */
    update(): void {
      const session = store.session.peek()
      scale = durationScaleOf(maxShownDuration(session), session.documents.clockResolution, type)
      const { from, to } = view.range.peek()
      plot.setData([
        [from, to],
        [null, null],
      ])
      untracked(markHovered)
      untracked(markSelected)
    },
  }
}

/** Includes the durations so far of running operations. If there are too many, the length of the session bounds them. */
function maxShownDuration(session: SessionModel): number {
  const { operations, latest, first } = session
  let max = operations.stats.maxDuration
  if (operations.stats.count('pending') > MAX_RUNNING) return Math.max(max, latest - first)
  for (const row of operations.openRows()) max = Math.max(max, latency(session, row) || 0)
  return max
}

function decades(scale: () => DurationScale, formatters: Formatters): uPlot.Axis {
  return {
    splits: plot => decadesOf(scale(), plot.bbox.height / uPlot.pxRatio),
    values: (_plot, splits) => splits.map(formatters.decade),
    filter: (_plot, splits) => splits,
  }
}

/** Powers of ten: as many as have labels that fit into `height` CSS pixels. */
function decadesOf({ min, max }: DurationScale, height: number): number[] {
  const first = Math.round(Math.log10(min))
  const last = Math.round(Math.log10(max))
  const step = Math.max(1, Math.ceil(((last - first) * LABEL_HEIGHT) / Math.max(height, 1)))
  const decades: number[] = []
  for (let power = first; power <= last; power += step) decades.push(10 ** power)
  return decades
}

/** When the panel could be used, in its own performance timeline. `npm run bench:panel` reads these marks. */
type OpeningMark = 'perf:first-chart' | 'perf:read'

const marked = new Set<OpeningMark>()

/** Only the first call of each mark counts. */
export function markOpening(mark: OpeningMark): void {
  if (!marked.has(mark)) performance.mark(mark)
  marked.add(mark)
}
