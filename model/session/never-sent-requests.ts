// Model: calls that made no request. The browser refuses some without a word in any log (a forbidden method, a GET with a
// body, an invalid header), and answers others by a preload: https://html.spec.whatwg.org/#link-type-preload.
import type { NetworkLook } from '../../wire/log.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import type { HttpDetail } from '../../wire/operations.ts'
import type { DocumentNumber, Row } from '../numbers.ts'
import { endByDevtools, setHttp } from './devtools-corrections.ts'
import { devtoolsEnd } from './devtools-end.ts'
import { requestKey } from './join-sides.ts'
import type { NetworkJoin } from './network-join.ts'
import type { OperationTable } from './operation-table.ts'

/** Milliseconds after which a request that was made is in DevTools' list, on a busy machine too. */
export const LISTED_AFTER = 2_000

/**
 * Looks for pending calls that are not among the requests without a response in DevTools' list, and that can own no request
 * that is still to be joined. Should such a call end after all, the reason goes.
 * @param wallOffsetOf as `Batch.wallOffset`, of a document by its number.
 */
export function noteNeverSent(
  operations: OperationTable,
  join: NetworkJoin,
  { time, since = 0, unanswered }: NetworkLook,
  wallOffsetOf: (document: DocumentNumber) => number,
): void {
  const listed = new Set(unanswered)
  const undecided = join.undecidedKeys()
  const isMissing = (start: number, { method, url }: HttpDetail): boolean => {
    const key = requestKey(method, url)
    return start >= since && start <= time - LISTED_AFTER && !listed.has(key) && !undecided.has(key)
  }

  for (const row of operations.openRows()) {
    if (operations.outcomeOf(row) !== 'pending' || operations.kindOf(row) === 'beacon') continue
    const http = operations.details.get(row)?.http
    if (!http || operations.endIsUnknown(row) || http.devtools) continue
    const start = operations.start.get(row) + wallOffsetOf(operations.document.get(row))
    if (!isMissing(start, http)) continue
    const preload = join.takePreload(row, http.method, http.url)
    if (preload) endByPreload(operations, row, start, http, preload)
    else operations.setEndReason(row, 'never-sent')
  }
}

/** @param start of the call, in epoch milliseconds by the wall clock. */
function endByPreload(
  operations: OperationTable,
  row: Row,
  start: number,
  http: HttpDetail,
  preload: NetworkRequest,
): void {
  const end = devtoolsEnd(preload)
  if (!end) return
  const late = (time: number): number => Math.max(0, preload.startTime + time - start)
  setHttp(operations, row, {
    ...http,
    ...(preload.status > 0 ? { status: preload.status } : {}),
    ...(end.headersDuration === undefined ? {} : { headersDuration: late(end.headersDuration) }),
    preloaded: true,
    endSource: 'devtools',
    devtools: preload,
  })
  endByDevtools(operations, row, { ...end, duration: late(end.duration) })
}
