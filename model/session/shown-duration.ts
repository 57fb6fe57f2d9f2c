// Model: how long an operation has taken, or has taken so far. A connection has no latency: how long it lives says nothing
// about how long somebody waited.
import { isConnection, PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import type { SessionModel } from './session-model.ts'

/**
 * Milliseconds. A running operation counts up to the latest recorded moment. One that never gets an end has 0: how long it
 * took is not known, so it is shown as a point where it began.
 */
export function shownDuration({ operations, latest }: SessionModel, row: Row): number {
  if (operations.outcome.get(row) === PENDING) {
    return operations.endIsUnknown(row) ? 0 : Math.max(0, latest - operations.start.get(row))
  }
  const duration = operations.duration.get(row)
  return Number.isNaN(duration) ? 0 : duration
}

/** How long somebody has waited for an operation, in milliseconds. NaN for a connection, and where it is not known. */
export function latency(session: SessionModel, row: Row): number {
  const { operations } = session
  if (operations.outcome.get(row) !== PENDING) return operations.latencyOf(row)
  return operations.endIsUnknown(row) || isConnection(operations.kind.get(row))
    ? Number.NaN
    : shownDuration(session, row)
}

/**
 * A running operation is slow once it has run for the threshold. One that never gets an end, and a connection, is not slow.
 * @param threshold milliseconds
 */
export function isSlow(session: SessionModel, row: Row, threshold: number): boolean {
  return latency(session, row) >= threshold
}
