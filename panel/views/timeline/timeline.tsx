// Panel: the tab Timeline: the operations of the shown span as a waterfall, and how many ran at once.
import { effect, type Signal, untracked, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { PHASE_NAMES, type Phase, phaseSegments, phasesOf } from '../../../model/analysis/phase-segments.ts'
import { EMPTY_WATERFALL, waterfall } from '../../../model/analysis/waterfall.ts'
import { durationText, endText } from '../../../model/text/outcome-text.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'
import { type PointerPlace, placeBeside } from '../../kit/tooltip.ts'
import { keyed } from '../charts/time-navigation.ts'
import { createConcurrencyGraph } from './concurrency-graph.ts'
import { createTimelineGrid } from './timeline-grid.ts'

export function Timeline() {
  const parts = usePanel()
  const host = useRef<HTMLDivElement>(null)
  const graph = useRef<HTMLDivElement>(null)
  const most = useSignal(0)
  const pointed = useSignal<Pointed | null>(null)

  useLayoutEffect(() => {
    if (host.current && graph.current) return showTimeline(host.current, graph.current, most, parts)
  }, [parts, most])

  const onPointerMove = (event: PointerEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('.body .row')
    pointed.value = row ? { row: Number(row.id.replace('item-', '')), x: event.clientX, y: event.clientY } : null
  }

  return (
    <div class="timeline" onPointerMove={onPointerMove} onPointerLeave={() => (pointed.value = null)}>
      <PhaseLegend />
      <div class="at-once">
        <span class="at-once-label">
          At once: {most.value === 0 ? '' : `up to ${parts.formatters.count(most.value)}`}
        </span>
        <div class="at-once-graph" ref={graph} role="img" aria-label={`Up to ${most.value} operations at once`} />
      </div>
      <div class="timeline-rows" ref={host} />
      <TimelineTooltip pointed={pointed.value} />
    </div>
  )
}

/** Up and down select, as in every list; sideways moves in time, plus and minus zoom. */
function onKeyDown(event: KeyboardEvent, { view }: PanelParts): void {
  if (event.defaultPrevented || !['ArrowLeft', 'ArrowRight', '+', '=', '-', '0'].includes(event.key)) return
  const zoom = keyed(view.range.peek(), view.bounds.peek(), event)
  if (zoom === undefined) return
  event.preventDefault()
  view.zoom.value = zoom
}

function showTimeline(host: HTMLElement, graphHost: HTMLElement, most: Signal<number>, parts: PanelParts) {
  const { store, view, formatters, theme } = parts
  const computed = createSlicedResult({
    inputs: () => ({ session: store.session.value, matches: view.matches.value, zoom: view.span.value }),
    version: store.version,
    work: waterfall,
    initial: EMPTY_WATERFALL,
  })
  /** Rows of another session mean nothing in this one. */
  const shown = () => {
    const result = computed.result.peek()
    return result.of === store.session.peek() ? result : EMPTY_WATERFALL
  }
  const grid = createTimelineGrid(host, { store, view, formatters, waterfall: shown })
  const graph = createConcurrencyGraph(graphHost, view)
  const draw = (): void => {
    grid.update()
    graph.draw(shown().concurrency, getComputedStyle(graphHost).getPropertyValue('--accent'))
  }
  const stopDrawing = effect(() => {
    theme.value
    store.version.value
    view.range.value
    view.selected.value
    most.value = computed.result.value.concurrency.most
    untracked(draw)
  })
  const stopWatching = effect(() => void host.setAttribute('aria-busy', String(computed.working.value)))
  const navigate = (event: KeyboardEvent): void => onKeyDown(event, parts)
  host.addEventListener('keydown', navigate)
  const resizing = new ResizeObserver(draw)
  resizing.observe(host)
  // On another screen its pixels may be others while its size is the same.
  resizing.observe(graphHost, { box: 'device-pixel-content-box' })
  return () => {
    resizing.disconnect()
    host.removeEventListener('keydown', navigate)
    stopWatching()
    stopDrawing()
    graph.stop()
    grid.stop()
    computed.stop()
  }
}

const PHASES = Object.entries(PHASE_NAMES) as [Phase, string][]

export function PhaseLegend() {
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

/** An operation's row in the table, and where the pointer is. */
export interface Pointed extends PointerPlace {
  row: number
}

export function TimelineTooltip({ pointed }: { pointed: Pointed | null }) {
  const { store, formatters } = usePanel()
  if (!pointed) return null
  const { row } = pointed
  const session = store.session.value
  const { operations } = session
  if (row >= operations.length) return null
  const outcome = operations.outcomeOf(row)
  const known = phasesOf(operations.details.get(row)?.http)
  const segments = known ? phaseSegments(known.phases) : []
  return (
    <div class="tooltip timeline-tooltip" style={placeBeside(pointed)}>
      <b>{operations.nameOf(row)}</b>
      <span>
        {durationText(session, row, formatters)} · <span data-outcome={outcome}>{endText(session, row)}</span> · from{' '}
        {formatters.moment(operations.start.get(row) - session.first)}
      </span>
      {segments.map(({ phase, from, to }) => (
        <span key={phase} class="phase-line">
          <i class={`sign segment ${phase}`} />
          {PHASE_NAMES[phase]} <em>{formatters.duration(to - from, 0.1)}</em>
        </span>
      ))}
    </div>
  )
}
