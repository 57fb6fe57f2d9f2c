// Panel: names the operation under the pointer in the chart of durations.

import { endText } from '../../../model/text/outcome-text.ts'
import { usePanel } from '../../app/panel-context.ts'
import { durationText } from '../operations/operation-columns.ts'

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
