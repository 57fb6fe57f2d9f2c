// Panel: how many insights are dismissed, which, and the way back.
import { dismissalsOf } from '../../../model/insights/dismissals.ts'
import type { Insight } from '../../../model/insights/insight.ts'
import { lineOf } from '../../../model/insights/insight-line.ts'
import { usePanel } from '../../app/panel-context.ts'
import { focusList } from '../../kit/focus.ts'
import { LineParts } from './insight-item.tsx'

export function DismissedInsights({ hidden }: { hidden: readonly Insight[] }) {
  const { insights } = usePanel()
  const { all, remove, problem } = insights.dismissals
  if (hidden.length === 0) return null
  return (
    <details class="dismissed">
      <summary>{hidden.length} dismissed</summary>
      {problem.value && <p role="alert">Couldn’t save what is dismissed: {problem.value}</p>}
      <ul class="insight-lines">
        {hidden.map(insight => (
          <li key={insight.key} class="insight-line">
            <LineParts {...lineOf(insight)} />
            <button
              type="button"
              class="link"
              onClick={() => {
                remove(dismissalsOf(insight, all.peek()))
                focusList()
              }}
            >
              Undo
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
