// Model: what DevTools saw of a request completes what the page reported of it.

import { isStreamedResponse } from '../../session/streamed-response.ts'
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'
import { CANCELLED, type ErrorDetail, type HttpDetail, OUTCOMES, PENDING, STREAM } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { endByDevtools, failByDevtools, setHttp } from './devtools-corrections.ts'
import { type DevtoolsEnd, devtoolsEnd, pageStatusOf } from './devtools-end.ts'
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
  const { transferSize, unfinished } = request
  const status = pageStatusOf(request)
  const end = devtoolsEnd(request, elapsed, http.redirect !== 'manual')
  // DevTools reports each hop of a redirect on its own, and this is the last one.
  const phases = elapsed > 0 ? { redirect: elapsed, ...request.phases } : request.phases
  const joined: HttpDetail = { ...http, devtools: { ...request, phases } }
  if (!end) {
    setHttp(operations, row, joined)
    return
  }
  // Resource Timing only has the body's size and 300 bytes:
  // https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize
  if (transferSize !== undefined && !unfinished) joined.transferSize = transferSize
  // The status that the page got, as far as DevTools knows it. If CORS keeps a response from the page, it got none.
  const pageStatus = status > 0 && status !== NOT_MODIFIED && request.error !== FORBIDDEN ? { status } : {}
  // What the page got of a network error.
  const name = operations.kindOf(row) === 'xhr' ? 'NetworkError' : 'TypeError'
  const error = end.error && { ...end.error, name }
  const lastKnown = end.bodyEndUnknown ? lastKnownOf(end, request, http.devtools, elapsed) : end.duration
  if (isStreamedResponse({ ...joined, ...headersOf(end) }, lastKnown)) operations.setStream(row)
  const isStream = operations.kind.get(row) === STREAM
  const duration = isStream ? end.duration : lastKnown
  const bodyEnd: Partial<HttpDetail> = end.bodyEndUnknown && !isStream ? { bodyEndUnknown: true } : {}
  if (operations.outcome.get(row) === PENDING) {
    setHttp(operations, row, { ...joined, ...pageStatus, ...headersOf(end), ...bodyEnd, endSource: 'devtools' })
    // A stream runs until it is closed, as any connection does.
    if (!isStream || !unfinished) endByDevtools(operations, row, { ...end, ...(error ? { error } : {}), duration })
    return
  }
  // The response was there, and its body was abandoned before it ended: Resource Timing then gives no status.
  if (http.status === undefined) Object.assign(joined, pageStatus)
  const outcome = operations.outcome.get(row)
  const known = operations.duration.get(row)
  let [correctedOutcome, corrected] = [outcome, known]
  if (http.endSource === 'devtools' && outcome !== CANCELLED) {
    delete joined.bodyEndUnknown
    Object.assign(joined, bodyEnd)
    corrected = duration
    if (isExchanged(request, http.devtools)) {
      Object.assign(joined, pageStatus, headersOf(end))
      correctedOutcome = OUTCOMES.indexOf(end.outcome)
    }
  } else {
    // For a response from another origin, the page cannot see when the headers came.
    if (end.headersDuration !== undefined) joined.headersDuration ??= Math.min(end.headersDuration, known)
    if (bodyEnd.bodyEndUnknown && !unfinished && outcome !== CANCELLED && !operations.details.get(row)?.error) {
      joined.bodyEndUnknown = true
      // The page and DevTools read the headers' time from different clocks: a body never ends before either of them.
      corrected = Math.min(known, Math.max(lastKnown, joined.headersDuration ?? 0))
    }
    // An abort takes effect when it is called; the page's thread comes to its entry later.
    if (status === 0 && http.endSource === 'resource-timing') corrected = Math.min(known, end.duration)
  }
  setHttp(operations, row, joined)
  if (isStream && unfinished && http.endSource === 'devtools') {
    operations.endedByDevtools.delete(row)
    operations.reopen(row)
    return
  }
  if (corrected !== known || correctedOutcome !== outcome) operations.correctEnd(row, correctedOutcome, corrected)
  if (error && knowsBetter(operations, row, http, error)) failByDevtools(operations, row, error)
  // `window.stop()` and a frame that is removed cancel requests, which Resource Timing reports like failures.
  if (end.outcome === 'cancelled' && operations.details.get(row)?.error?.code === 'network') {
    operations.correctEnd(row, CANCELLED, corrected)
    const { error: _, ...detail } = operations.details.get(row) ?? {}
    operations.setDetail(row, detail)
  }
}

/** Whether the request that ended the row was found to be another operation's. */
function isExchanged(request: NetworkRequest, before: NetworkRequest | undefined): boolean {
  return before !== undefined && !before.redirectUrl && requestIdentity(before) !== requestIdentity(request)
}

function headersOf({ headersDuration }: DevtoolsEnd): Pick<HttpDetail, 'headersDuration'> {
  return headersDuration === undefined ? {} : { headersDuration }
}

/** Milliseconds to the last that is known of a body without an end: what of it had come, or else the headers. */
function lastKnownOf(
  { duration, headersDuration = duration }: DevtoolsEnd,
  { unfinished }: NetworkRequest,
  before: NetworkRequest | undefined,
  elapsed: number,
): number {
  if (unfinished) return duration
  return before?.unfinished ? Math.max(headersDuration, elapsed + before.duration) : headersDuration
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
