// Model: statistics of a session that include the operations that were lost, as far as those are known.
import { ExactTotals } from '../../session/exact-totals.ts'
import type { SessionMetrics } from '../../session/format.ts'
import type { OperationStats } from '../../session/operation-totals.ts'
import type { GroupTotals } from '../analysis/group-totals.ts'
import type { Rows } from './rows-in.ts'
import type { SessionModel } from './session-model.ts'

/** What the statistics are computed from. */
type Recorded = Pick<SessionModel, 'operations' | 'gaps' | 'file'>

/** Statistics of the whole session: exact, except that only the number of some lost operations is known. */
export function sessionStats(session: Recorded): SessionMetrics {
  const { stats } = session.operations
  const ended = withLost(stats.totals, session)
  const pendingOperations = stats.count('pending')
  return { ...ended, totalOperations: ended.totalOperations + pendingOperations, pendingOperations }
}

/**
 * Statistics of the operations that are shown. Lost operations are included only if all of the session is shown: whether
 * they match a filter, and when they were, is not known.
 *
 * @param totals of the operations that are shown.
 * @returns `all` includes operations without an end; `unknown` is how many lost operations have no statistics.
 */
export function shownStats(
  session: Recorded,
  { from, to }: Rows,
  totals: GroupTotals,
): OperationStats & { all: number; unknown: number } {
  const { operations, gaps } = session
  const whole = totals.others === 0 && to - from === operations.order.length
  const stats = whole ? withLost(totals, session) : totals.stats()
  const ended = totals.ended + (whole ? gaps.lost : 0)
  const unknown = ended - stats.totalOperations
  return { ...stats, all: ended + totals.running + totals.endUnknown, unknown }
}

/**
 * Statistics of the operations that ended, lost ones included. An imported file has no statistics of its lost operations,
 * so those of the whole file are used.
 * @param listed of the operations that are recorded.
 */
function withLost(listed: ExactTotals, { gaps: { lost, lostTotals }, file }: Recorded): OperationStats {
  if (file && lost > 0) {
    const { successfulOperations, failedOperations, cancelledOperations } = file.metrics
    return { ...file.metrics, totalOperations: successfulOperations + failedOperations + cancelledOperations }
  }
  const all = new ExactTotals()
  all.merge(listed)
  all.merge(lostTotals)
  return all.stats()
}
