// Page's own world (MAIN): what a Resource Timing entry says about how a request ended.
import type { ErrorDetail, Outcome } from '../wire/operations.ts'
import type { PageWord } from '../wire/page-words.ts'
import type { Timing } from '../wire/request-timing.ts'
import { abortReason, exceptionMessage, exceptionName, max } from './natives.ts'
import { read } from './read.ts'
import { type RequestCall, signalAborted } from './request-call.ts'

export interface RequestEnd {
  outcome: Exclude<Outcome, 'pending'>
  /** Milliseconds from the call to the response's headers; to the end of the request where there were none. */
  duration: number
  error: ErrorDetail | undefined
  /** The entry it is known from. */
  timing: Timing | undefined
  /** Whether another call could own the entry as well. */
  inferred: boolean
}

/** It has every member: one that is not there would be looked for on Object.prototype, which is the page's. */
export function createEnd(
  outcome: RequestEnd['outcome'],
  duration: number,
  error?: ErrorDetail,
  timing?: Timing,
  inferred = false,
): RequestEnd {
  return { outcome, duration, error, timing, inferred }
}

/**
 * The end of `call` by its entry. Chromium reports status 0 alike for network errors, CORS blocks, aborts
 * before the response and opaque responses; the call's signal and mode tell them apart as far as can be.
 * Undefined where they can't: an opaque response looks like a failure, by design.
 */
export function endOf(call: RequestCall, entry: Timing, inferred: boolean): RequestEnd | undefined {
  const { responseStatus, responseEnd } = entry
  const headers = entry.finalResponseHeadersStart || entry.responseStart
  const duration = since(call, headers > 0 ? headers : responseEnd)
  const ended = (outcome: RequestEnd['outcome'], error?: ErrorDetail): RequestEnd =>
    createEnd(outcome, duration, error, entry, inferred)
  if (call.abortTime !== undefined && call.abortTime <= responseEnd) return ended('cancelled')
  if (responseStatus > 0) return ended(responseStatus >= 400 ? 'failed' : 'ok')
  if (signalAborted(call)) return abortedEnd(call, ended)
  if (call.mode === 'no-cors' || call.manual) return undefined
  return ended('failed', errorOf(call, duration))
}

const timedOut: ErrorDetail = { name: 'TimeoutError', message: 'timeout' satisfies PageWord }

function errorOf({ kind, timeout = 0 }: RequestCall, duration: number): ErrorDetail {
  if (timeout > 0 && duration >= timeout) return timedOut
  const name = kind === 'xhr' ? 'NetworkError' : 'TypeError'
  const message: PageWord = 'network'
  return { name, message }
}

/** An abort is no failure, unless its reason is a timeout. */
export function abortedEnd(
  { signal }: RequestCall,
  ended: (outcome: RequestEnd['outcome'], error?: ErrorDetail) => RequestEnd,
): RequestEnd {
  const reason = abortReason(signal)
  return read(exceptionName, reason) === 'TimeoutError'
    ? ended('failed', { name: 'TimeoutError', message: exceptionMessage(reason) as string })
    : ended('cancelled')
}

function since({ start }: RequestCall, time: number): number {
  return max(0, time - start)
}
