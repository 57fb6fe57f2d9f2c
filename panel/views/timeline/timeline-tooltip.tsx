// Panel: names the operation under the pointer in the timeline, and how long each of its phases took.
import { PHASE_NAMES, phaseSegments, phasesOf } from '../../../model/analysis/phase-segments.ts'
import { endText } from '../../../model/text/outcome-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { type PointerPlace, placeBeside } from '../../kit/tooltip-place.ts'
import { durationText } from '../operations/operation-columns.ts'

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
