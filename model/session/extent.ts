// Model: the time from the first to the last thing that happened in a session: the time axis of its charts. A page that does
// nothing is still sampled; the axis does not grow with that.
import { isConnection, PENDING } from '../../wire/operations.ts'
import type { SessionModel } from './session-model.ts'

/** Epoch milliseconds. It ends now while an operation is running. */
export function extentOf(session: SessionModel): { from: number; to: number } {
  const { first, latest, lastActivity, operations, gaps } = session
  let to = Math.max(first, lastActivity, operations.lastMoment)
  // While recording is paused nothing is lost that the session is about.
  for (const { reason, endTime } of gaps.all) {
    if (endTime !== undefined && reason !== 'paused' && reason !== 'session-full') to = Math.max(to, endTime)
  }
  return { from: first, to: isRunning(session) ? Math.max(to, latest) : to }
}

/** An open connection is activity only when a message goes over it. */
function isRunning({ operations }: SessionModel): boolean {
  for (const row of operations.openRows()) {
    const isOpen = operations.outcome.get(row) === PENDING && !operations.endIsUnknown(row)
    if (isOpen && !isConnection(operations.kind.get(row))) return true
  }
  return false
}
