// Panel: the groups of the shown operations, as a table has them. Touches no DOM.
import type { OperationFigures } from '../../session/operation-totals.ts'
import { type Analysis, OTHER_GROUPS } from './analyse.ts'
import type { GroupTotals } from './group-totals.ts'
import { mergeSort } from './merge-sort.ts'
import { order, type Sort } from './sorted-rows.ts'

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
  | 'running'
  | 'slow'
  | 'trend'

export interface GroupRow {
  group: number
  name: string
  /** Of all its shown operations, those without an end included. */
  count: number
  figures: OperationFigures
  totals: GroupTotals
}

/** Groups between two pauses: each takes some microseconds, for its quantiles. */
const STEP = 64

export function* groupRows({ groups, grouping }: Analysis): Generator<void, GroupRow[]> {
  const rows: GroupRow[] = []
  for (const [group, totals] of groups) {
    if (rows.length % STEP === 0) yield
    const name = group === OTHER_GROUPS ? '(other names)' : grouping.nameOf(group)
    rows.push({ group, name, count: totals.count, figures: totals.figures(), totals })
  }
  return rows
}

/** What is not known comes last, whichever way. */
export function* sortedGroups(
  rows: readonly GroupRow[],
  { key, descending }: Sort<GroupKey>,
): Generator<void, GroupRow[]> {
  const sign = descending ? -1 : 1
  const numbers = Uint32Array.from(rows.keys())
  const values = rows.map(row => (key === 'name' ? row.name : figureOf(row, key)))
  const sorted = yield* mergeSort(numbers, (a, b) => {
    const [left, right] = [values[a], values[b]]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return order(left, right) * sign
  })
  return Array.from(sorted, number => rows[number] as GroupRow)
}

function figureOf({ count, figures, totals }: GroupRow, key: Exclude<GroupKey, 'name'>): number | undefined {
  switch (key) {
    case 'count':
      return count
    case 'failed':
      return figures.failedOperations / count
    case 'cancelled':
      return figures.cancelledOperations
    case 'p50':
    case 'p95':
    case 'p99':
      return figures[key]
    case 'max':
      return figures.totalOperations > 0 ? figures.maxDuration : undefined
    case 'total':
      return totals.totalDuration
    case 'running':
      return totals.running
    case 'slow':
      return totals.slow
    case 'trend':
      return trendChange(totals)
  }
}

/** By what its average duration grew from the first half of the span to the second; undefined without both. */
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
