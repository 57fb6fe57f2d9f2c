// Panel: what DevTools saw of a request completes what the page told of it. Touches no DOM.

import type { NetworkRequest } from '../../wire/network.ts'
import type { HttpDetail } from '../../wire/operations.ts'
import { PENDING } from '../../wire/operations.ts'
import { devtoolsEnd } from './devtools-end.ts'
import type { OperationTable } from './operation-table.ts'

/** @param elapsed milliseconds from the operation's start to this request's, where it was redirected. */
export function joinRequest(
  operations: OperationTable,
  row: number,
  http: HttpDetail,
  request: NetworkRequest,
  elapsed: number,
): void {
  const { status, transferSize, unfinished } = request
  const end = devtoolsEnd(request, elapsed, http.redirect !== 'manual')
  const joined: HttpDetail = { ...http, devtools: request }
  if (!end) {
    operations.setHttp(row, joined)
    return
  }
  // Resource Timing's figure is a guess: the body's size and 300.
  if (transferSize !== undefined && !unfinished) joined.transferSize = transferSize
  const bodyDuration = elapsed + request.duration
  // What the page got of a network error.
  const name = operations.kindOf(row) === 'xhr' ? 'NetworkError' : 'TypeError'
  const error = end.error && { ...end.error, name }
  if (operations.outcome.get(row) === PENDING) {
    delete joined.endUnknown
    joined.endSource = 'devtools'
    // A response that the browser kept from the page, by CORS: to it there was none.
    if (status > 0 && request.error !== 'net::ERR_FAILED') joined.status = status
    if (status > 0 && !unfinished) joined.bodyDuration = bodyDuration
    operations.setHttp(row, joined)
    operations.endByDevtools(row, error ? { ...end, error } : end)
    return
  }
  if (http.endSource === 'devtools' && status > 0 && !unfinished) joined.bodyDuration = bodyDuration
  // A promise that was fulfilled, and a body that was given up.
  if (operations.outcomeOf(row) === 'cancelled' && status > 0) joined.status = status
  operations.setHttp(row, joined)
  // A signal that is aborted once its request has failed looks to the page as if it had been aborted before.
  if (error) operations.failCancelled(row, error)
  // Of another origin, the page was told only when the body ended.
  const duration = operations.duration.get(row)
  const withheld = http.endSource === 'resource-timing' && status > 0 && http.bodyDuration === duration
  if (withheld && end.duration < duration) operations.correct(row, operations.outcome.get(row), end.duration)
}
