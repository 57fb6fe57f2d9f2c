// Model: gives a request that was held its row.
import { PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import type { OperationTable } from './operation-table.ts'

/** Lists a request that was held, with what is known of its end. Returns its row; of any other number the row that it stands for. */
export function listHeld(table: OperationTable, number: Row): Row {
  const held = table.held.get(number)
  if (!held) return table.held.rowOf(number)
  const { document, source, id, kind, name, start, detail, outcome, duration } = held
  const row = table.push(document, source, id, start)
  table.kind.set(row, kind)
  table.name.set(row, name)
  table.setEnd(row, outcome, duration, false)
  table.setDetail(row, detail)
  if (outcome === PENDING) table.open.of(document, source).set(id, row)
  table.order.add(row, row + 1, table.start.values)
  table.held.release(number, row)
  return row
}
