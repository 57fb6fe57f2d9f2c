// Panel: outcomes in words.
import type { SessionModel } from '../session/session-model.ts'

/** Of one that has no end and, as far as is known, gets none. */
export const END_UNKNOWN = 'end unknown'

/** How an operation ended, that it runs, or that it got no end. */
export function endText({ operations }: SessionModel, row: number): string {
  if (operations.endIsUnknown(row)) return END_UNKNOWN
  const outcome = operations.outcomeOf(row)
  return outcome === 'pending' ? 'running' : outcome
}
