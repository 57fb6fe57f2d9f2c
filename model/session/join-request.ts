// Model: what DevTools saw of a request completes what the page reported of it.

import type { NetworkRequest } from '../../wire/network.ts'
import { type ErrorDetail, type HttpDetail, PENDING } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { correctEnd, endByDevtools, failByDevtools, setHttp } from './devtools-corrections.ts'
import { devtoolsEnd } from './devtools-end.ts'
import type { OperationTable } from './operation-table.ts'

/** What DevTools says of a response that CORS keeps from the page, and of some that came to nothing. */
const FORBIDDEN = 'net::ERR_FAILED'

/**
 * The server says that what the browser has in its cache is still right. The page then gets the cached response with the
 * status of that, unless it made the request conditional itself: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch.
 */
const NOT_MODIFIED = 304

/** @param elapsed milliseconds from the operation's start to this request's, if it was redirected. */
export function joinRequest(
  operations: OperationTable,
  row: Row,
  http: HttpDetail,
  request: NetworkRequest,
  elapsed: number,
): void {
  const { status, transferSize, unfinished } = request
  const end = devtoolsEnd(request, elapsed, http.redirect !== 'manual')
  // DevTools reports each hop of a redirect on its own, and this is the last one.
  const phases = elapsed > 0 ? { redirect: elapsed, ...request.phases } : request.phases
  const joined: HttpDetail = { ...http, devtools: { ...request, phases } }
  // The status that the page got, as far as DevTools knows it.
  const pageStatus = status > 0 && status !== NOT_MODIFIED ? { status } : {}
  if (!end) {
    setHttp(operations, row, joined)
    return
  }
  // Resource Timing only has the body's size and 300 bytes:
  // https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize
  if (transferSize !== undefined && !unfinished) joined.transferSize = transferSize
  const bodyDuration = elapsed + request.duration
  // The name of the error that the page got.
  const name = operations.kindOf(row) === 'xhr' ? 'NetworkError' : 'TypeError'
  const error = end.error && { ...end.error, name }
  if (operations.outcome.get(row) === PENDING) {
    joined.endSource = 'devtools'
    // CORS kept the response from the page, which therefore has no status.
    if (request.error !== FORBIDDEN) Object.assign(joined, pageStatus)
    if (status > 0 && !unfinished) joined.bodyDuration = bodyDuration
    setHttp(operations, row, joined)
    endByDevtools(operations, row, error ? { ...end, error } : end)
    return
  }
  if (http.endSource === 'devtools' && status > 0 && !unfinished) joined.bodyDuration = bodyDuration
  // The response was there, and its body was given up before it ended: Resource Timing then gives no status.
  if (http.status === undefined && request.error !== FORBIDDEN) Object.assign(joined, pageStatus)
  setHttp(operations, row, joined)
  if (error && knowsBetter(operations, row, http, error)) failByDevtools(operations, row, error)
  // For another origin the page only learns when the body ended, and of an abort when its thread came to it.
  const duration = operations.duration.get(row)
  const late = http.endSource === 'resource-timing' && (status === 0 || http.bodyDuration === duration)
  if (late && end.duration < duration) correctEnd(operations, row, operations.outcome.get(row), end.duration)
}

/** Whether DevTools saw a failure that the page did not, or of which the page could not know the reason. */
function knowsBetter(operations: OperationTable, row: Row, { status }: HttpDetail, { message }: ErrorDetail): boolean {
  const outcome = operations.outcomeOf(row)
  // A signal that is aborted once its request has failed looks to the page as if it had been aborted before.
  if (outcome === 'cancelled') return true
  // The promise was fulfilled, and the body broke off.
  if (outcome === 'ok') return status !== undefined
  // DevTools gives no reason for what CORS forbids.
  return message !== FORBIDDEN && operations.details.get(row)?.error?.code === 'network'
}
