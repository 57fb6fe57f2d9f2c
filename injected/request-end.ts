// Page's own world (MAIN): what a Resource Timing entry says about how a request ended.
import type { ErrorDetail, HttpDetail, Outcome } from '../wire/operations.ts'
import type { PageWord } from '../wire/page-words.ts'
import type { Timing } from '../wire/request-timing.ts'
import { abortReason, bare, exceptionMessage, exceptionName, max } from './natives.ts'
import { read } from './read.ts'
import { type RequestCall, signalAborted } from './request-call.ts'

export interface RequestEnd {
  outcome: Exclude<Outcome, 'pending'>
  /** Milliseconds from the call to the response's headers; to the end of the request where there were none. */
  duration: number
  error: ErrorDetail | undefined
  http: Partial<HttpDetail>
}

/**
 * The end of `call` by its entry. Chromium reports status 0 alike for network errors, CORS blocks, aborts
 * before the response and opaque responses; the call's signal and mode tell them apart as far as can be.
 * Undefined where they can't: an opaque response looks like a failure, by design.
 */
export function endOf(call: RequestCall, entry: Timing, inferred: boolean): RequestEnd | undefined {
  const { responseStatus, responseEnd } = entry
  const headers = entry.finalResponseHeadersStart || entry.responseStart
  const http: Partial<HttpDetail> = bare({
    endSource: 'resource-timing',
    match: inferred ? 'inferred' : 'exact',
    timing: entry,
  })
  // Without the time of the headers (another origin's) `duration` is the body's too, until DevTools tells.
  if (headers > 0 || responseStatus > 0) http.bodyDuration = since(call, responseEnd)
  const duration = since(call, headers > 0 ? headers : responseEnd)
  if (call.abortTime !== undefined && call.abortTime <= responseEnd)
    return { outcome: 'cancelled', duration, http, error: undefined }
  if (responseStatus > 0) {
    http.status = responseStatus
    return { outcome: responseStatus >= 400 ? 'failed' : 'ok', duration, http, error: undefined }
  }
  if (signalAborted(call)) return { ...abortedEnd(call), duration, http }
  if (call.mode === 'no-cors' || call.manual) return undefined
  return { outcome: 'failed', duration, error: errorOf(call, duration), http }
}

const timedOut: ErrorDetail = { name: 'TimeoutError', message: 'timeout' satisfies PageWord }

function errorOf({ kind, timeout = 0 }: RequestCall, duration: number): ErrorDetail {
  if (timeout > 0 && duration >= timeout) return timedOut
  const name = kind === 'xhr' ? 'NetworkError' : 'TypeError'
  const message: PageWord = 'network'
  return { name, message }
}

/** An abort is no failure, unless its reason is a timeout. */
export function abortedEnd({ signal }: RequestCall): Pick<RequestEnd, 'outcome' | 'error'> {
  const reason = abortReason(signal)
  if (read(exceptionName, reason) === 'TimeoutError') {
    return { outcome: 'failed', error: { name: 'TimeoutError', message: exceptionMessage(reason) as string } }
  }
  return { outcome: 'cancelled', error: undefined }
}

function since({ start }: RequestCall, time: number): number {
  return max(0, time - start)
}
