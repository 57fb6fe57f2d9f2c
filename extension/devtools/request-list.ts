// Devtools page: what DevTools' list of all requests says of those that have not ended. DevTools reports a request by
// itself only when it has ended, and a body that nobody reads does not end until it is garbage-collected
// (https://github.com/whatwg/fetch/issues/1813).

import { type HarEntry, isCall, isUnanswered, toNetworkRequest } from '../../wire/har-entry.ts'
import type { NetworkLook } from '../../wire/log.ts'
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'

/** Requests that are known to have ended or to have been reported: some MB. */
const MAX_KNOWN = 20_000
/** Milliseconds by which a body has to have been received for longer than was reported, to be reported again. */
const PROGRESS = 1_000
/** Milliseconds for which a body that receives nothing is still expected to. Streams send something more often. */
const MAX_SILENCE = 60_000

export interface RequestListNews {
  /** Requests with a response whose body has not ended, and that are new or have received more. */
  unfinished: NetworkRequest[]
  look: NetworkLook
  /** Whether a response is awaited, or more of a body is expected. */
  expectsMore: boolean
}

export interface RequestList {
  /** DevTools has reported the end of a request. */
  noteEnded(request: NetworkRequest): void
  /**
   * What the list says that has not been reported.
   * @param secretNames of parameters, as `redactUrl` takes them.
   * @param time when the list was asked for, in epoch milliseconds.
   * @param pausedSince what began then or later is not reported now.
   */
  read(
    entries: readonly HarEntry[],
    secretNames: ReadonlySet<string>,
    time: number,
    pausedSince?: number,
  ): RequestListNews
  /** Another session has begun, which has heard nothing. */
  forgetReported(): void
  /** The list is another one now, which holds all that the new page asks for. */
  navigated(): void
}

export function createRequestList(max = MAX_KNOWN): RequestList {
  /** Identities of requests that have ended, with their starts. */
  const ended = new Map<string, number>()
  /** Identities of requests that were reported with a body that had not ended, and the duration that was reported. */
  const unfinishedReported = new Map<string, number>()
  /** Names of requests that were reported without a response. */
  let runningReported = new Set<string>()
  /** Some that began by then are forgotten, so that none of those is taken for unfinished any more. */
  let forgottenUntil = Number.NEGATIVE_INFINITY
  /** How long the list was, and when it was last found to have been emptied by the user. */
  let length = 0
  let emptiedAt: number | undefined

  const readRunning = (unanswered: readonly NetworkRequest[], time: number, pausedSince: number): NetworkRequest[] => {
    const names = new Set<string>()
    const running: NetworkRequest[] = []
    for (const request of unanswered) {
      if (request.startTime >= pausedSince) continue
      const name = nameOf(request, names)
      names.add(name)
      if (runningReported.has(name)) continue
      // DevTools says 0 for what it does not know yet.
      const { transferSize: _, ...known } = request
      running.push({ ...known, duration: Math.max(0, time - request.startTime), unfinished: true })
    }
    runningReported = names
    return running
  }

  return {
    noteEnded(request) {
      const identity = requestIdentity(request)
      unfinishedReported.delete(identity)
      ended.set(identity, request.startTime)
      const [oldest] = ended
      if (ended.size <= max || !oldest) return
      ended.delete(oldest[0])
      forgottenUntil = Math.max(forgottenUntil, oldest[1])
    },
    read(entries, secretNames, time, pausedSince = Number.POSITIVE_INFINITY) {
      const unfinished: NetworkRequest[] = []
      const unanswered: NetworkRequest[] = []
      let receives = false
      for (const entry of entries) {
        const request = toNetworkRequest(entry, secretNames, time)
        if (!request) continue
        const identity = requestIdentity(request)
        const isOver = request.startTime <= forgottenUntil || ended.has(identity)
        // DevTools reads the times of an entry first, and then may have to ask the browser for the request's body. If the
        // response comes meanwhile, the entry has it, but not the time that it took.
        const hasNoTimes = request.status > 0 && !entry.time && !isOver
        if (hasNoTimes) request.status = 0
        if (isUnanswered(entry) || (hasNoTimes && isCall(entry))) unanswered.push(request)
        if (request.status === 0 || request.error !== undefined || request.redirectUrl) continue
        if (request.startTime >= pausedSince || isOver) continue
        if (time - (request.startTime + request.duration) < MAX_SILENCE) receives = true
        const reported = unfinishedReported.get(identity)
        if (reported !== undefined && request.duration < reported + PROGRESS) continue
        unfinishedReported.set(identity, request.duration)
        unfinished.push({ ...request, unfinished: true })
      }
      if (entries.length < length) emptiedAt = time
      length = entries.length
      const running = readRunning(unanswered, time, pausedSince)
      const look: NetworkLook = { time, unanswered: unanswered.map(({ method, url }) => `${method} ${url}`) }
      if (emptiedAt !== undefined) look.since = emptiedAt
      if (running.length > 0) look.running = running
      return { unfinished, look, expectsMore: unanswered.length > 0 || receives }
    },
    forgetReported() {
      unfinishedReported.clear()
      runningReported.clear()
    },
    navigated() {
      length = 0
    },
  }
}

/** Names a request among those of the list, which stays in the order in which they began. */
function nameOf({ method, url, startTime }: NetworkRequest, taken: ReadonlySet<string>): string {
  const name = `${method} ${url} ${startTime}`
  let number = 0
  while (taken.has(`${name} ${number}`)) number++
  return `${name} ${number}`
}
