// Panel: the tooltips of the charts: for an operation in the chart of durations, and for the snapshots, long tasks,
// navigations, page events and gaps in both.
import type { ReadonlySignal } from '@preact/signals'
import { type ChartEvent, eventsAt } from '../../../model/analysis/events-at.ts'
import { eventText } from '../../../model/text/event-text.ts'
import { durationText, outcomeText } from '../../../model/text/outcome-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { type PointerPosition, PointerTooltip } from '../../kit/tooltip.tsx'

/** How far an event may be from the pointer: CSS pixels. */
const REACH = 5

/** The events that each chart shows. */
const CHART_EVENTS: Record<PointedChart['chart'], readonly ChartEvent['type'][]> = {
  durations: ['navigation', 'page-event', 'gap'],
  memory: ['snapshot', 'long-task', 'navigation', 'gap'],
}

/** A chart that the pointer is over. */
export interface PointedChart extends PointerPosition {
  chart: 'durations' | 'memory'
  /** Width of its plot in CSS pixels. */
  width: number
}

export function OperationTooltip() {
  const { store, view, formatters } = usePanel()
  const row = view.hovered.value
  if (row === null) return null
  const session = store.session.value
  const { operations } = session
  const { from, to } = view.range.value
  const share = (operations.start.get(row) - from) / (to - from)
  const outcome = operations.outcomeOf(row)
  const status = operations.requests.statusOf(row)
  return (
    <div
      class={share > 0.5 ? 'tooltip chart-tooltip left' : 'tooltip chart-tooltip right'}
      style={{ '--share': String(share) }}
    >
      <b>{operations.nameOf(row)}</b>
      <span>
        {durationText(session, row, formatters)} · <span data-outcome={outcome}>{outcomeText(session, row)}</span>
        {status === undefined ? '' : ` · ${status}`} · {operations.kindTextOf(row)}
      </span>
    </div>
  )
}

export function EventTooltip({ at }: { at: ReadonlySignal<PointedChart | null> }) {
  const { store, view, formatters } = usePanel()
  store.version.value
  const [pointed, moment] = [at.value, view.cursor.value]
  if (!pointed || moment === null || view.hovered.value !== null) return null
  const session = store.session.value
  const { from, to } = view.range.value
  const nearby = eventsAt(session, moment, (REACH * (to - from)) / pointed.width)
  const shown = nearby.filter(({ event }) => CHART_EVENTS[pointed.chart].includes(event.type))
  if (shown.length === 0) return null
  const { first, documents } = session
  return (
    <PointerTooltip class="event-tooltip" at={pointed}>
      {shown.map(({ category, event, count }) => {
        const { title, text } = eventText(event, { first, resolution: documents.clockResolution }, formatters)
        return (
          <p key={category}>
            <b>{title}</b>
            <span>{text}</span>
            {count > 1 && <span>and {formatters.count(count - 1)} more here</span>}
          </p>
        )
      })}
    </PointerTooltip>
  )
}

/** The chart whose plot the pointer is over; null while a button is held. */
export function pointedChart({ target, clientX: x, clientY: y, buttons }: PointerEvent): PointedChart | null {
  const plot = (target as Element).closest('.u-over')
  if (!plot || buttons !== 0) return null
  const chart = plot.closest('.chart.memory') ? 'memory' : 'durations'
  return { chart, x, y, width: plot.clientWidth }
}
