// Panel: whether an operation is slow. Touches no DOM.
import { PENDING } from './outcome-figures.ts'
import type { SessionFold } from './session-fold.ts'
import { shownDuration } from './shown-duration.ts'

/**
 * One that runs is slow once it has run that long. Of one whose end will never be known nothing is said.
 * @param threshold milliseconds
 */
export function isSlow(session: SessionFold, row: number, threshold: number): boolean {
  if (shownDuration(session, row) < threshold) return false
  return session.operations.outcome.get(row) !== PENDING || !endIsUnknown(session, row)
}

/** Whether an operation that has no end gets none any more. */
export function endIsUnknown({ operations }: SessionFold, row: number): boolean {
  const { http, connection, endUnknown } = operations.details.get(row) ?? {}
  return (endUnknown ?? http?.endUnknown ?? connection?.endUnknown) !== undefined
}
