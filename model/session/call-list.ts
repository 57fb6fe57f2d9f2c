// Model: the calls that the page made with one method and URL, and which of them a request of DevTools' belongs to.
//
// The browser makes a request before the native call returns, so a request starts between the two clock readings around
// its call. Calls of one thread follow each other, so this tells them apart, unless they are closer together than the two
// clocks can be compared. How the page saw each of those end decides then.
import type { Row } from '../numbers.ts'
import type { Call, SeenRequest } from './join-sides.ts'
import { TimeOrderedList } from './time-ordered-list.ts'

/**
 * Milliseconds by which a request can seem to start outside of its call. DevTools reports its start in whole milliseconds,
 * the wall clock is read in whole milliseconds, and each is rounded down.
 */
export const CLOCK_ERROR = 3

/**
 * Milliseconds from a call to a request up to which the two belong together if no other call is nearer. Further away, the page
 * may have made the request by a call that it has not reported yet.
 */
export const SURE_DISTANCE = 250

/** Milliseconds by which the ends of one request differ as the page and DevTools saw them. */
const MAX_END_DIFFERENCE = 20

/** How a page saw a request end. */
export interface PageEnd {
  /** Epoch milliseconds by the wall clock. */
  time: number
  status: number | undefined
  /** Bytes of the body as it was sent; undefined if the page may not know it. */
  bodySize?: number | undefined
}

/** What is known of a row by now; undefined while it is not. */
export interface CallEvidence {
  pageEnd(row: Row): PageEnd | undefined
  /** When a connection opened, in epoch milliseconds by the wall clock. */
  opened(row: Row): number | undefined
}

/** Several calls could own a request, and the page has not reported enough to decide. */
export const UNDECIDED = 'undecided'

export class CallList {
  readonly #calls = new TimeOrderedList<Call>()
  readonly #evidence: CallEvidence
  /** Of all calls that were ever here, in milliseconds. */
  #longest = 0
  #largestError = 0

  constructor(evidence: CallEvidence) {
    this.#evidence = evidence
  }

  get size(): number {
    return this.#calls.items.length
  }

  get calls(): readonly Call[] {
    return this.#calls.items
  }

  add(call: Call): void {
    this.#calls.add(call)
    this.#longest = Math.max(this.#longest, call.latest - call.start)
    this.#largestError = Math.max(this.#largestError, call.error)
  }

  remove(call: Call): void {
    this.#calls.remove(call)
  }

