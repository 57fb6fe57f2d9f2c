// Model: the times of an operation, as other formats name them.
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { shownDuration } from '../session/shown-duration.ts'

export interface OperationTimes {
  /** Milliseconds since the Unix epoch. */
  start: number
  /** Milliseconds to the end, of a request to the end of its body. Of a running operation: to the session's latest moment. */
  total: number
  /** Milliseconds to the response's headers, if that is known. */
  headers?: number
  /** The operation has no end. */
  isPending: boolean
}

export function timesOf(session: SessionModel, row: Row): OperationTimes {
  const { operations } = session
  const start = operations.start.get(row)
  const isPending = operations.outcomeOf(row) === 'pending'
  const shown = shownDuration(session, row)
  const headers = isPending ? undefined : operations.details.get(row)?.http?.headersDuration
  return { start, total: shown, ...(headers === undefined ? {} : { headers }), isPending }
}
