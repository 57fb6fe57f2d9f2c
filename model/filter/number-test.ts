// Panel: whether a number of an operation is in the range that a filter means. Touches no DOM.
import type { SessionModel } from '../session/session-model.ts'
import { knownDuration } from '../session/shown-duration.ts'
import type { NumberKey, NumberRange } from './term.ts'

/** What is not known is in no range. */
export function numberTest(key: NumberKey, range: NumberRange, session: SessionModel): (row: number) => boolean {
  const { least, most, open } = range
  const inRange = open
    ? (value: number) => value > least && value < most
    : (value: number) => value >= least && value <= most
  const { operations } = session
  const { status, size } = operations.requests
  if (key === 'status') return row => status.get(row) > 0 && inRange(status.get(row))
  if (key === 'size') return row => inRange(size.get(row))
  return row => inRange(knownDuration(session, row))
}
