// Panel: the operations of an insight in the other views, and the bar that says so and leads back.
import type { Insight } from '../../../model/insights/insight.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import type { Found } from '../../app/stores/insights-store.ts'
import { Action } from '../../kit/buttons.tsx'
import { focusList } from '../../kit/focus.ts'

/** The share of their time that is shown before and after operations in the Timeline. */
const MARGIN = 0.05
/** Milliseconds. */
const MIN_MARGIN = 5

/** Shows exactly the operations of an insight, in the list or the Timeline; the charts show the same. */
export function showEvidence(
  parts: PanelParts,
  found: Found,
  insight: Insight,
  title: string,
  tab: 'operations' | 'timeline',
): void {
  const { insights, tables, view } = parts
  insights.showEvidence(found, insight, title)
  if (tab === 'timeline') view.zoom.value = spanOf(found, insight)
  tables.grouped.choose('single')
  tables.operationSort.value = { key: 'start', descending: false }
  tables.tab.choose(tab)
  focusList()
}

function spanOf({ session }: Found, { rows }: Insight): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    const start = session.operations.start.get(row)
    const end = session.operations.endOf(row)
    from = Math.min(from, start)
    to = Math.max(to, Number.isNaN(end) ? start : end)
  }
  const margin = Math.max(MIN_MARGIN, (to - from) * MARGIN)
  return { from: from - margin, to: to + margin }
}

export function EvidenceBar() {
  const { filter, insights, tables, formatters } = usePanel()
  const evidence = filter.evidence.value
  if (!evidence) return null
  return (
    <p class="infobar quiet evidence">
      <span class="session-label">
        Showing the {formatters.count(evidence.rows.size, 'operation')} of <b>{evidence.title}</b>
      </span>
      <Action
        onClick={() => {
          insights.stopEvidence()
          tables.tab.choose('insights')
        }}
      >
        Back to insight
      </Action>
      <Action onClick={filter.clear}>Show all operations</Action>
    </p>
  )
}
