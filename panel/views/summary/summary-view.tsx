// Panel: the Summary tab: statistics of the shown operations, and the groups to look at first.
import { distribution, emptyDistribution } from '../../../model/analysis/distribution.ts'
import type { GroupRow } from '../../../model/analysis/group-rows.ts'
import type { GroupTotals } from '../../../model/analysis/group-totals.ts'
import { heapGrowth } from '../../../model/analysis/heap-growth.ts'
import { shownStats } from '../../../model/session/session-stats.ts'
import { UNKNOWN } from '../../../model/text/formatters.ts'
import { END_UNKNOWN } from '../../../model/text/outcome-text.ts'
import { QUANTILE_HINTS, quantileText } from '../../../model/text/summary-text.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { DistributionChart } from '../../kit/distribution-chart.tsx'
import { Field } from '../../kit/section.tsx'
import { createSlicedResult, useSliced } from '../../kit/sliced-result.ts'
import { createGroupList } from '../operations/groups.ts'
import { TopNames } from './top-names.tsx'

export function SummaryView() {
  const parts = usePanel()
  const { store, view, formatters, tables } = parts
  const groups = useSliced(() => createGroupList(view, tables.groupSort), [view, tables])
  const durations = useSliced(() => createShownDurations(parts), [parts])
  const session = store.session.value
  const { all, range } = view.analysis.value
  const working = groups.working.value || durations.working.value
  const shown = shownStats(session, view.rows.value, all)
  const { totalOperations, p50, p95, p99, maxDuration } = shown
  const { count } = all
  const lost = shown.all - count
  const resolution = session.documents.clockResolution
  const seconds = (range.to - range.from) / 1000
  const heap = heapGrowth(session.memory, range)
  const time = (value: number | undefined): string => quantileText(value, session, formatters)
  const share = (part: number, whole: number): string => formatters.percent(part / Math.max(whole, 1e-9))
  if (count === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="summary-view" tabIndex={0} aria-label="Summary of the shown operations" aria-busy={working}>
      <section class="totals" aria-label="Totals">
        <OutcomeBar totals={all} />
        <Field name="Operations">
          {formatters.count(shown.all - all.others)}
          {lost > 0 && ` (${formatters.count(lost)} lost, not in the lists below)`}
        </Field>
        {all.others > 0 && <Field name="Other requests">{formatters.count(all.others)}</Field>}
        <Field name="Throughput">{seconds > 0 ? formatters.rate(shown.all / seconds) : UNKNOWN}</Field>
        <Field name="p50" hint={QUANTILE_HINTS.p50}>
          {time(p50)}
        </Field>
        <Field name="p95" hint={QUANTILE_HINTS.p95}>
          {time(p95)}
        </Field>
        <Field name="p99" hint={QUANTILE_HINTS.p99}>
          {time(p99)}
        </Field>
        <Field name="Max">{time(totalOperations > 0 ? maxDuration : undefined)}</Field>
        <Field name="Total time">{time(totalOperations > 0 ? all.totalDuration : undefined)}</Field>
        <Field name="Slow">
          {formatters.count(all.slow)} (≥ {formatters.duration(view.slowThreshold.value, 1)})
        </Field>
        <Field name="Heap growth">
          {heap
            ? `${heap.after >= heap.before ? '+' : ''}${formatters.bytes(heap.after - heap.before)} (${formatters.bytes(heap.before)} → ${formatters.bytes(heap.after)})`
            : UNKNOWN}
        </Field>
      </section>
      <DistributionChart distribution={durations.result.value} label="Durations" />
      <TopNames
        title="Most time"
        groups={groups.result.value}
        measure={({ totals }) => totals.totalDuration}
        text={({ totals }) => `${time(totals.totalDuration)} (${share(totals.totalDuration, all.totalDuration)})`}
        empty="No operations have ended yet."
      />
      <TopNames
        title="Most failures"
        groups={groups.result.value}
        measure={({ stats: { failedOperations } }) => failedOperations}
        text={({ stats: { failedOperations }, count: of }) =>
          `${formatters.count(failedOperations)} failed (${share(failedOperations, of)})`
        }
        empty="No failures."
      />
      <TopNames
        title="Slowest by p95"
        groups={groups.result.value}
        measure={p95Of}
        text={group => `${formatters.duration(p95Of(group), resolution)} (${formatters.count(group.count, 'call')})`}
        empty="No operations have ended yet."
      />
    </section>
  )
}

function p95Of({ stats }: GroupRow): number {
  return stats.p95 ?? 0
}

function createShownDurations({ store, view }: PanelParts) {
  return createSlicedResult({
    inputs: () => ({
      session: store.session.value,
      matches: view.matches.value,
      zoom: view.span.value,
      group: null,
      reference: null,
    }),
    version: store.version,
    work: distribution,
    initial: emptyDistribution(),
  })
}

/** How many operations ended with each outcome: as a bar, and as numbers. */
function OutcomeBar({ totals }: { totals: GroupTotals }) {
  const { formatters } = usePanel()
  const { successfulOperations, failedOperations, cancelledOperations } = totals.stats()
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
