// Panel: joins the requests that DevTools saw to the operations that the page's patches saw. Touches no DOM.
// There is no common id; both sides have kind, method, URL and start, on clocks that may differ somewhat.
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'
import type { Kind } from '../../wire/operations.ts'
import { type Waiter, WaitingList } from './waiting-list.ts'

/**
 * The most that the two sides' starts may differ, in milliseconds: DevTools' times are whole milliseconds, and
 * wall and monotonic clock drift apart by some more.
 */
export const JOIN_TOLERANCE = 250
/**
 * The same for a request whose page has told how far the clocks are apart. Two alike within that time are told in one
 * batch, nearly always: so that DevTools' part of one that the page has not told yet is not taken for another's.
 */
export const NEAR = 20

/** The resource types of DevTools' that are operations. Preflights, images, navigations and the like are none. */
const KIND_OF_TYPE = new Map<string, Kind>([
  ['fetch', 'fetch'],
  ['xhr', 'xhr'],
  ['ping', 'beacon'],
  ['websocket', 'websocket'],
  ['eventsource', 'eventsource'],
])

/** What DevTools calls a type that it does not know; such a request may be any operation's. */
const UNKNOWN_TYPE = 'other'

interface Side<T> extends Waiter {
  value: T
}

/** A row of the table; after a redirect with the start of its first request, by DevTools. */
interface WaitingOperation extends Side<number> {
  firstStart?: number
  within: number
}

/** A request of DevTools', and the row it was joined to. */
interface SeenRequest extends Side<NetworkRequest> {
  row: number | undefined
  /** Milliseconds from the start of the operation's first request to this one's. */
  elapsed: number
}

/** What waits for its other half, by method and URL. */
interface Waiting {
  operations: WaitingList<WaitingOperation>
  requests: WaitingList<SeenRequest>
}

/** @param elapsed milliseconds from the start of the operation's first request to this one's: of its redirects. */
type OnJoined = (row: number, request: NetworkRequest, elapsed: number) => void

export class NetworkJoin {
  readonly #waiting = new Map<string, Waiting>()
  readonly #onJoined: OnJoined
  /** Requests that can be no operation's. */
  readonly #others: NetworkRequest[] = []
  #waitingRequests = 0
  /** By their identity. */
  readonly #unfinished = new Map<string, SeenRequest>()

  /** @param onJoined called with each pair, once for each redirect of a request and once for its end. */
  constructor(onJoined: OnJoined) {
    this.#onJoined = onJoined
  }

  /**
   * A request that the page's patches saw, as a row of the table.
   * @param start epoch milliseconds, by the wall clock.
   * @param within the most that DevTools' start may differ, in milliseconds.
   */
  addOperation(row: number, kind: Kind, method: string, url: string, start: number, within = JOIN_TOLERANCE): void {
    this.#await({ value: row, start, kind, within }, method, url)
  }

  /** A request that DevTools saw; one that was told unfinished is told again when it has finished. */
  addRequest(request: NetworkRequest): void {
    const kind = KIND_OF_TYPE.get(request.type)
    if (!kind && request.type !== UNKNOWN_TYPE) {
      this.addOther(request)
      return
    }
    const identity = requestIdentity(request)
    const known = this.#unfinished.get(identity)
    if (known) {
      known.value = request
      if (!request.unfinished) this.#unfinished.delete(identity)
      if (known.row !== undefined) this.#onJoined(known.row, request, known.elapsed)
      return
    }
    const waiting = this.#at(request.method, request.url)
    const told: SeenRequest = { value: request, start: request.startTime, kind, row: undefined, elapsed: 0 }
    if (request.unfinished) this.#unfinished.set(identity, told)
    const operation = waiting.operations.takeNearest(told, JOIN_TOLERANCE, each => each.within)
    if (operation) {
      this.#forget(request.method, request.url, waiting)
      this.#join(operation, told)
    } else {
      this.#waitingRequests++
      waiting.requests.add(told)
    }
  }

  /** A request that is known to be no operation's. */
  addOther(request: NetworkRequest): void {
    this.#others.push(request)
  }

  /** How many `unjoinedRequests` there are. */
  get unjoined(): number {
    return this.#others.length + this.#waitingRequests
  }

  /** Requests that DevTools saw and the page's patches did not, by start. */
  unjoinedRequests(): NetworkRequest[] {
    const found = [...this.#others]
    for (const { requests } of this.#waiting.values()) for (const { value } of requests.all) found.push(value)
    return found.sort((a, b) => a.startTime - b.startTime)
  }

  #await(operation: WaitingOperation, method: string, url: string): void {
    const waiting = this.#at(method, url)
    const told = waiting.requests.takeNearest(operation, operation.within)
    if (told) {
      this.#waitingRequests--
      this.#forget(method, url, waiting)
      this.#join(operation, told)
    } else waiting.operations.add(operation)
  }

  #join({ value: row, kind, firstStart }: WaitingOperation, told: SeenRequest): void {
    const { redirectUrl, startTime, duration, status, method } = told.value
    told.row = row
    told.elapsed = firstStart === undefined ? 0 : Math.max(0, startTime - firstStart)
    this.#onJoined(row, told.value, told.elapsed)
    if (!redirectUrl) return
    // DevTools tells each hop of a redirect as a request of its own: the operation goes on with the next one.
    const start = startTime + duration
    const next = { value: row, kind, start, firstStart: firstStart ?? startTime, within: JOIN_TOLERANCE }
    this.#await(next, methodAfter(status, method), redirectUrl)
  }

  #at(method: string, url: string): Waiting {
    const key = keyOf(method, url)
    let waiting = this.#waiting.get(key)
    if (!waiting) {
      waiting = { operations: new WaitingList(), requests: new WaitingList() }
      this.#waiting.set(key, waiting)
    }
    return waiting
  }

  /** A session has as many URLs as it likes; only those at which something waits are kept. */
  #forget(method: string, url: string, { operations, requests }: Waiting): void {
    if (operations.all.length + requests.all.length === 0) this.#waiting.delete(keyOf(method, url))
  }
}

/** A fragment stays in the browser, and DevTools leaves it out. */
function keyOf(method: string, url: string): string {
  return `${method} ${url.replace(/#.*$/, '')}`
}

/** Fetch §4.4: 303 turns any method but GET and HEAD into GET; 301 and 302 turn POST into GET. */
function methodAfter(status: number, method: string): string {
  if (status === 303 && method !== 'HEAD') return 'GET'
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method
}
