// Panel: the Timeline tab: the operations of the shown range as a waterfall, and how many of them ran concurrently.
import { effect, type Signal, untracked, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { PHASE_NAMES, type Phase, phaseSegments, phasesOf } from '../../../model/analysis/phase-segments.ts'
import { EMPTY_WATERFALL, waterfall } from '../../../model/analysis/waterfall.ts'
import type { Row } from '../../../model/numbers.ts'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import { durationText, outcomeText } from '../../../model/text/outcome-text.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'
import { type PointerPosition, PointerTooltip } from '../../kit/tooltip.tsx'
import { PADDING_RIGHT, Y_AXIS_WIDTH } from '../charts/time-chart.ts'
import { rangeAfterKey } from '../charts/time-navigation.ts'
import { openOperationMenu } from '../operations/operation-menu.ts'
import { createConcurrencyGraph } from './concurrency-graph.ts'
import { createTimelineGrid } from './timeline-grid.ts'

const PHASES = Object.entries(PHASE_NAMES) as [Phase, string][]

/** The row of an operation, and where the pointer is. */
interface PointedOperation extends PointerPosition {
  row: Row
}

export function Timeline() {
  const parts = usePanel()
  const host = useRef<HTMLDivElement>(null)
  const graph = useRef<HTMLDivElement>(null)
  const maxConcurrent = useSignal(0)
  const pointed = useSignal<PointedOperation | null>(null)

  useLayoutEffect(() => {
    if (host.current && graph.current) return showTimeline(host.current, graph.current, maxConcurrent, parts)
  }, [parts, maxConcurrent])

  const onPointerMove = (event: PointerEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('.body .row')
    pointed.value = row ? { row: Number(row.id.replace('item-', '')) as Row, x: event.clientX, y: event.clientY } : null
  }

  return (
    <div class="timeline" onPointerMove={onPointerMove} onPointerLeave={() => (pointed.value = null)}>
      <PhaseLegend />
      <div class="concurrency">
        <span class="concurrency-label">
          Max concurrent: {maxConcurrent.value === 0 ? UNKNOWN : parts.formatters.count(maxConcurrent.value)}
        </span>
        <div
          class="concurrency-graph"
          ref={graph}
          role="img"
          aria-label={`Max concurrent: ${parts.formatters.count(maxConcurrent.value)}`}
        />
      </div>
      <div class="timeline-rows" ref={host} />
      <TimelineTooltip pointed={pointed.value} />
    </div>
  )
}

function PhaseLegend() {
  return (
    <div class="phase-legend">
      {PHASES.map(([phase, name]) => (
        <span key={phase} class="key">
          <i class={`sign segment ${phase}`} />
          {name}
        </span>
      ))}
    </div>
  )
}

function TimelineTooltip({ pointed }: { pointed: PointedOperation | null }) {
  const { store, formatters } = usePanel()
  if (!pointed) return null
  const { row } = pointed
  const session = store.session.value
  const { operations } = session
  if (row >= operations.length) return null
  const outcome = operations.outcomeOf(row)
  const phases = phasesOf(operations.details.get(row)?.http)?.phases
  const segments = phases ? phaseSegments(phases) : []
  return (
    <PointerTooltip class="timeline-tooltip" at={pointed}>
      <b>{operations.nameOf(row)}</b>
      <span>
        {durationText(session, row, formatters)} · <span data-outcome={outcome}>{outcomeText(session, row)}</span> ·
        from {formatters.moment(operations.start.get(row) - session.first)}
      </span>
      {segments.map(({ phase, from, to }) => (
        <span key={phase} class="phase-line">
          <i class={`sign segment ${phase}`} />
          {PHASE_NAMES[phase]} <em>{formatters.duration(to - from, 0.1)}</em>
        </span>
      ))}
    </PointerTooltip>
  )
}

/** Left and right pan, plus and minus zoom. Up and down select in the grid, as in every list. */
function onKeyDown(event: KeyboardEvent, { view }: PanelParts): void {
  if (event.defaultPrevented || !['ArrowLeft', 'ArrowRight', '+', '=', '-', '0'].includes(event.key)) return
  const zoom = rangeAfterKey(view.range.peek(), view.bounds.peek(), event)
  if (zoom === undefined) return
  event.preventDefault()
  view.zoom.value = zoom
}

/** By how many CSS pixels the right ends of the charts and the bars may differ: the width of a scroll bar. */
const MAX_INSET = 10

/** Puts the plots of the charts above the bars, so that a moment has the same place in both. */
function alignCharts(host: HTMLElement): void {
  const ruler = host.querySelector('.head .track')?.getBoundingClientRect()
  const charts = document.querySelector('.charts')?.getBoundingClientRect()
  if (!ruler || !charts) return
  const left = ruler.left + 1 - charts.left - Y_AXIS_WIDTH
  const right = charts.right - ruler.right - PADDING_RIGHT
  // If the charts or the details are beside the list, the two cannot be aligned.
  const isBelow = left >= 0 && Math.abs(right) <= MAX_INSET
  setInsets(isBelow ? `${left}px` : '0px', isBelow ? `${right}px` : '0px')
}

function setInsets(left: string, right: string): void {
  const { style } = document.documentElement
  style.setProperty('--chart-left', left)
  style.setProperty('--chart-right', right)
}

function showTimeline(host: HTMLElement, graphHost: HTMLElement, maxConcurrent: Signal<number>, parts: PanelParts) {
  const { store, view, formatters, theme } = parts
  const computed = createSlicedResult({
    inputs: () => ({ session: store.session.value, matches: view.matches.value, zoom: view.span.value }),
    version: store.version,
    work: waterfall,
    initial: EMPTY_WATERFALL,
  })
  const current = () => {
    const result = computed.result.peek()
    // Rows of another session mean nothing in this one.
    return result.session === store.session.peek() ? result : EMPTY_WATERFALL
  }
  const grid = createTimelineGrid(host, {
    store,
    view,
    formatters,
    waterfall: current,
    openMenu: (row, place) => openOperationMenu(parts, row, { shown: () => [...current().rows] as Row[], place }),
  })
  const graph = createConcurrencyGraph(graphHost, view)
  const draw = (): void => {
    grid.update()
    graph.draw(current().concurrency, getComputedStyle(graphHost).getPropertyValue('--accent'))
  }
  const stopDrawing = effect(() => {
    theme.value
    store.version.value
    view.range.value
    view.selected.value
    maxConcurrent.value = computed.result.value.concurrency.max
    untracked(draw)
  })
  const stopBusy = effect(() => void host.setAttribute('aria-busy', String(computed.working.value)))
  const navigate = (event: KeyboardEvent): void => onKeyDown(event, parts)
  host.addEventListener('keydown', navigate)
  const resizing = new ResizeObserver(() => {
    alignCharts(host)
    draw()
  })
  resizing.observe(host)
  // On another screen the graph may have more device pixels at the same size.
  resizing.observe(graphHost, { box: 'device-pixel-content-box' })
  return () => {
    resizing.disconnect()
    setInsets('0px', '0px')
    host.removeEventListener('keydown', navigate)
    stopBusy()
    stopDrawing()
    graph.stop()
    grid.stop()
    computed.stop()
  }
}
