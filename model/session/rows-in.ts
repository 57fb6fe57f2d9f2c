// Model: the operations of a span of time.
import type { Row } from '../numbers.ts'
import type { Column } from './column.ts'
import type { SortedRowIndex } from './sorted-row-index.ts'

/** The rows at positions `from` to `to` (exclusive) of a list that is sorted by start. */
export interface Rows {
  list: SortedRowIndex
  from: number
  to: number
}

/** The rows of a list that started within a span of epoch milliseconds, both ends included; all rows if it is null. */
export function rowsIn(
  list: SortedRowIndex,
  start: Column<Float64Array<ArrayBuffer>, Row>,
  span: { from: number; to: number } | null,
): Rows {
  if (!span) return { list, from: 0, to: list.length }
  const from = list.positionOf(span.from, start.values)
  let to = list.positionOf(span.to, start.values)
  while (to < list.length && start.get(list.row(to)) === span.to) to++
  return { list, from, to }
}
