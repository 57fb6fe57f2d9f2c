// Panel: how many of the operations ended how: as shares of a bar, and in figures.
import type { GroupTotals } from '../analysis/group-totals.ts'
import { outcomeText } from '../list/outcome-text.ts'
import { usePanel } from './panel-context.ts'

export function OutcomeBar({ totals }: { totals: GroupTotals }) {
  const { figures } = usePanel()
  const { successfulOperations, failedOperations, cancelledOperations, totalOperations } = totals.figures()
  const all = totalOperations + totals.running
  const shares = [
    ['ok', successfulOperations],
    ['failed', failedOperations],
    ['cancelled', cancelledOperations],
    ['pending', totals.running],
  ] as const
  const shown = shares.filter(([, count]) => count > 0)
  return (
    <div class="outcome-bar">
      <div class="shares" aria-hidden="true">
        {shown.map(([outcome, count]) => (
          <i key={outcome} class={outcome} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul aria-label="Outcomes">
        {shown.map(([outcome, count]) => (
          <li key={outcome}>
            <i class={`sign dot ${outcome}`} />
            {figures.count(count)} {outcomeText(outcome)} <small>{figures.percent(count / all)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}
