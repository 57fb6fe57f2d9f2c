// Panel: the columns of the table of groups.
import type { GroupKey, GroupRow } from '../../../model/analysis/group-rows.ts'
import { type Formatters, UNKNOWN } from '../../../model/text/formatters.ts'
import { QUANTILE_HINTS } from '../../../model/text/summary-text.ts'
import type { GridColumn } from '../../kit/grid-frame.ts'

export interface GroupColumn extends GridColumn<GroupKey> {
  /** @param resolution of the page's timer in milliseconds */
  text(row: GroupRow, formatters: Formatters, resolution: number): string
}

const count = (of: (row: GroupRow) => number) => (row: GroupRow, formatters: Formatters) =>
  of(row) === 0 ? '' : formatters.count(of(row))
const duration =
  (of: (row: GroupRow) => number | undefined) => (row: GroupRow, formatters: Formatters, resolution: number) => {
    const value = row.stats.totalOperations > 0 ? of(row) : undefined
    return value === undefined ? UNKNOWN : formatters.duration(value, resolution)
  }

export const GROUP_COLUMNS: readonly GroupColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ name }) => name },
  { key: 'count', title: 'Count', width: 80, numeric: true, text: (row, formatters) => formatters.count(row.count) },
  {
    key: 'failed',
    title: 'Failed',
    width: 62,
    numeric: true,
    hint: 'Share that failed',
    text: ({ stats: { failedOperations }, count }, formatters) =>
      failedOperations === 0 ? '' : formatters.percent(failedOperations / count),
  },
  {
    key: 'cancelled',
    title: 'Cancelled',
    width: 78,
    numeric: true,
    hint: 'Aborted; not counted as failed',
    text: count(({ stats }) => stats.cancelledOperations),
  },
  {
    key: 'p50',
    title: 'p50',
    width: 70,
    numeric: true,
    hint: QUANTILE_HINTS.p50,
    text: duration(({ stats }) => stats.p50),
  },
  {
    key: 'p95',
    title: 'p95',
    width: 70,
    numeric: true,
    hint: QUANTILE_HINTS.p95,
    text: duration(({ stats }) => stats.p95),
  },
  {
    key: 'p99',
    title: 'p99',
    width: 70,
    numeric: true,
    hint: QUANTILE_HINTS.p99,
    text: duration(({ stats }) => stats.p99),
  },
  {
    key: 'max',
    title: 'Max',
    width: 70,
    numeric: true,
    hint: 'Maximum duration',
    text: duration(({ stats }) => stats.maxDuration),
  },
  {
    key: 'total',
    title: 'Total time',
    width: 90,
    numeric: true,
    hint: 'Sum of durations',
    text: duration(({ totals }) => totals.totalDuration),
  },
  {
    key: 'waited',
    title: 'Waited',
    width: 76,
    numeric: true,
    hint: 'Time in which at least one of them was in flight. Background work, which nobody waits for, has none.',
    text: ({ waited }, formatters, resolution) =>
      waited === undefined ? UNKNOWN : formatters.duration(waited, resolution),
  },
  {
    key: 'share',
    title: 'Share',
    width: 62,
    numeric: true,
    hint: 'Share of the time in which anything was in flight. Each moment is divided among what ran.',
    text: ({ share }, formatters) => (share === undefined ? UNKNOWN : formatters.percent(share)),
  },
  {
    key: 'running',
    title: 'Running',
    width: 70,
    numeric: true,
    hint: 'Still running',
    text: count(({ totals }) => totals.running),
  },
  {
    key: 'slow',
    title: 'Slow',
    width: 70,
    numeric: true,
    hint: 'Reached the slow threshold',
    text: count(({ totals }) => totals.slow),
  },
  {
    key: 'trend',
    title: 'Trend',
    width: 84,
    hint: 'Average duration over the shown time range. Sorts by growth from the first half to the second.',
    text: () => '',
  },
]
