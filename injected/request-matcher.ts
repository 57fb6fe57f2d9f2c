// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (w3c/resource-timing#102): an entry starts within its call, so the two clock readings around the native call
// enclose the entry's start; only calls of the same URL within one step of the clock can't be told apart.
import { OwnMap } from './own-map.ts'
import type { RequestCall } from './request-call.ts'

/** Requests in flight whose end is awaited: beyond it the oldest are given up, as `endUnknown`. */
export const MAX_AWAITED_REQUESTS = 5_000

export interface Match {
  call: RequestCall
  /** Whether another call could own the entry as well. */
  inferred: boolean
}

export interface RequestMatcher {
  /** Awaits the timing of a call with this absolute URL. Returns the call given up for it, if there are too many. */
  add(call: RequestCall, url: string): RequestCall | undefined
  /** Takes out the call that an entry of this kind, URL and start belongs to. */
  take(kind: RequestCall['kind'], url: string, startTime: number): Match | undefined
}

/** The awaited calls of one URL, oldest first, by their `elder` and `sibling`. */
export interface Siblings {
  first: RequestCall | undefined
  last: RequestCall | undefined
  readonly url: string
}

export function createRequestMatcher(): RequestMatcher {
  const awaited: Record<RequestCall['kind'], OwnMap<string, Siblings>> = {
    fetch: new OwnMap(),
    xhr: new OwnMap(),
    beacon: new OwnMap(),
  }
  /** Of all that are awaited, by their `older` and `newer`. */
  let oldest: RequestCall | undefined
  let newest: RequestCall | undefined
  let size = 0

  const remove = (call: RequestCall): void => {
    const { older, newer, elder, sibling } = call
    const siblings = call.siblings as Siblings
    if (older) older.newer = newer
    else oldest = newer
    if (newer) newer.older = older
    else newest = older
    if (elder) elder.sibling = sibling
    else siblings.first = sibling
    if (sibling) sibling.elder = elder
    else siblings.last = elder
    if (!siblings.first) awaited[call.kind].delete(siblings.url)
    call.older = call.newer = call.elder = call.sibling = call.siblings = undefined
    size--
  }

  return {
    add(call, url) {
      const siblings = awaited[call.kind].get(url) ?? { first: undefined, last: undefined, url }
      const { last } = siblings
      if (last) last.sibling = call
      else {
        siblings.first = call
        awaited[call.kind].set(url, siblings)
      }
      if (newest) newest.newer = call
      else oldest = call
      call.siblings = siblings
      call.elder = last
      call.older = newest
      siblings.last = newest = call
      if (++size <= MAX_AWAITED_REQUESTS) return undefined
      const givenUp = oldest as RequestCall
      remove(givenUp)
      return givenUp
    },
    take(kind, url, startTime) {
      const siblings = awaited[kind].get(url)
      if (!siblings) return undefined
      const { first, last } = siblings
      /** The first whose interval encloses the start, how many do, and the latest that was made before it. */
      let enclosing: RequestCall | undefined
      let candidates = 0
      let latest: RequestCall | undefined
      for (let call = first; call; call = call.sibling) {
        if (call.start > startTime) continue
        latest = call
        if (startTime > call.called) continue
        enclosing ??= call
        candidates++
      }
      // A request may start after its call, from a service worker or a queue.
      const call = enclosing ?? latest
      if (!call) return undefined
      remove(call)
      return { call, inferred: enclosing ? candidates > 1 : first !== last }
    },
  }
}
