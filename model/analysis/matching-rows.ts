// Panel: the operations that match a filter. Touches no DOM.
import type { SessionModel } from '../session/session-model.ts'
import { SortedRowIndex } from '../session/sorted-row-index.ts'

/** Whether the operation in a row of a session's table is to be shown. */
export type RowTest = (session: SessionModel, row: number) => boolean

/** Operations between two pauses. */
const STEP = 1_024

/** By start. */
export function* matchingRows(session: SessionModel, test: RowTest): Generator<void, SortedRowIndex> {
  const { order } = session.operations
  const matching = new SortedRowIndex()
  for (let position = 0; position < order.length; position++) {
    if (position % STEP === 0) yield
    const row = order.row(position)
    if (test(session, row)) matching.push(row)
  }
  return matching
}
