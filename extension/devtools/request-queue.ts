// Devtools page: requests that DevTools saw and that are not stored yet. While nothing can be stored the oldest make way.
import type { NetworkEntry } from '../../wire/log.ts'
import type { NetworkRequest } from '../../wire/network.ts'

/** Requests kept: some MB. */
const MAX_QUEUED = 20_000

export type QueuedRequests = Pick<NetworkEntry, 'requests' | 'dropped'>

export interface RequestQueue {
  add(request: NetworkRequest): void
  /**
   * Takes all there are, and the count of those that had to make way since the last call.
   * @param since epoch milliseconds: a request that had ended by then is of a session that was cleared; a document is of
   * the session that it begins.
   */
  take(since: number): QueuedRequests
  /** Puts back what was taken and could not be stored. */
  putBack(taken: QueuedRequests): void
}

/** @param max how many are kept. */
export function createRequestQueue(max = MAX_QUEUED): RequestQueue {
  let requests: NetworkRequest[] = []
  let dropped: QueuedRequests['dropped']

  const drop = (more: NonNullable<QueuedRequests['dropped']>): void => {
    dropped = {
      count: more.count + (dropped?.count ?? 0),
      startTime: Math.min(more.startTime, dropped?.startTime ?? more.startTime),
      endTime: Math.max(more.endTime, dropped?.endTime ?? more.endTime),
    }
  }
  const bound = (): void => {
    for (const { startTime } of requests.splice(0, Math.max(0, requests.length - max))) {
      drop({ count: 1, startTime, endTime: startTime })
    }
  }

  return {
    add(request) {
      requests.push(request)
      bound()
    },
    take(since) {
      const wanted = requests.filter(
        ({ type, startTime, duration }) => type === 'document' || startTime + duration >= since,
      )
      const taken: QueuedRequests = { requests: wanted, ...(dropped ? { dropped } : {}) }
      requests = []
      dropped = undefined
      return taken
    },
    putBack(taken) {
      requests = [...taken.requests, ...requests]
      if (taken.dropped) drop(taken.dropped)
      bound()
    },
  }
}
