// Panel: figures that hold also what was dropped on the way. Touches no DOM.
import { ExactTotals } from '../../session/exact-totals.ts'
import type { OperationFigures } from '../../session/operation-totals.ts'
import type { GroupTotals } from '../analysis/group-totals.ts'
import type { Rows } from './rows-in.ts'
import type { SessionFold } from './session-fold.ts'

/** What is recorded of a session's operations. */
type Recorded = Pick<SessionFold, 'operations' | 'gaps'>

/** Of the whole session, exact, but for operations of which nothing is known but their number. */
export function sessionFigures({ operations, gaps }: Recorded): OperationFigures & { pendingOperations: number } {
  const { figures } = operations
  return { ...withLost(figures.totals, gaps), pendingOperations: figures.count('pending') }
}

/**
 * Of the operations that are shown. Where that is all of the session, what was dropped is in them; nobody knows what
 * of it would pass a filter, or when it was.
 *
 * @param totals of the operations that are shown.
 */
export function shownFigures(
  { operations, gaps }: Recorded,
  { from, to }: Rows,
  totals: GroupTotals,
): OperationFigures & { all: number } {
  const whole = to - from === operations.length
  const figures = whole ? withLost(totals, gaps) : totals.figures()
  return { ...figures, all: figures.totalOperations + totals.running + totals.endUnknown + (whole ? gaps.unknown : 0) }
}

function withLost(listed: ExactTotals, { lostTotals }: Recorded['gaps']): OperationFigures {
  const all = new ExactTotals()
  all.merge(listed)
  all.merge(lostTotals)
  return all.figures()
}
