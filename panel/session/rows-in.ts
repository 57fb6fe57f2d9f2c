// Panel: the operations of a span of time. Touches no DOM.
import type { OperationTable } from './operation-table.ts'

/** Positions `from` up to `to` (exclusive) in the table's order of starts. */
export interface Rows {
  from: number
  to: number
}

/** The operations that started in a span of epoch milliseconds, its ends included; all where there is none. */
export function rowsIn({ order, start }: OperationTable, span: { from: number; to: number } | null): Rows {
  if (!span) return { from: 0, to: order.length }
  const from = order.positionOf(span.from, start.values)
  let to = order.positionOf(span.to, start.values)
  while (to < order.length && start.get(order.row(to)) === span.to) to++
  return { from, to }
}
