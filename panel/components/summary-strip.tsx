// Panel: the session's figures under the charts.
import { heapText, quantileText } from '../format/summary-text.ts'
import { usePanel } from './panel-context.ts'

export function SummaryStrip() {
  const { store, figures } = usePanel()
  store.version.value
  const session = store.session.value
  const { figures: outcomes } = session.operations
  const { p50, p95, p99, maxDuration, totalOperations } = outcomes.totals.figures()
  const all = session.operations.length
  const share = (count: number): string => (all === 0 ? '' : figures.percent(count / all))
  const failed = outcomes.count('failed')
  const cancelled = outcomes.count('cancelled')
  return (
    <dl class="summary" aria-label="Summary">
      <Figure name="Operations" value={figures.count(all)} />
      <Figure name="Failed" value={figures.count(failed)} note={share(failed)} outcome={failed > 0 ? 'failed' : ''} />
      <Figure name="Cancelled" value={figures.count(cancelled)} note={share(cancelled)} />
      <Figure name="Running" value={figures.count(outcomes.count('pending'))} />
      <Figure name="p50" value={quantileText(p50, session, figures)} />
      <Figure name="p95" value={quantileText(p95, session, figures)} />
      <Figure name="p99" value={quantileText(p99, session, figures)} />
      <Figure name="Max" value={quantileText(totalOperations > 0 ? maxDuration : undefined, session, figures)} />
      <Figure name="Heap" value={heapText(session, figures)} />
      {session.gaps.lost > 0 && <Figure name="Lost" value={figures.count(session.gaps.lost)} outcome="failed" />}
    </dl>
  )
}

function Figure(props: { name: string; value: string; note?: string; outcome?: string }) {
  return (
    <div class="figure">
      <dt>{props.name}</dt>
      <dd data-outcome={props.outcome ?? ''}>
        {props.value}
        {props.note && <small>{props.note}</small>}
      </dd>
    </div>
  )
}
