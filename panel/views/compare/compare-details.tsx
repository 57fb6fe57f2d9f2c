// Panel: one compared name in detail, or, while none is selected, which insights are new and which are gone.
import type { InsightChanges } from '../../../model/comparison/compare-insights.ts'
import type { ComparedName } from '../../../model/comparison/compare-sessions.ts'
import { shiftText, verdictText } from '../../../model/comparison/verdict-text.ts'
import type { Insight } from '../../../model/insights/insight.ts'
import { usePanel } from '../../app/panel-context.ts'
import { TwoDistributions } from './two-distributions.tsx'

export function ComparedDetails({ compared }: { compared: ComparedName }) {
  const { formatters } = usePanel()
  const { name, before, after, p95, failsMore } = compared
  const row = (title: string, of: (side: ComparedName['before']) => string) => (
    <tr>
      <th scope="row">{title}</th>
      <td>{of(before)}</td>
      <td>{of(after)}</td>
    </tr>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
    <section class="compare-details" aria-label={`Comparison of ${name}`} tabIndex={0}>
      <h3>{name}</h3>
      <p>{verdictText(compared)}</p>
      {failsMore && <p class="fails-more">More of them fail than chance explains.</p>}
      <TwoDistributions before={before.durations} after={after.durations} />
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Baseline</th>
            <th scope="col">New</th>
          </tr>
        </thead>
        <tbody>
          {row('Runs', ({ runs }) => formatters.count(runs.length))}
          {row('Ended', ({ ended }) => formatters.count(ended))}
          {row('Failed', ({ failed }) => formatters.count(failed))}
          {row('Cancelled', ({ cancelled }) => formatters.count(cancelled))}
          {row('Running', ({ running }) => formatters.count(running))}
          {row('On the network', ({ bytes }) => (bytes > 0 ? formatters.bytes(bytes) : '—'))}
          {p95 && (
            <tr>
              <th scope="row">p95</th>
              <td>{formatters.duration(p95.before, 1)}</td>
              <td>
                {formatters.duration(p95.after, 1)} ({shiftText(p95.low)} to {shiftText(p95.high)})
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

export function InsightDetails({ appeared, gone }: InsightChanges) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
    <section class="compare-details" aria-label="Insights" tabIndex={0}>
      <InsightList title="New insights" insights={appeared} empty="No insight is new." />
      <InsightList title="No longer found" insights={gone} empty="No insight is gone." />
      <p class="hint">Select a name to see both distributions.</p>
    </section>
  )
}

function InsightList({ title, insights, empty }: { title: string; insights: readonly Insight[]; empty: string }) {
  return (
    <>
      <h3>{title}</h3>
      {insights.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul>
          {insights.map(({ key, sentence, confidence }) => (
            <li key={key}>
              {sentence} <small>{confidence}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
