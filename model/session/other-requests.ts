// Model: requests that are no operations, such as documents, scripts, images and those of workers, as rows for the lists. They are
// in no statistics of the session, and in a file they have a list of their own.
import type { NetworkRequest } from '../../wire/network.ts'
import { OUTCOMES, PENDING } from '../../wire/operations.ts'
import { hostOf, shortUrl } from '../../wire/short-url.ts'
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'
import { devtoolsEnd } from './devtools-end.ts'
import type { NetworkJoin } from './network-join.ts'
import { type OperationTable, OTHER } from './operation-table.ts'
import { SortedRowIndex } from './sorted-row-index.ts'

/** DevTools doesn't say which document made them; no operation has this number as its source. */
const NO_DOCUMENT = 0xffffffff as DocumentNumber
const NO_SOURCE = 0xffff as SourceId

export class OtherRequests {
  readonly #operations: OperationTable
  readonly #join: NetworkJoin
  readonly #rows = new WeakMap<NetworkRequest, Row>()

  constructor(operations: OperationTable, join: NetworkJoin) {
    this.#operations = operations
    this.#join = join
  }

  /**
   * Those that are known by now, sorted by start. They get their rows when they are listed first: most sessions are never asked.
   * @param pageUrl requests to its host are named without it, as operations are.
   */
  listed(pageUrl: string): SortedRowIndex {
    const index = new SortedRowIndex()
    const pageHost = hostOf(pageUrl)
    for (const request of this.#join.unjoinedRequests()) {
      const row = this.#rows.get(request) ?? this.#add(request, pageHost)
      this.#rows.set(request, row)
      index.push(row)
    }
    return index
  }

  #add(request: NetworkRequest, pageHost: string): Row {
    const { method, url, status, startTime, transferSize, unfinished } = request
    const operations = this.#operations
    const row = operations.push(NO_DOCUMENT, NO_SOURCE, 0, startTime)
    // A redirect ends here: the request that follows it is listed too.
    const end = unfinished && status === 0 ? undefined : devtoolsEnd(request, 0, false)
    operations.kind.set(row, OTHER)
    operations.outcome.set(row, end ? OUTCOMES.indexOf(end.outcome) : PENDING)
    operations.duration.set(row, end?.duration ?? Number.NaN)
    operations.rename(row, `${method} ${shortUrl(url, pageHost)}`)
    operations.setDetail(row, {
      ...(end?.error ? { error: end.error } : {}),
      http: {
        method,
        url,
        ...(status > 0 ? { status } : {}),
        ...(end?.headersDuration === undefined ? {} : { headersDuration: end.headersDuration }),
        ...(end?.bodyEndUnknown ? { bodyEndUnknown: true } : {}),
        ...(transferSize === undefined ? {} : { transferSize }),
        endSource: 'devtools',
        devtools: request,
      },
    })
    return row
  }
}
