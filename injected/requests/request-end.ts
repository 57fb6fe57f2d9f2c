// Page's own world (MAIN): how a request ended, by its call and its Resource Timing entry.
import { CANCELLED, type ErrorDetail, FAILED, FETCH, OK, XHR } from '../../wire/operations.ts'
import type { ErrorCode } from '../../wire/reason-codes.ts'
import { MANUAL_REDIRECT } from '../../wire/request-columns.ts'
import { abortReason, exceptionMessage, exceptionName, match, max } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { entryFields } from './entry-fields.ts'
import { ABORTED, isAbortedSignal, KIND_BITS, OPAQUE_RESPONSE, type PendingRequest } from './request-call.ts'

/**
 * Ends a request by its entry. Chromium reports status 0 alike for network errors, CORS blocks, aborts before the
 * response and opaque responses; the call's signal and mode distinguish them as far as possible.
 * Returns false where they don't: an opaque response looks like a failure, by design.
 */
export function endByTiming(request: PendingRequest, flags: number, start: number, entry: object): boolean {
  const responseStatus = entryFields.responseStatus(entry)
  const responseEnd = entryFields.responseEnd(entry)
  const { abortTime, timedOut } = request
  const duration = max(0, responseEnd - start)
  if (timedOut) fail(request, duration, 'TimeoutError', 'timeout')
  else if (abortTime !== undefined) end(request, CANCELLED, duration)
  else if (responseStatus > 0) end(request, responseStatus >= 400 ? FAILED : OK, duration)
  else if (isAbortedSignal(request.signal)) endAborted(request, duration)
  else if (flags & (OPAQUE_RESPONSE | MANUAL_REDIRECT)) return false
  else fail(request, duration, (flags & KIND_BITS) === XHR ? 'NetworkError' : 'TypeError', 'network')
  request.entry = entry
  return true
}

/**
 * Ends a call for which the browser makes no request: it was aborted beforehand, or its URL is rejected
 * (https://fetch.spec.whatwg.org/#dom-request, https://fetch.spec.whatwg.org/#scheme-fetch). Returns false for any other.
 */
export function endAtOnce(request: PendingRequest, flags: number, duration: number): boolean {
  const { rejectedReason, key } = request
  const isFetch = (flags & KIND_BITS) === FETCH
  if (flags & ABORTED) endAborted(request, duration)
  else if (rejectedReason) fail(request, duration, 'Error', rejectedReason)
  else if (key.givenUrl !== undefined && key.url === undefined) fail(request, duration, 'TypeError', 'invalid-url')
  else if (key.rejectedReason && (isFetch || (key.rejectedReason === 'unsupported-scheme' && !isFile(key.url))))
    fail(request, duration, isFetch ? 'TypeError' : 'NetworkError', key.rejectedReason)
  else return false
  return true
}

/** Chromium can be started so that an XMLHttpRequest of a page from the file system may read other files. */
const isFile = (url: string | undefined): boolean => match(/^file/, url ?? '') !== null

function end(request: PendingRequest, outcome: number, duration: number, error?: ErrorDetail): void {
  request.outcome = outcome
  request.duration = duration
  request.error = error
}

function fail(request: PendingRequest, duration: number, name: string, code: ErrorCode): void {
  end(request, FAILED, duration, { name, code })
}

/** An abort is no failure, unless its reason is a timeout. */
function endAborted(request: PendingRequest, duration: number): void {
  const reason = read(abortReason, request.signal)
  const timedOut = read(exceptionName, reason) === 'TimeoutError'
  if (timedOut) end(request, FAILED, duration, { name: 'TimeoutError', message: exceptionMessage(reason) as string })
  else end(request, CANCELLED, duration)
}
