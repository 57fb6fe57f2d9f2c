// Model: the rows of the table of groups, and their order.
import type { OperationStats } from '../../session/operation-totals.ts'
import type { AllocatedBytes, Allocation } from '../memory/allocation-estimate.ts'
import type { GroupId } from '../numbers.ts'
import { type Analysis, OTHER_GROUPS } from './analyse.ts'
import type { GroupTotals } from './group-totals.ts'
import type { Grouping } from './grouping.ts'
import { mergeSort } from './merge-sort.ts'
import { compare, type Sort } from './sorted-rows.ts'

export type GroupKey =
  | 'name'
  | 'count'
  | 'failed'
  | 'cancelled'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'max'
  | 'total'
  | 'waited'
  | 'share'
  | 'size'
  | 'statuses'
  | 'running'
  | 'slow'
  | 'allocates'
  | 'trend'

export interface GroupRow {
  group: GroupId
  name: string
  /** All of its shown operations, including those without an end. */
  count: number
  stats: OperationStats
  totals: GroupTotals
  /**
   * Milliseconds in which at least one of its operations was in flight, and the share of the time in which any was: each
   * moment is divided among the groups in flight. Undefined for background groups, and until it is known.
   */
  waited?: number
  share?: number
  /** What a call allocates, and the names that run together with it; undefined if it is not known. */
  allocation?: AllocatedBytes & { together: string[] }
}

/** How long groups were in flight, whatever the filter. */
export type InFlightByGroup = ReadonlyMap<GroupId, { waited: number; share: number }>

/** Groups between two `yield`s: the quantiles of each take a few microseconds. */
const STEP = 64

export function* groupRows(
  { groups, grouping }: Analysis,
  inFlight: InFlightByGroup = new Map(),
  allocated: ReadonlyMap<GroupId, Allocation> = new Map(),
): Generator<void, GroupRow[]> {
  const rows: GroupRow[] = []
  let all = 0
  for (const { share } of inFlight.values()) all += share
  for (const [group, totals] of groups) {
    if (rows.length % STEP === 0) yield
    const name = nameIn(grouping, group)
    const own = inFlight.get(group)
    const times = own && { waited: own.waited, share: all > 0 ? own.share / all : 0 }
    const found = allocated.get(group)
    const allocation = found && { ...found, together: found.together.map(other => nameIn(grouping, other)) }
    rows.push({
      group,
      name,
      count: totals.count,
      stats: totals.stats(),
      totals,
      ...times,
      ...(allocation ? { allocation } : {}),
    })
  }
  return rows
}

export function nameIn(grouping: Grouping, group: GroupId): string {
  return group === OTHER_GROUPS ? '(other names)' : grouping.nameOf(group)
}

/** Unknown values come last in both directions. */
export function* sortedGroups(
  rows: readonly GroupRow[],
  { key, descending }: Sort<GroupKey>,
): Generator<void, GroupRow[]> {
  const sign = descending ? -1 : 1
  const positions = Uint32Array.from(rows.keys())
  const values = rows.map(row => (key === 'name' ? row.name : columnValue(row, key)))
  const sorted = yield* mergeSort(positions, (a, b) => {
    const [left, right] = [values[a], values[b]]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return compare(left, right) * sign
  })
  return Array.from(sorted, position => rows[position] as GroupRow)
}

function columnValue(
  { count, stats, totals, waited, share, allocation }: GroupRow,
  key: Exclude<GroupKey, 'name'>,
): number | undefined {
  switch (key) {
    case 'count':
      return count
    case 'failed':
      return stats.failedOperations
    case 'cancelled':
      return stats.cancelledOperations
    case 'p50':
    case 'p95':
    case 'p99':
      return stats[key]
    case 'max':
      return totals.histogram.count > 0 ? stats.maxDuration : undefined
    case 'total':
      return totals.totalDuration
    case 'waited':
      return waited
    case 'share':
      return share
    case 'size':
      return totals.size
    case 'statuses':
      return (totals.statusClasses[4] as number) + (totals.statusClasses[5] as number)
    case 'running':
      return totals.running
    case 'slow':
      return totals.slow
    case 'allocates':
      return allocation?.bytes
    case 'trend':
      return trendChange(totals)
  }
}

/** The average duration in the second half of the range, divided by that in the first; undefined without both. */
function trendChange({ trendSums, trendCounts }: GroupTotals): number | undefined {
  const half = trendSums.length / 2
  const average = (from: number, to: number): number => sum(trendSums, from, to) / sum(trendCounts, from, to)
  const change = average(half, trendSums.length) / average(0, half)
  return Number.isFinite(change) ? change : undefined
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] as number
  return total
}
