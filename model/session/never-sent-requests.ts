// Panel: calls that made no request. The browser refuses some without a word in any log: a forbidden method, a GET
// with a body, an invalid header. Touches no DOM.
import type { NetworkLook } from '../../wire/log.ts'
import type { OperationTable } from './operation-table.ts'

/** Milliseconds after which a request that was made is in DevTools' list, on a busy machine too. */
export const LISTED_AFTER = 2_000

/**
 * What DevTools has no request of is pending for a reason: should it end after all, the reason goes.
 * @param wallOffsetOf as `Batch.wallOffset`, of a document by its number.
 */
export function noteNeverSent(
  operations: OperationTable,
  { time, since = 0, unanswered }: NetworkLook,
  wallOffsetOf: (document: number) => number,
): void {
  const listed = new Set(unanswered)
  for (const row of operations.openRows()) {
    if (operations.outcomeOf(row) !== 'pending' || operations.kindOf(row) === 'beacon') continue
    const start = operations.start.get(row) + wallOffsetOf(operations.document.get(row))
    if (start < since || start > time - LISTED_AFTER) continue
    const http = operations.details.get(row)?.http
    if (!http || operations.endIsUnknown(row) || http.devtools) continue
    if (listed.has(`${http.method} ${http.url.replace(/#.*$/, '')}`)) continue
    operations.setEndReason(row, 'never-sent')
  }
}
