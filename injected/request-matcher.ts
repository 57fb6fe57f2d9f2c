// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (w3c/resource-timing#102): an entry starts within its call, so the two clock readings around the native call
// enclose the entry's start; only calls of the same URL within one step of the clock can't be told apart.
import { append, indexIn, removeAt } from './own-array.ts'
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

const keyOf = (kind: RequestCall['kind'], url: string): string => `${kind} ${url}`

export function createRequestMatcher(): RequestMatcher {
  const awaited = new OwnMap<string, RequestCall[]>()
  /** The keys of all calls, oldest call first. */
  const keys = new OwnMap<RequestCall, string>()

  const remove = (key: string, calls: RequestCall[], call: RequestCall): void => {
    removeAt(calls, indexIn(calls, call))
    keys.delete(call)
    if (calls.length === 0) awaited.delete(key)
  }

  return {
    add(call, url) {
      const key = keyOf(call.kind, url)
      const calls = awaited.get(key)
      if (calls) append(calls, call)
      else awaited.set(key, [call])
      keys.set(call, key)
      if (keys.size <= MAX_AWAITED_REQUESTS) return undefined
      const givenUp = keys.firstKey() as RequestCall
      const oldestKey = keys.get(givenUp) as string
      remove(oldestKey, awaited.get(oldestKey) as RequestCall[], givenUp)
      return givenUp
    },
    take(kind, url, startTime) {
      const key = keyOf(kind, url)
      const calls = awaited.get(key)
      if (!calls) return undefined
      /** The first whose interval encloses the start, how many do, and the latest that was made before it. */
      let enclosing: RequestCall | undefined
      let candidates = 0
      let latest: RequestCall | undefined
      for (let i = 0; i < calls.length; i++) {
        const call = calls[i] as RequestCall
        if (call.start > startTime) continue
        latest = call
        if (startTime > call.called) continue
        enclosing ??= call
        candidates++
      }
      // A request may start after its call, from a service worker or a queue.
      const call = enclosing ?? latest
      if (!call) return undefined
      const inferred = enclosing ? candidates > 1 : calls.length > 1
      remove(key, calls, call)
      return { call, inferred }
    },
  }
}
