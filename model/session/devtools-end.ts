// Model: how a request ended, by what DevTools saw of it.
import type { NetworkRequest } from '../../wire/network.ts'
import type { ErrorDetail, Outcome } from '../../wire/operations.ts'

/** https://fetch.spec.whatwg.org/#null-body-status */
const NULL_BODY_STATUSES = [101, 103, 204, 205, 304]

const ABORTED = 'net::ERR_ABORTED'

export interface DevtoolsEnd {
  outcome: Exclude<Outcome, 'pending'>
  /** Milliseconds to the end of the response's body. If that is not known, to the last data or to when the body was abandoned. */
  duration: number
  /** Milliseconds to the response's headers; undefined if there was no response. */
  headersDuration?: number
  /** The end of the body is not known. */
  bodyEndUnknown?: true
  error?: ErrorDetail
}

/**
 * Undefined for a redirect that is being followed: its end is the next request's.
 * @param elapsed milliseconds from the operation's start to this request's, where it was redirected.
 */
export function devtoolsEnd(request: NetworkRequest, elapsed = 0, followed = true): DevtoolsEnd | undefined {
  const { error, method, unfinished } = request
  const status = pageStatusOf(request)
  if (request.redirectUrl && followed && error === undefined) return undefined
  if (status === 0) {
    const duration = elapsed + request.duration
    if (error === ABORTED) return { outcome: 'cancelled', duration }
    // Chromium does not say that a page may not load a file.
    if (error === undefined && request.url.startsWith('file:') && !request.bodySize)
      return { outcome: 'failed', duration, error: { name: 'TypeError', code: 'network' } }
    return error === undefined
      ? { outcome: 'ok', duration }
      : { outcome: 'failed', duration, error: { name: 'TypeError', message: error } }
  }
  const headersDuration = elapsed + Math.min(request.duration, timeToHeaders(request))
  const duration = elapsed + request.duration
  if (error !== undefined && error !== ABORTED) {
    return { outcome: 'failed', duration, headersDuration, error: { name: 'TypeError', message: error } }
  }
  const outcome = status >= 400 ? 'failed' : 'ok'
  if (unfinished) return { outcome, duration, headersDuration, bodyEndUnknown: true }
  // The body was abandoned, which also happens when a response that nobody reads is garbage-collected: `duration` is up to
  // that moment (https://github.com/whatwg/fetch/issues/1813). A response that has no body is "aborted" as well.
  const hasNoBody = method === 'HEAD' || NULL_BODY_STATUSES.includes(status)
  if (error !== undefined && !hasNoBody) return { outcome, duration, headersDuration, bodyEndUnknown: true }
  return { outcome, duration, headersDuration }
}

/**
 * 0 if the page got none. Of a request that was aborted while its response was on the way to the page, DevTools knows the
 * status from the network service, but none of the times that come with the response.
 */
export function pageStatusOf({ status, error, mimeType, phases }: NetworkRequest): number {
  return error === ABORTED && mimeType === undefined && !phases.wait && !phases.receive ? 0 : status
}

/** Milliseconds to the response, or to the end where there was none. Clear counts a request as earlier if that was before. */
export function answeredAfter({ headersDuration, duration }: DevtoolsEnd): number {
  return headersDuration ?? duration
}

function timeToHeaders({ phases }: NetworkRequest): number {
  const { queued = 0, dns = 0, connect = 0, send = 0, wait = 0 } = phases
  return queued + dns + connect + send + wait
}
