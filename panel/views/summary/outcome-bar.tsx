// Panel: how many of the operations ended how: as shares of a bar, and in figures.
import type { GroupTotals } from '../../../model/analysis/group-totals.ts'
import { END_UNKNOWN } from '../../../model/text/outcome-text.ts'
import { usePanel } from '../../app/panel-context.ts'

export function OutcomeBar({ totals }: { totals: GroupTotals }) {
  const { formatters } = usePanel()
  const { successfulOperations, failedOperations, cancelledOperations } = totals.figures()
  const shares = [
    ['ok', 'ok', successfulOperations],
    ['failed', 'failed', failedOperations],
    ['cancelled', 'cancelled', cancelledOperations],
    ['pending', 'running', totals.running],
    ['pending hollow', END_UNKNOWN, totals.endUnknown],
  ] as const
  const shown = shares.filter(([, , count]) => count > 0)
  return (
    <div class="outcome-bar">
      <div class="shares" aria-hidden="true">
        {shown.map(([sign, text, count]) => (
          <i key={text} class={sign} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul aria-label="Outcomes">
        {shown.map(([sign, text, count]) => (
          <li key={text}>
            <i class={`sign dot ${sign}`} />
            {formatters.count(count)} {text} <small>{formatters.percent(count / totals.count)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}
