// Model: how a request ended, by what DevTools saw of it. Touches no DOM.
import type { NetworkRequest } from '../../wire/network.ts'
import type { ErrorDetail, Outcome } from '../../wire/operations.ts'

export interface DevtoolsEnd {
  outcome: Exclude<Outcome, 'pending'>
  /** Milliseconds to the response's headers; to the end of the request where there were none. */
  duration: number
  error?: ErrorDetail
}

/**
 * Undefined for a redirect that is being followed: its end is the next request's.
 * @param elapsed milliseconds from the operation's start to this request's, where it was redirected.
 */
export function devtoolsEnd(request: NetworkRequest, elapsed = 0, followed = true): DevtoolsEnd | undefined {
  const { status, error, phases } = request
  if (request.redirectUrl && followed && error === undefined) return undefined
  const { queued = 0, dns = 0, connect = 0, send = 0, wait = 0 } = phases
  const toHeaders = queued + dns + connect + send + wait
  const duration = elapsed + (status > 0 ? Math.min(request.duration, toHeaders) : request.duration)
  // A response without a body, such as that to HEAD, is "aborted" after its headers.
  if (error === 'net::ERR_ABORTED' && status === 0) return { outcome: 'cancelled', duration }
  if (error !== undefined && error !== 'net::ERR_ABORTED') {
    return { outcome: 'failed', duration, error: { name: 'TypeError', message: error } }
  }
  return { outcome: status >= 400 ? 'failed' : 'ok', duration }
}
