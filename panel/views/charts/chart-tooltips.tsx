// Panel: tells what is marked in a chart where the pointer is: snapshots, long tasks, navigations, gaps.
import type { ReadonlySignal } from '@preact/signals'
import { type ChartEvent, eventsAt } from '../../../model/analysis/events-at.ts'
import { eventText } from '../../../model/text/event-text.ts'
import { durationText, endText } from '../../../model/text/outcome-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { type PointerPlace, placeBeside } from '../../kit/tooltip.ts'

/** How far from a mark the pointer may be: CSS pixels. */
const REACH = 5

/** What is drawn in which chart. */
const DRAWN: Record<PointedChart['chart'], readonly ChartEvent['type'][]> = {
  durations: ['navigation', 'gap'],
  memory: ['snapshot', 'long-task', 'navigation', 'gap'],
}

export interface PointedChart extends PointerPlace {
  chart: 'durations' | 'memory'
  /** Of its plot, in CSS pixels. */
  width: number
}

export function EventTooltip({ at }: { at: ReadonlySignal<PointedChart | null> }) {
  const { store, view, formatters } = usePanel()
  store.version.value
  const [pointed, moment] = [at.value, view.cursor.value]
  if (!pointed || moment === null || view.hovered.value !== null) return null
  const session = store.session.value
  const { from, to } = view.range.value
  const here = eventsAt(session, moment, (REACH * (to - from)) / pointed.width)
  const told = here.filter(({ event }) => DRAWN[pointed.chart].includes(event.type))
  if (told.length === 0) return null
  const { first, documents } = session
  return (
    <div class="tooltip event-tooltip" style={placeBeside(pointed)}>
      {told.map(({ sort, event, count }) => {
        const { title, text } = eventText(event, { first, resolution: documents.clockResolution }, formatters)
        return (
          <p key={sort}>
            <b>{title}</b>
            <span>{text}</span>
            {count > 1 && <span>and {formatters.count(count - 1)} more here</span>}
          </p>
        )
      })}
    </div>
  )
}

/** The chart whose plot an event of the pointer is over, while no button is held. */
export function pointedChart({ target, clientX: x, clientY: y, buttons }: PointerEvent): PointedChart | null {
  const plot = (target as Element).closest('.u-over')
  if (!plot || buttons !== 0) return null
  const chart = plot.closest('.chart.memory') ? 'memory' : 'durations'
  return { chart, x, y, width: plot.clientWidth }
}

export function ChartTooltip() {
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
        {durationText(session, row, formatters)} · <span data-outcome={outcome}>{endText(session, row)}</span>
        {status === undefined ? '' : ` · ${status}`} · {operations.kindOf(row)}
      </span>
    </div>
  )
}
