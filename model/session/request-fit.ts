// Model: whether the page saw a call end as DevTools saw a request end.
//
// Both read the end from the same clock, which no correction of the wall clock and no busy machine disturbs: Resource Timing's
// `responseEnd` and DevTools' end come from the network service. So what the page measured from the call is what DevTools
// measured from the request's start, and the time from the call to that start, which was within the native call.
import type { Call, SeenRequest } from './join-sides.ts'

/**
 * Milliseconds by which the two may differ: pages get times in steps of 0.1 ms, and DevTools' HAR is 1 ms short if a
 * request did not wait in the browser's queue.
 */
const MAX_DURATION_ERROR = 1.5

/** How a page saw a request end. */
export interface PageEnd {
  /** Milliseconds from the call. */
  duration: number
  status: number | undefined
  /** Bytes of the body as it was sent; undefined if the page may not know it. */
  bodySize?: number | undefined
}

/**
 * `same`: both saw the same end. `possible`: one of them has not seen it. `unlike`: another duration, as another request has; but
 * also one that was cancelled or failed. `other`: it is certainly another request. The likelier, the earlier in the list.
 */
export const FITS = ['same', 'possible', 'unlike', 'other'] as const
export type Fit = (typeof FITS)[number]

export function fitOf({ value, next }: SeenRequest, call: Call, end: PageEnd): Fit {
  const { status, duration, redirectUrl, unfinished } = value
  /** Milliseconds from the call to the request's start. */
  const startedAfter = end.duration - call.elapsed - duration
  // The page saw the end of the last request of a redirect, and DevTools has not seen that of this one.
  if (redirectUrl || unfinished) {
    if (startedAfter < -MAX_DURATION_ERROR) return 'unlike'
    const after = next && fitOf(next, { ...call, elapsed: call.elapsed + duration }, end)
    return after === 'unlike' || after === 'other' ? 'unlike' : 'possible'
  }
  // The browser answers a page from its cache when the server says 304.
  if (end.status !== undefined && status > 0 && status !== 304 && status !== end.status) return 'other'
  const isWithin = startedAfter >= -MAX_DURATION_ERROR && startedAfter <= call.startWithin + MAX_DURATION_ERROR
  return isWithin ? 'same' : 'unlike'
}
