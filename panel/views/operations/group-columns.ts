// Panel: the columns of the table of groups.
import type { GroupKey, GroupRow } from '../../../model/analysis/group-rows.ts'
import { allocationSentence } from '../../../model/text/allocation-text.ts'
import { type Formatters, UNKNOWN } from '../../../model/text/formatters.ts'
import { QUANTILE_HINTS } from '../../../model/text/summary-text.ts'
import type { OptionalColumn } from '../../kit/column-layout.ts'

export interface GroupColumn extends OptionalColumn<GroupKey> {
  /** @param resolution of the page's timer in milliseconds */
  text(row: GroupRow, formatters: Formatters, resolution: number): string
  /** An explanation of one cell. */
  more?(row: GroupRow, formatters: Formatters): string
}

const count = (of: (row: GroupRow) => number) => (row: GroupRow, formatters: Formatters) =>
  of(row) === 0 ? '' : formatters.count(of(row))
/** A count with its share of the group. */
const share = (of: (row: GroupRow) => number) => (row: GroupRow, formatters: Formatters) =>
  of(row) === 0 ? '' : `${formatters.count(of(row))} (${formatters.percent(of(row) / row.count)})`
const duration =
  (of: (row: GroupRow) => number | undefined) => (row: GroupRow, formatters: Formatters, resolution: number) => {
    const value = row.totals.histogram.count > 0 ? of(row) : undefined
    return value === undefined ? UNKNOWN : formatters.duration(value, resolution)
  }

export const GROUP_COLUMNS: readonly GroupColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ name }) => name },
  {
    key: 'count',
    title: 'Count',
    width: 62,
    rank: 1,
    numeric: true,
    text: (row, formatters) => formatters.count(row.count),
  },
  {
    key: 'failed',
    title: 'Failed',
    width: 84,
    numeric: true,
    rank: 4,
    text: share(({ stats }) => stats.failedOperations),
  },
  {
    key: 'cancelled',
    title: 'Cancelled',
    width: 84,
    numeric: true,
    rank: 11,
    hint: 'Aborted; not counted as failed',
    text: share(({ stats }) => stats.cancelledOperations),
  },
  {
    key: 'p50',
    title: 'p50',
    width: 70,
    numeric: true,
    rank: 7,
    hint: QUANTILE_HINTS.p50,
    text: duration(({ stats }) => stats.p50),
  },
  {
    key: 'p95',
    title: 'p95',
    width: 70,
    numeric: true,
    rank: 3,
    hint: QUANTILE_HINTS.p95,
    text: duration(({ stats }) => stats.p95),
  },
  {
    key: 'p99',
    title: 'p99',
    width: 70,
    numeric: true,
    rank: 12,
    hint: QUANTILE_HINTS.p99,
    text: duration(({ stats }) => stats.p99),
  },
  {
    key: 'max',
    title: 'Max',
    width: 70,
    numeric: true,
    rank: 6,
    hint: 'Maximum duration',
    text: duration(({ stats }) => stats.maxDuration),
  },
  {
    key: 'total',
    title: 'Total time',
    width: 94,
    numeric: true,
    rank: 2,
    hint: 'Sum of durations',
    text: duration(({ totals }) => totals.totalDuration),
  },
  {
    key: 'waited',
    title: 'Waited',
    width: 76,
    numeric: true,
    rank: 5,
    hint: 'Time in which at least one of them was in flight. Background work, which nobody waits for, has none.',
    text: ({ waited }, formatters, resolution) =>
      waited === undefined ? UNKNOWN : formatters.duration(waited, resolution),
  },
  {
    key: 'share',
    title: 'Share',
    width: 70,
    numeric: true,
    rank: 14,
    hint: 'Share of the time in which anything was in flight. Each moment is divided among what ran.',
    text: ({ share }, formatters) => (share === undefined ? UNKNOWN : formatters.percent(share)),
  },
  {
    key: 'size',
    title: 'Size',
    width: 76,
    numeric: true,
    rank: 8,
    hint: 'Bytes transferred by all of them',
    text: ({ totals }, formatters) => (totals.size === 0 ? '' : formatters.bytes(totals.size)),
  },
  {
    key: 'statuses',
    title: 'Statuses',
    width: 130,
    hint: 'How many responses of each class. Sorts by those of 400 and above',
    text: ({ totals }, formatters) =>
      [...totals.statusClasses]
        .flatMap((count, digit) => (count === 0 ? [] : `${digit}xx: ${formatters.count(count)}`))
        .join(' '),
  },
  {
    key: 'running',
    title: 'Running',
    width: 70,
    numeric: true,
    rank: 13,
    hint: 'Still running',
    text: count(({ totals }) => totals.running),
  },
  {
    key: 'slow',
    title: 'Slow',
    width: 70,
    numeric: true,
    rank: 9,
    hint: 'Reached the slow threshold',
    text: count(({ totals }) => totals.slow),
  },
  {
    key: 'allocates',
    title: 'Allocates',
    width: 150,
    hint: 'About how many bytes a call allocates, while “Allocations” is on. Most of it is garbage soon after: this is no leak.',
    text: ({ allocation }, formatters) => {
      if (!allocation) return UNKNOWN
      const { together } = allocation
      return formatters.bytesBetween(allocation) + (together.length > 0 ? ` with ${together.join(', ')}` : '')
    },
    more: ({ allocation }, formatters) =>
      allocation ? allocationSentence(allocation, allocation.together, formatters) : '',
  },
  {
    key: 'trend',
    title: 'Trend',
    width: 84,
    rank: 10,
    hint: 'Average duration over the shown time range. Sorts by growth from the first half to the second.',
    text: () => '',
  },
]
