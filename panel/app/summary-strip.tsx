// Panel: the figures of what the charts show, under them.

import { shownStats } from '../../model/session/session-stats.ts'
import { heapText, lossText, QUANTILE_HINTS, quantileText } from '../../model/text/summary-text.ts'
import { usePanel } from './panel-context.ts'

export function SummaryStrip() {
  const { store, view, formatters } = usePanel()
  store.version.value
  const session = store.session.value
  const { all: totals } = view.analysis.value
  const { all, unknown, p50, p95, p99, maxDuration, totalOperations, ...outcomes } = shownStats(
    session,
    view.rows.value,
    totals,
  )
  const { failedOperations: failed, cancelledOperations: cancelled } = outcomes
  const { lost } = session.gaps
  if (!store.known.value) return null
  const share = (count: number): string => (all === 0 ? '' : formatters.percent(count / all))
  return (
    <dl class="summary" aria-label="Figures">
      <Figure name="Operations" value={formatters.count(all)} />
      <Figure
        name="Failed"
        value={formatters.count(failed)}
        note={share(failed)}
        outcome={failed > 0 ? 'failed' : ''}
      />
      <Figure name="Cancelled" value={formatters.count(cancelled)} note={share(cancelled)} />
      <Figure name="Running" value={formatters.count(totals.running)} />
      {totals.endUnknown > 0 && <Figure name="End unknown" value={formatters.count(totals.endUnknown)} />}
      <Figure name="p50" value={quantileText(p50, session, formatters)} more={QUANTILE_HINTS.p50} />
      <Figure name="p95" value={quantileText(p95, session, formatters)} more={QUANTILE_HINTS.p95} />
      <Figure name="p99" value={quantileText(p99, session, formatters)} more={QUANTILE_HINTS.p99} />
      <Figure name="Max" value={quantileText(totalOperations > 0 ? maxDuration : undefined, session, formatters)} />
      <Figure name="Heap" value={heapText(session, formatters)} />
      {lost > 0 && (
        <Figure
          name="Lost"
          value={formatters.count(lost)}
          note={unknown > 0 ? `${formatters.count(unknown)} of unknown outcome` : ''}
          outcome="failed"
          more={lossText(session, formatters)}
        />
      )}
    </dl>
  )
}

interface FigureProps {
  name: string
  value: string
  note?: string
  outcome?: string
  /** What else there is to say of it. */
  more?: string | undefined
}

function Figure(props: FigureProps) {
  return (
    <div class="figure" title={props.more}>
      <dt>{props.name}</dt>
      <dd data-outcome={props.outcome ?? ''}>
        {props.value}
        {props.note && <small>{props.note}</small>}
      </dd>
    </div>
  )
}
