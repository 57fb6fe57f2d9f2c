// Panel: the operations that match a filter. Touches no DOM.
import type { SessionFold } from '../session/session-model.ts'
import { StartOrder } from '../session/sorted-row-index.ts'

/** Whether the operation in a row of a session's table is to be shown. */
export type RowTest = (session: SessionFold, row: number) => boolean

/** Operations between two pauses. */
const STEP = 1_024

/** By start. */
export function* matchingRows(session: SessionFold, test: RowTest): Generator<void, StartOrder> {
  const { order } = session.operations
  const matching = new StartOrder()
  for (let position = 0; position < order.length; position++) {
    if (position % STEP === 0) yield
    const row = order.row(position)
    if (test(session, row)) matching.push(row)
  }
  return matching
}
