// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (w3c/resource-timing#102): an entry starts within its call, so the two clock readings around the native call
// enclose the entry's start; only calls of the same URL within one step of the clock can't be told apart.
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
  const awaited = new Map<string, RequestCall[]>()
  /** The keys of all calls, oldest call first. */
  const keys = new Map<RequestCall, string>()

  const remove = (key: string, calls: RequestCall[], index: number): void => {
    for (const call of calls.splice(index, 1)) keys.delete(call)
    if (calls.length === 0) awaited.delete(key)
  }

  return {
    add(call, url) {
      const key = keyOf(call.kind, url)
      const calls = awaited.get(key)
      if (calls) calls.push(call)
      else awaited.set(key, [call])
      keys.set(call, key)
      if (keys.size <= MAX_AWAITED_REQUESTS) return undefined
      const [[givenUp, oldestKey]] = keys as unknown as [[RequestCall, string]]
      remove(oldestKey, awaited.get(oldestKey) ?? [], 0)
      return givenUp
    },
    take(kind, url, startTime) {
      const key = keyOf(kind, url)
      const calls = awaited.get(key)
      if (!calls) return undefined
      let index = calls.findIndex(({ start, called }) => start <= startTime && startTime <= called)
      const later = calls.findIndex(({ start, called }, i) => i > index && start <= startTime && startTime <= called)
      let inferred = later !== -1
      if (index === -1) {
        // A request may start after its call, from a service worker or a queue: the latest call before it.
        index = calls.findLastIndex(({ start }) => start <= startTime)
        if (index === -1) return undefined
        inferred = calls.length > 1
      }
      const call = calls[index] as RequestCall
      remove(key, calls, index)
      return { call, inferred }
    },
  }
}
