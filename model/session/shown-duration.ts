// Panel: how long an operation has taken, or takes so far. Touches no DOM.
import { PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from './session-model.ts'

/**
 * Milliseconds: of a running operation, up to the latest moment that was recorded. 0 of one that gets no end: it is
 * shown where it began, and seems to take no time that nobody knows of.
 */
export function shownDuration({ operations, latest }: SessionModel, row: Row): number {
  if (operations.outcome.get(row) === PENDING) {
    return operations.endIsUnknown(row) ? 0 : Math.max(0, latest - operations.start.get(row))
  }
  const duration = operations.duration.get(row)
  return Number.isNaN(duration) ? 0 : duration
}

/** Milliseconds, as `shownDuration`; NaN where it is not known: of an operation that gets no end, too. */
export function knownDuration(session: SessionModel, row: Row): number {
  const { operations } = session
  if (operations.outcome.get(row) !== PENDING) return operations.duration.get(row)
  return operations.endIsUnknown(row) ? Number.NaN : shownDuration(session, row)
}
