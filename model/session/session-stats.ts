// Panel: figures that hold also what was dropped on the way. Touches no DOM.
import { ExactTotals } from '../../session/exact-totals.ts'
import type { SessionMetrics } from '../../session/format.ts'
import type { OperationFigures } from '../../session/operation-totals.ts'
import type { GroupTotals } from '../analysis/group-totals.ts'
import type { Rows } from './rows-in.ts'
import type { SessionModel } from './session-model.ts'

/** What is recorded of a session's operations. */
type Recorded = Pick<SessionModel, 'operations' | 'gaps' | 'file'>

/** Of the whole session, exact, but for operations of which nothing is known but their number. */
export function sessionStats(session: Recorded): SessionMetrics {
  const { stats } = session.operations
  const ended = withLost(stats.totals, session)
  const pendingOperations = stats.count('pending')
  return { ...ended, totalOperations: ended.totalOperations + pendingOperations, pendingOperations }
}

/**
 * Of the operations that are shown. Where that is all of the session, what was dropped is in them; nobody knows what
 * of it would pass a filter, or when it was.
 *
 * @param totals of the operations that are shown.
 * @returns `all` counts those without an end too, `unknown` those of which nothing is known but that they are missing.
 */
export function shownStats(
  session: Recorded,
  { from, to }: Rows,
  totals: GroupTotals,
): OperationFigures & { all: number; unknown: number } {
  const { operations, gaps } = session
  const whole = to - from === operations.length
  const figures = whole ? withLost(totals, session) : totals.figures()
  const ended = totals.histogram.count + (whole ? gaps.lost : 0)
  const unknown = ended - figures.totalOperations
  return { ...figures, all: ended + totals.running + totals.endUnknown, unknown }
}

/** Of the operations that ended. A file has the figures of what was dropped in those of the whole alone. */
function withLost(listed: ExactTotals, { gaps: { lost, lostTotals }, file }: Recorded): OperationFigures {
  if (file && lost > 0) {
    const { successfulOperations, failedOperations, cancelledOperations } = file.metrics
    return { ...file.metrics, totalOperations: successfulOperations + failedOperations + cancelledOperations }
  }
  const all = new ExactTotals()
  all.merge(listed)
  all.merge(lostTotals)
  return all.figures()
}
