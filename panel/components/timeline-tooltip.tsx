// Panel: names the operation under the pointer in the timeline, and how long each of its phases took.
import { PHASE_NAMES, phaseSegments, phasesOf } from '../analysis/phase-segments.ts'
import { durationText } from '../list/operation-columns.ts'
import { endText } from '../list/outcome-text.ts'
import { usePanel } from './panel-context.ts'

/** An operation's row in the table, and where the pointer is, in CSS pixels. */
export interface Pointed {
  row: number
  x: number
  y: number
}

export function TimelineTooltip({ pointed }: { pointed: Pointed | null }) {
  const { store, figures } = usePanel()
  if (!pointed) return null
  const { row, x, y } = pointed
  const session = store.session.value
  const { operations } = session
  if (row >= operations.length) return null
  const outcome = operations.outcomeOf(row)
  const known = phasesOf(operations.details.get(row)?.http)
  const segments = known ? phaseSegments(known.phases) : []
  const side = x > innerWidth / 2 ? { right: `${innerWidth - x + 12}px` } : { left: `${x + 12}px` }
  const place = y > innerHeight / 2 ? { bottom: `${innerHeight - y + 10}px` } : { top: `${y + 14}px` }
  return (
    <div class="tooltip timeline-tooltip" style={{ ...side, ...place }}>
      <b>{operations.nameOf(row)}</b>
      <span>
        {durationText(session, row, figures)} · <span data-outcome={outcome}>{endText(session, row)}</span> · from{' '}
        {figures.moment(operations.start.get(row) - session.first)}
      </span>
      {segments.map(({ phase, from, to }) => (
        <span key={phase} class="phase-line">
          <i class={`sign segment ${phase}`} />
          {PHASE_NAMES[phase]} <em>{figures.duration(to - from, 0.1)}</em>
        </span>
      ))}
    </div>
  )
}
