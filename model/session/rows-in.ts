// Panel: the operations of a span of time. Touches no DOM.
import type { Row } from '../numbers.ts'
import type { Column } from './column.ts'
import type { SortedRowIndex } from './sorted-row-index.ts'

/** The rows at the positions `from` up to `to` (exclusive) of a list of rows by start. */
export interface Rows {
  list: SortedRowIndex
  from: number
  to: number
}

/** Those of a list that started in a span of epoch milliseconds, its ends included; all where there is none. */
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
