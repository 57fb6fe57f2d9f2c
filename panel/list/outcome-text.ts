// Panel: outcomes in words.
import type { Outcome } from '../../wire/operations.ts'
import { endIsUnknown } from '../session/is-slow.ts'
import type { SessionFold } from '../session/session-fold.ts'

export function outcomeText(outcome: Outcome): string {
  return outcome === 'pending' ? 'running' : outcome
}

/** How an operation ended, that it runs, or that it got no end. */
export function endText(session: SessionFold, row: number): string {
  const outcome = session.operations.outcomeOf(row)
  return outcome === 'pending' && endIsUnknown(session, row) ? 'end unknown' : outcomeText(outcome)
}
