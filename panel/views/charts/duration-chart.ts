// Panel: the chart of durations: every operation is a point at its start and its duration.
import { effect, untracked } from '@preact/signals'
import uPlot from 'uplot'
import { navigationTimes } from '../../../model/analysis/navigation-times.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { latency, shownDuration } from '../../../model/session/shown-duration.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { isConnection } from '../../../wire/operations.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import { countInCells } from './density-grid.ts'
import { drawDensity, MAX_POINTS } from './draw-density.ts'
import { drawGaps, drawNavigations, drawPageEvents } from './draw-events.ts'
import { drawQuantiles, drawSlow } from './draw-lines.ts'
import { drawFocus, drawOperations } from './draw-operations.ts'
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
    const grid = countInCells(area, scale, session, rows)
    if (rows.to - rows.from > MAX_POINTS) {
      drawDensity(ctx, area, colors, grid)
      drawQuantiles(ctx, area, colors, grid, { rim: true })
    } else {
      drawQuantiles(ctx, area, colors, grid, { rim: false })
      drawOperations(ctx, area, scale, colors, session, rows, view.slowThreshold.peek())
    }
    if (rows.to > rows.from) markOpening('perf:first-chart')
    const selected = view.selected.peek()
    const isShown = selected !== null && (view.filter.peek()?.(session, selected) ?? true)
    if (isShown) drawFocus(ctx, area, scale, colors, session, selected)
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
    onDestroy: () => stopHovering(),
    onPointer(left, top) {
      const area = plotAreaOf(plot, uPlot.pxRatio)
      view.hovered.value = nearestOperation(area, scale, store.session.peek(), view.matches.peek(), left, top)
    },
  })

  plot.over.addEventListener('click', () => {
    if (view.hovered.peek() !== null) view.selected.value = view.hovered.peek()
  })

  const ring = createHoverRing(plot.over)
  const markHovered = (): void => {
    const row = view.hovered.value
    if (row === null || isConnection(store.session.peek().operations.kind.get(row))) {
      ring.hide()
      return
    }
    const session = store.session.peek()
    const area = plotAreaOf(plot, uPlot.pxRatio)
    const x = xOf(area, session.operations.start.get(row)) - area.left
    const y = yOf(area, scale, shownDuration(session, row)) - area.top
    ring.show(x / area.ratio, y / area.ratio)
  }
  const stopHovering = effect(markHovered)

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

interface HoverRing {
  /** Position in CSS pixels from the corner of the plot. */
  show(left: number, top: number): void
  hide(): void
}

/** A ring around the operation under the pointer. It is an element above the canvas, so hovering redraws nothing. */
function createHoverRing(over: HTMLElement): HoverRing {
  const ring = document.createElement('div')
  ring.className = 'hover-ring'
  ring.hidden = true
  over.append(ring)
  return {
    show(left, top) {
      ring.hidden = false
      ring.style.left = `${left}px`
      ring.style.top = `${top}px`
    },
    hide() {
      // Called in every frame: setting the attribute again would count as a change.
      if (!ring.hidden) ring.hidden = true
    },
  }
}

/** When the panel could be used, in its own performance timeline. `npm run bench:panel` reads these marks. */
type OpeningMark = 'perf:first-chart' | 'perf:read'

const marked = new Set<OpeningMark>()

/** Only the first call of each mark counts. */
export function markOpening(mark: OpeningMark): void {
  if (!marked.has(mark)) performance.mark(mark)
  marked.add(mark)
}