  /**
   * The call that a request belongs to.
   * @param forced do not wait for the page to report more: guess by the order of starts.
   */
  callOf(request: SeenRequest, forced: boolean): Call | typeof UNDECIDED | undefined {
    let nearest: Call[] = []
    let distance = Number.POSITIVE_INFINITY
    let taken: Call | undefined
    for (const call of this.around(request)) {
      if (call.request) {
        taken ??= call
        continue
      }
      const away = Math.max(0, this.#distance(call, request.start) - CLOCK_ERROR)
      if (away < distance) nearest = []
      if (away <= distance) nearest.push(call)
      distance = Math.min(distance, away)
    }
    if (nearest.length > 0)
      return distance > SURE_DISTANCE && !forced ? UNDECIDED : this.#decide(request, nearest, forced)
    if (!taken) return undefined
    // Where all have a request already, its own call may be one that the page has not reported yet.
    return this.#displaced(request) ?? this.#freeNeighbour(request, taken) ?? (forced ? undefined : UNDECIDED)
  }

  /** The calls within which a request may have started, or no more than `maxDistance` apart from it, in order of their starts. */
  *around({ start, kind }: SeenRequest, maxDistance = Number.POSITIVE_INFINITY): Generator<Call, void> {
    const { items } = this.#calls
    const from = start - this.#longest - this.#largestError
    for (let i = this.#calls.indexFrom(from); i < items.length; i++) {
      const call = items[i] as Call
      if (call.start > start + this.#largestError) return
      if (kind && call.kind !== kind) continue
      if (this.#distance(call, start) <= Math.min(call.error, maxDistance)) yield call
    }
  }

  /** Milliseconds from a call to a request's start; 0 within the call. */
  #distance(call: Call, start: number): number {
    return Math.max(0, call.start - start, start - this.#latest(call))
  }

  /** Chromium opens the sockets of one host in turn, so a connection's request may start long after the call. */
  #latest(call: Call): number {
    return call.latest === Number.POSITIVE_INFINITY ? (this.#evidence.opened(call.row) ?? call.latest) : call.latest
  }

  #decide(request: SeenRequest, calls: readonly Call[], forced: boolean): Call | typeof UNDECIDED {
    const firstOpened = this.#firstOpened(calls)
    if (firstOpened) return firstOpened
    let closest: Call | undefined
    let smallest = Number.POSITIVE_INFINITY
    let isOfSize = false
    let open: Call | undefined
    for (const call of calls) {
      const end = this.#evidence.pageEnd(call.row)
      if (!end) {
        open ??= call
        continue
      }
      const difference = endDifference(request, end)
      // On a busy machine DevTools' time can be wrong by more than the calls are apart. A size can't, but not all sizes are
      // known, and DevTools counts the framing of a chunked body.
      const fits = difference < Number.POSITIVE_INFINITY && end.bodySize === request.value.bodySize
      if (fits === isOfSize ? difference >= smallest : isOfSize) continue
      closest = call
      smallest = difference
      isOfSize = fits
    }
    if (smallest <= MAX_END_DIFFERENCE) return closest as Call
    const found = open ?? closest
    if (forced) return found ?? (calls[0] as Call)
    return found && calls.length === 1 ? found : UNDECIDED
  }

  /** The connection that opened first after the request of one of them had started. */
  #firstOpened(calls: readonly Call[]): Call | undefined {
    let first: Call | undefined
    let earliest = Number.POSITIVE_INFINITY
    for (const call of calls) {
      const latest = this.#latest(call)
      if (call.latest !== Number.POSITIVE_INFINITY || latest >= earliest) continue
      first = call
      earliest = latest
    }
    return first
  }

  /**
   * A service worker's own request for what the page asked for may have been taken for the page's. DevTools says of the page's that
   * a service worker answered it.
   */
  #displaced(request: SeenRequest): Call | undefined {
    if (!request.value.serviceWorker) return undefined
    for (const call of this.around(request)) {
      if (call.request && !call.request.value.serviceWorker && !call.request.value.redirectUrl) return call
    }
    return undefined
  }

  /**
   * All calls that a request can belong to have one already, so one of those belongs to another call nearby. Which one
   * has none now is found by going from call to call as long as they are too close together to be distinguished.
   */
  #freeNeighbour({ kind }: SeenRequest, taken: Call): Call | undefined {
    const { items } = this.#calls
    const isFree = (call: Call): boolean => !call.request && (!kind || call.kind === kind)
    const areClose = (earlier: Call, later: Call): boolean => later.start - this.#latest(earlier) <= 2 * CLOCK_ERROR
    const from = items.indexOf(taken, this.#calls.indexFrom(taken.start))
    for (let i = from; i + 1 < items.length && areClose(items[i] as Call, items[i + 1] as Call); i++) {
      if (isFree(items[i + 1] as Call)) return items[i + 1]
    }
    for (let i = from; i > 0 && areClose(items[i - 1] as Call, items[i] as Call); i--) {
      if (isFree(items[i - 1] as Call)) return items[i - 1]
    }
    return undefined
  }
}

/** Milliseconds between the ends of a request as the page and DevTools saw them; Infinity where they contradict. */
function endDifference({ start, value }: SeenRequest, { time, status }: PageEnd): number {
  const { duration, unfinished, redirectUrl } = value
  const difference = time - (start + duration)
  // The page saw the end of the last request, and DevTools has not seen that of this one.
  if (unfinished || redirectUrl) return Math.max(0, -difference)
  // The browser answers a page from its cache when the server says 304.
  const contradict = status !== undefined && value.status > 0 && value.status !== 304 && value.status !== status
  return contradict ? Number.POSITIVE_INFINITY : Math.abs(difference)
}
