// Panel: joins the requests that DevTools saw to the operations that the page's patches saw. Touches no DOM.
// There is no common id; both sides have method, URL and start, on clocks that may differ by some milliseconds.
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'

/**
 * The most that the two sides' starts may differ, in milliseconds: DevTools' times are whole milliseconds, and
 * wall and monotonic clock drift apart by some more.
 */
export const JOIN_TOLERANCE = 250

interface Side<T> {
  value: T
  start: number
}

/** A request of DevTools', and the row it was joined to. */
interface ToldRequest extends Side<NetworkRequest> {
  row: number | undefined
}

/** What waits for its other half, by method and URL. */
interface Waiting {
  operations: Side<number>[]
  requests: ToldRequest[]
}

export class NetworkJoin {
  readonly #waiting = new Map<string, Waiting>()
  readonly #onJoined: (row: number, request: NetworkRequest) => void
  /** By their identity. */
  readonly #unfinished = new Map<string, ToldRequest>()

  /** @param onJoined called with each pair, once for each redirect of a request and once for its end. */
  constructor(onJoined: (row: number, request: NetworkRequest) => void) {
    this.#onJoined = onJoined
  }

  /** A request that the page's patches saw, as a row of the table. `start` is epoch milliseconds. */
  addOperation(row: number, method: string, url: string, start: number): void {
    const waiting = this.#at(method, url)
    const told = takeNearest(waiting.requests, start)
    if (told) this.#join(row, told)
    else waiting.operations.push({ value: row, start })
  }

  /** A request that DevTools saw; one that was told unfinished is told again when it has finished. */
  addRequest(request: NetworkRequest): void {
    const identity = requestIdentity(request)
    const known = this.#unfinished.get(identity)
    if (known) {
      known.value = request
      if (!request.unfinished) this.#unfinished.delete(identity)
      if (known.row !== undefined) this.#onJoined(known.row, request)
      return
    }
    const waiting = this.#at(request.method, request.url)
    const told: ToldRequest = { value: request, start: request.startTime, row: undefined }
    if (request.unfinished) this.#unfinished.set(identity, told)
    const row = takeNearest(waiting.operations, told.start)?.value
    if (row !== undefined) this.#join(row, told)
    else waiting.requests.push(told)
  }

  /** Requests that DevTools saw and the page's patches did not. */
  *unjoinedRequests(): Generator<NetworkRequest, void> {
    for (const { requests } of this.#waiting.values()) for (const { value } of requests) yield value
  }

  #join(row: number, told: ToldRequest): void {
    told.row = row
    this.#onJoined(row, told.value)
    const { redirectUrl, startTime, duration, status, method } = told.value
    // DevTools tells each hop of a redirect as a request of its own: the operation goes on with the next one.
    if (redirectUrl) this.addOperation(row, methodAfter(status, method), redirectUrl, startTime + duration)
  }

  #at(method: string, url: string): Waiting {
    // A fragment stays in the browser, and DevTools leaves it out.
    const key = `${method} ${url.replace(/#.*$/, '')}`
    let waiting = this.#waiting.get(key)
    if (!waiting) {
      waiting = { operations: [], requests: [] }
      this.#waiting.set(key, waiting)
    }
    return waiting
  }
}

/** Fetch §4.4: 303 turns any method but GET and HEAD into GET; 301 and 302 turn POST into GET. */
function methodAfter(status: number, method: string): string {
  if (status === 303 && method !== 'HEAD') return 'GET'
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method
}

/** Takes out the one whose start is nearest, if it is near enough. */
function takeNearest<T extends Side<unknown>>(sides: T[], start: number): T | undefined {
  let nearest = -1
  let distance = JOIN_TOLERANCE
  for (const [i, side] of sides.entries()) {
    const away = Math.abs(side.start - start)
    if (away <= distance && (nearest === -1 || away < distance)) {
      nearest = i
      distance = away
    }
  }
  return nearest === -1 ? undefined : sides.splice(nearest, 1)[0]
}
