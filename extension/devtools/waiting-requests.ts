// Devtools page: what DevTools saw of the network and is not stored yet. While nothing can be stored the oldest make way.
import type { NetworkEntry } from '../../wire/log.ts'
import type { NetworkRequest } from '../../wire/network.ts'

/** Requests kept: some MB. */
const MAX_WAITING = 20_000

type Waiting = Pick<NetworkEntry, 'requests' | 'dropped'>

export interface WaitingRequests {
  add(request: NetworkRequest): void
  /**
   * All there are, and what had to make way since this was last called.
   * @param since epoch milliseconds: a request that had ended by then is of a session that was cleared; a document is of
   * the one that it begins.
   */
  take(since: number): Waiting
  /** What was taken and could not be stored. */
  putBack(taken: Waiting): void
}

/** @param max how many are kept. */
export function createWaitingRequests(max = MAX_WAITING): WaitingRequests {
  let requests: NetworkRequest[] = []
  let dropped: Waiting['dropped']

  const drop = (more: NonNullable<Waiting['dropped']>): void => {
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
      const taken: Waiting = { requests: wanted, ...(dropped ? { dropped } : {}) }
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
