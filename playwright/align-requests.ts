// Node (the test's process): which call of the page's a request on the network belongs to.
//
// DevTools says when the page made a request; Playwright says when the browser's network took it on, some milliseconds later.
// Requests of one method and URL are taken on in the order in which they were called, so the start of the call is given to
// its request. The session model then joins the two as it joins what DevTools says.
import { requestKey } from '../model/session/join-sides.ts'
import type { NetworkRequest } from '../wire/network.ts'

/** Milliseconds from a call until the network takes its request on: a busy machine needs some hundred. */
const MAX_DELAY = 1_000
/** Milliseconds by which a request can seem to have begun before its call: clocks are read in whole milliseconds. */
const CLOCK_ERROR = 2

/** Calls whose request has not been found yet: what never gets one, as a cache answered it, must not pile up. */
const MAX_WAITING_CALLS = 10_000

export class CallStarts {
  /** Epoch milliseconds, by method and URL, in the order of the calls. */
  readonly #waiting = new Map<string, number[]>()
  #count = 0

  add(method: string, url: string, start: number): void {
    if (this.#count >= MAX_WAITING_CALLS) return
    const key = requestKey(method, url)
    const starts = this.#waiting.get(key)
    if (starts) starts.push(start)
    else this.#waiting.set(key, [start])
    this.#count++
  }

  /** Gives requests the starts of their calls. Those that no call is known of keep their own. */
  align(requests: readonly NetworkRequest[]): NetworkRequest[] {
    return [...requests].sort((a, b) => a.startTime - b.startTime).map(request => this.#align(request))
  }

  #align(request: NetworkRequest): NetworkRequest {
    const starts = this.#waiting.get(requestKey(request.method, request.url))
    if (!starts) return request
    const { startTime, duration, phases } = request
    const from = starts.findIndex(start => start >= startTime - MAX_DELAY)
    const start = from < 0 ? undefined : starts[from]
    if (start === undefined || start > startTime + CLOCK_ERROR) return request
    this.#count -= from + 1
    starts.splice(0, from + 1)
    const delay = Math.max(0, startTime - start)
    const queued = phases.queued === undefined ? {} : { queued: phases.queued + delay }
    return { ...request, startTime: start, duration: duration + delay, phases: { ...phases, ...queued } }
  }
}
