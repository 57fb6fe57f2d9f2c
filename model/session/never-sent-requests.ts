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
const NEVER_SENT = 'never-sent'

export class NeverSentRequests {
  readonly #operations: OperationTable
  readonly #join: NetworkJoin
  readonly #wallOffsetOf: (document: DocumentNumber) => number
  /** The latest, and the methods and URLs in it. */
  #look: NetworkLook | undefined
  #listed: ReadonlySet<string> = new Set()
  /** Whether a call is left that could not be decided by it. */
  #isUndecided = false

  /** @param wallOffsetOf as `Batch.wallOffset`, of a document by its number. */
  constructor(operations: OperationTable, join: NetworkJoin, wallOffsetOf: (document: DocumentNumber) => number) {
    this.#operations = operations
    this.#join = join
    this.#wallOffsetOf = wallOffsetOf
  }

  take(look: NetworkLook): void {
    this.#look = look
    this.#listed = new Set(look.unanswered)
    this.#note()
  }

  /** More requests have been joined or reported since. */
  again(): void {
    if (this.#isUndecided) this.#note()
  }

  /**
   * Looks for pending calls that are not among the requests without a response in DevTools' list, and that can own no request
   * that is still to be joined. Should such a call end after all, the reason goes.
   */
  #note(): void {
    const operations = this.#operations
    const undecided = this.#join.undecidedKeys()
    this.#isUndecided = false
    for (const row of operations.openRows()) {
      if (operations.outcomeOf(row) !== 'pending' || operations.kindOf(row) === 'beacon') continue
      const http = operations.details.get(row)?.http
      const reason = operations.endReasonOf(row)
      if (!http || http.devtools || (reason !== undefined && reason !== NEVER_SENT)) continue
      const start = operations.start.get(row) + this.#wallOffsetOf(operations.document.get(row))
      if (!this.#isMissing(start, http)) continue
      // A preload that takes longer may still be reported.
      this.#isUndecided = true
      if (undecided.has(requestKey(http.method, http.url))) continue
      const preload = this.#join.takePreload(row, http.method, http.url)
      if (preload) endByPreload(operations, row, start, http, preload)
      else operations.setEndReason(row, NEVER_SENT)
    }
  }

  #isMissing(start: number, { method, url }: HttpDetail): boolean {
    const { time, since = 0 } = this.#look ?? { time: Number.NEGATIVE_INFINITY }
    return start >= since && start <= time - LISTED_AFTER && !this.#listed.has(requestKey(method, url))
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
