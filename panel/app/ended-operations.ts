// Panel: finds the operations that ended since it was last asked, each once.
import type { Row } from '../../model/numbers.ts'
import { OTHER } from '../../model/session/operation-table.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import { PENDING } from '../../wire/operations.ts'

/** Running operations that are watched until they end. The ends of more than these are not noticed. */
export const MAX_RUNNING = 10_000

export interface EndedOperations {
  session: SessionModel
  /** The rows that have ended since the last call. */
  take(): Iterable<Row>
}

/** @param since epoch milliseconds. If the session is older, operations that have already ended are left out. */
export function endedOperations(session: SessionModel, since: number): EndedOperations {
  const { operations } = session
  const running = new Set<Row>()
  const watch = (row: Row): void => {
    if (running.size < MAX_RUNNING) running.add(row)
  }
  let next = 0 as Row
  if (session.createdAt < since) {
    next = operations.length as Row
    for (const row of operations.openRows()) if (operations.outcome.get(row) === PENDING) watch(row)
  }
  return {
    session,
    *take() {
      for (const row of running) {
        if (operations.outcome.get(row) === PENDING) continue
        running.delete(row)
        yield row
      }
      for (; next < operations.length; next++) {
        if (operations.kind.get(next) === OTHER) continue
        if (operations.outcome.get(next) === PENDING) watch(next)
        else yield next
      }
    },
  }
}
