// Panel: statistics of the operations that the charts show, in a strip below them.

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
    <dl class="summary" aria-label="Statistics">
      <Stat name="Operations" value={formatters.count(all - totals.others)} />
      {totals.others > 0 && <Stat name="Other requests" value={formatters.count(totals.others)} />}
      <Stat name="Failed" value={formatters.count(failed)} note={share(failed)} outcome={failed > 0 ? 'failed' : ''} />
      <Stat name="Cancelled" value={formatters.count(cancelled)} note={share(cancelled)} />
      <Stat name="Running" value={formatters.count(totals.running)} />
      {totals.endUnknown > 0 && <Stat name="No end recorded" value={formatters.count(totals.endUnknown)} />}
      <Stat name="p50" value={quantileText(p50, session, formatters)} more={QUANTILE_HINTS.p50} />
      <Stat name="p95" value={quantileText(p95, session, formatters)} more={QUANTILE_HINTS.p95} />
      <Stat name="p99" value={quantileText(p99, session, formatters)} more={QUANTILE_HINTS.p99} />
      <Stat name="Max" value={quantileText(totalOperations > 0 ? maxDuration : undefined, session, formatters)} />
      <Stat name="Heap" value={heapText(session, formatters)} />
      {lost > 0 && (
        <Stat
          name="Lost"
          value={formatters.count(lost)}
          note={unknown > 0 ? `${formatters.count(unknown)} with unknown outcome` : ''}
          outcome="failed"
          more={lossText(session, formatters)}
        />
      )}
    </dl>
  )
}

interface StatProps {
  name: string
  value: string
  note?: string
  outcome?: string
  /** An explanation. */
  more?: string | undefined
}

function Stat(props: StatProps) {
  return (
    <div class="stat" title={props.more}>
      <dt>{props.name}</dt>
      <dd data-outcome={props.outcome ?? ''}>
        {props.value}
        {props.note && <small>{props.note}</small>}
      </dd>
    </div>
  )
}
