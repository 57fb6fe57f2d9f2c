// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (w3c/resource-timing#102): an entry starts within its call, so the two clock readings around the native call
// enclose the entry's start; only calls of the same URL within one step of the clock can't be told apart.
import { append, removeAt } from './own-array.ts'
import { OwnMap } from './own-map.ts'
import { createQueue } from './queue.ts'
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

interface Entry {
  /** Undefined once it is not awaited any more. */
  call: RequestCall | undefined
  readonly url: string
}

export function createRequestMatcher(): RequestMatcher {
  const awaited: Record<RequestCall['kind'], OwnMap<string, Entry[]>> = {
    fetch: new OwnMap(),
    xhr: new OwnMap(),
    beacon: new OwnMap(),
  }
  /** Oldest first, with some that are not awaited any more. */
  let order = createQueue<Entry>()
  let size = 0

  const remove = (call: RequestCall, url: string): void => {
    const byUrl = awaited[call.kind]
    const entries = byUrl.get(url) as Entry[]
    let index = 0
    while (entries[index]?.call !== call) index++
    ;(entries[index] as Entry).call = undefined
    removeAt(entries, index)
    if (entries.length === 0) byUrl.delete(url)
    size--
  }

  const tidy = (): void => {
    const stillAwaited = createQueue<Entry>()
    for (let entry = order.take(); entry; entry = order.take()) if (entry.call) stillAwaited.add(entry)
    order = stillAwaited
  }

  const oldest = (): Entry => {
    let entry = order.take() as Entry
    while (!entry.call) entry = order.take() as Entry
    return entry
  }

  return {
    add(call, url) {
      const entry: Entry = { call, url }
      const entries = awaited[call.kind].get(url)
      if (entries) append(entries, entry)
      else awaited[call.kind].set(url, [entry])
      order.add(entry)
      size++
      if (order.length > 2 * size + 100) tidy()
      if (size <= MAX_AWAITED_REQUESTS) return undefined
      const { call: givenUp, url: itsUrl } = oldest()
      if (givenUp) remove(givenUp, itsUrl)
      return givenUp
    },
    take(kind, url, startTime) {
      const entries = awaited[kind].get(url)
      if (!entries) return undefined
      /** The first whose interval encloses the start, how many do, and the latest that was made before it. */
      let enclosing: RequestCall | undefined
      let candidates = 0
      let latest: RequestCall | undefined
      for (let i = 0; i < entries.length; i++) {
        const call = entries[i]?.call as RequestCall
        if (call.start > startTime) continue
        latest = call
        if (startTime > call.called) continue
        enclosing ??= call
        candidates++
      }
      // A request may start after its call, from a service worker or a queue.
      const call = enclosing ?? latest
      if (!call) return undefined
      const inferred = enclosing ? candidates > 1 : entries.length > 1
      remove(call, url)
      return { call, inferred }
    },
  }
}
