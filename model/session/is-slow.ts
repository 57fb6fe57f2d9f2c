// Panel: whether an operation is slow. Touches no DOM.
import type { Row } from '../numbers.ts'
import type { SessionModel } from './session-model.ts'
import { shownDuration } from './shown-duration.ts'

/**
 * One that runs is slow once it has run that long. Of one whose end will never be known nothing is said.
 * @param threshold milliseconds
 */
export function isSlow(session: SessionModel, row: Row, threshold: number): boolean {
  return shownDuration(session, row) >= threshold && !session.operations.endIsUnknown(row)
}
