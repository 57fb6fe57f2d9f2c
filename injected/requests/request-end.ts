// Page's own world (MAIN): how a request ended, by its call and its Resource Timing entry.
import { CANCELLED, type ErrorDetail, FAILED, FETCH, OK, XHR } from '../../wire/operations.ts'
import type { ErrorCode } from '../../wire/reason-codes.ts'
import { MANUAL_REDIRECT } from '../../wire/request-columns.ts'
import { abortReason, exceptionMessage, exceptionName, max } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { entryFields } from './entry-fields.ts'
import { ABORTED, type CallFacts, isAbortedSignal, KIND_BITS, OPAQUE_RESPONSE } from './request-call.ts'

/**
 * Ends a call by its entry. Chromium reports status 0 alike for network errors, CORS blocks, aborts
 * before the response and opaque responses; the call's signal and mode tell them apart as far as can be.
 * False where they can't: an opaque response looks like a failure, by design.
 */
export function endByTiming(facts: CallFacts, flags: number, start: number, entry: object): boolean {
  const responseStatus = entryFields.responseStatus(entry)
  const responseEnd = entryFields.responseEnd(entry)
  const { abortTime, timedOut } = facts
  const headers = entryFields.finalResponseHeadersStart(entry) || entryFields.responseStart(entry)
  const duration = max(0, (headers || responseEnd) - start)
  if (timedOut) fail(facts, duration, 'TimeoutError', 'timeout')
  else if (abortTime !== undefined && abortTime <= responseEnd) end(facts, CANCELLED, duration)
  else if (responseStatus > 0) end(facts, responseStatus >= 400 ? FAILED : OK, duration)
  else if (isAbortedSignal(facts.signal)) endAborted(facts, duration)
  else if (flags & (OPAQUE_RESPONSE | MANUAL_REDIRECT)) return false
  else fail(facts, duration, (flags & KIND_BITS) === XHR ? 'NetworkError' : 'TypeError', 'network')
  facts.entry = entry
  return true
}

/** Ends a call that makes no request: aborted beforehand, or without a valid URL (Fetch §5.4). False for any other. */
export function endAtOnce(facts: CallFacts, flags: number, duration: number): boolean {
  const { refusal, target } = facts
  if (flags & ABORTED) endAborted(facts, duration)
  else if (refusal) fail(facts, duration, 'Error', refusal)
  else if (target.given !== undefined && target.url === undefined) fail(facts, duration, 'TypeError', 'invalid-url')
  else if ((flags & KIND_BITS) === FETCH && target.isRefused) fail(facts, duration, 'TypeError', target.isRefused)
  else return false
  return true
}

function end(facts: CallFacts, outcome: number, duration: number, error?: ErrorDetail): void {
  facts.outcome = outcome
  facts.duration = duration
  facts.error = error
}

function fail(facts: CallFacts, duration: number, name: string, code: ErrorCode): void {
  end(facts, FAILED, duration, { name, code })
}

/** An abort is no failure, unless its reason is a timeout. */
function endAborted(facts: CallFacts, duration: number): void {
  const reason = abortReason(facts.signal)
  const timedOut = read(exceptionName, reason) === 'TimeoutError'
  if (timedOut) end(facts, FAILED, duration, { name: 'TimeoutError', message: exceptionMessage(reason) as string })
  else end(facts, CANCELLED, duration)
}
