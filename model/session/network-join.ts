// Model: joins the requests that DevTools saw to the calls that the page's patches saw. The two have no common id. Both
// know kind, method, URL and start; call-list.ts distinguishes calls that are alike.
//
// Either side may report a request first, and DevTools reports requests in the order in which they end. So nothing is
// joined while a record of the log is taken in, but after it, by `settle`.
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'
import type { Row } from '../numbers.ts'
import { type CallEvidence, CallList, MAX_CLOCK_ERROR, MAX_SILENT_TIME, UNDECIDED } from './call-list.ts'
import { type Call, isOfOperation, keyAfterRedirect, requestKey, type SeenRequest, seenRequest } from './join-sides.ts'
import { TimeOrderedList } from './time-ordered-list.ts'

/** Joined calls that are kept: among calls that are close together they show which one is left for a late request. */
export const MAX_JOINED_CALLS = 4_096
/**
 * Calls without a request that are kept however long ago they ended. DevTools may not be there, or not report a request:
 * such calls would pile up.
 */
export const MAX_UNSEEN_CALLS = 4_096
/** Milliseconds after the end of a call by which DevTools has reported its request: on a busy machine it takes five seconds. */
export const LATEST_REQUEST = 60_000
/** Requests that have ended and are remembered, as DevTools may report them once more. */
export const MAX_ENDED_REQUESTS = 4_096
/** Calls without a name that are kept: each is compared with the requests at its time, again and again. */
export const MAX_UNNAMED_CALLS = 1_000
/**
 * Milliseconds by which the start of a redirect's next request may differ from the end of the one before. Chromium reads
 * the wall clock for the one and its own clock for the other, some time apart on a busy machine: 300 ms were seen.
 */
const REDIRECT_ERROR = 2_000

/** Redirects that a browser follows: https://fetch.spec.whatwg.org/#http-redirect-fetch, step 5. */
const MAX_REDIRECTS = 20

/** A call as the page reported it; method and URL are empty where they could not be read without running page code. */
export type NewCall = Omit<Call, 'key' | 'elapsed' | 'request' | 'running'> & { method: string; url: string }

export interface JoinListener extends CallEvidence {
  /** When a row ended, in epoch milliseconds by the wall clock; undefined while it runs, as far as is known. */
  endOf(row: Row): number | undefined
  /**
   * A request was joined to a row: each redirect once, the end once or twice.
   * @param elapsed milliseconds from the start of the operation's first request to this one's.
   * @param isGuess it may be the request of another operation like it.
   * @returns the row from now on.
   */
  joined(row: Row, request: NetworkRequest, elapsed: number, isGuess: boolean): Row
  /** A request of a row has no response yet. `isGuess` as in `joined`. Returns the row from now on. */
  running(row: Row, request: NetworkRequest, isGuess: boolean): Row
}

export class NetworkJoin {
  readonly #listener: JoinListener
  /** By method and URL. */
  readonly #calls = new Map<string, CallList>()
  /** Calls whose method or URL is not known. */
  readonly #unnamed = new Map<Call, Pick<NewCall, 'method' | 'url'>>()
  /** Since the last `settle`. */
  #newCalls: Call[] = []
  /** Calls without a request whose end the page has not reported yet. It may show which request is theirs. */
  readonly #openCalls = new Set<Call>()
  #newRequests: SeenRequest[] = []
  /** The latest of them, oldest first. */
  #joinedCalls: Call[] = []
  /** Without a request when they were added, oldest first. Some have been joined since. */
  readonly #unseenCalls: Call[] = []
  /** Requests that are joined to no call. */
  readonly #waiting = new TimeOrderedList<SeenRequest>()
  readonly #undecided = new Set<SeenRequest>()
  /** Those of which nothing is known to be later than the session's beginning. */
  readonly #earlier = new Set<SeenRequest>()
  /** Requests whose body had not ended when DevTools reported them, by their identity. */
  readonly #unfinished = new Map<string, SeenRequest>()
  /** The identities of the latest requests that have ended. */
  readonly #ended = new Set<string>()
  #running: SeenRequest[] = []
  /** Requests that can be no operation's. */
  readonly #others: NetworkRequest[] = []
  /** The indexes of those whose body had not ended when DevTools reported them, by request identity. */
  readonly #unfinishedOthers = new Map<string, number>()

  constructor(listener: JoinListener) {
    this.#listener = listener
  }

  addCall({ method, url, ...rest }: NewCall): void {
    const known = method !== '' && url !== ''
    const call: Call = { ...rest, key: known ? requestKey(method, url) : '', elapsed: 0 }
    if (known) this.#addToList(call)
    else {
      this.#unnamed.set(call, { method, url })
      for (const [oldest] of this.#unnamed) {
        if (this.#unnamed.size <= MAX_UNNAMED_CALLS) break
        this.#unnamed.delete(oldest)
      }
    }
  }

  /**
   * A request that DevTools saw; one that was reported unfinished is reported again when it has finished.
   * @param isEarlier nothing of it is known to be later than the session's beginning: it is listed only with a call of the session.
   */
  addRequest(value: NetworkRequest, isEarlier = false): void {
    const request = seenRequest(value)
    const identity = requestIdentity(value)
    if (this.#isRepeated(value, identity)) return
    if (!isOfOperation(request)) {
      const index = this.#unfinishedOthers.get(identity) ?? this.#others.length
      this.#others[index] = value
      if (value.unfinished) this.#unfinishedOthers.set(identity, index)
      else this.#unfinishedOthers.delete(identity)
      return
    }
    const known = this.#unfinished.get(identity)
    if (known) {
      known.value = value
      if (!value.unfinished) this.#unfinished.delete(identity)
      if (!isEarlier) this.#earlier.delete(known)
      if (known.call) this.#report(known.call, known)
      // How it ended may show whose it is.
      else this.#newRequests.push(known)
      return
    }
    if (value.unfinished) this.#unfinished.set(identity, request)
    if (isEarlier) this.#earlier.add(request)
    this.#waiting.add(request)
    this.#newRequests.push(request)
  }

  /**
   * Whether DevTools has reported the end of a request before. Requests of one millisecond differ only by their time in
   * the browser's queue. Chromium gives it in microseconds. Firefox gives whole milliseconds, mostly 0, so it does not
   * distinguish them there.
   */
  #isRepeated({ phases, unfinished }: NetworkRequest, identity: string): boolean {
    if (phases.queued === undefined || Number.isInteger(phases.queued)) return false
    if (this.#ended.has(identity)) return true
    if (unfinished) return false
    this.#ended.add(identity)
    for (const oldest of this.#ended) {
      if (this.#ended.size <= MAX_ENDED_REQUESTS) break
      this.#ended.delete(oldest)
    }
    return false
  }

  /** A request that is known to be no operation's. */
  addOther(request: NetworkRequest): void {
    this.#others.push(request)
  }

  /**
   * Which requests have no response by now.
   * @param started those of them that are new.
   * @param all method and URL of all of them.
   */
  noteRunning(started: readonly NetworkRequest[], all: ReadonlySet<string>): void {
    this.#running = [...this.#running.filter(({ key }) => all.has(key)), ...started.map(seenRequest)]
  }

  /**
   * Joins what can be joined by now, in short steps.
   * @param now the latest moment that is recorded, in epoch milliseconds by the wall clock.
   * @param decideAt requests that could belong to several calls wait for the page's reports until then. With Infinity nothing more
   * is waited for.
   */
  *settle(now: number, decideAt = now): Generator<void, void> {
    this.#noteEnds()
    // A request that finds its call leaves fewer calls to the others, and a redirect makes another call.
    for (let found = true; found; ) {
      found = false
      const requests = new Set([...this.#undecided, ...this.#takeNew()])
      for (const request of [...requests].sort((a, b) => a.start - b.start)) {
        if (!request.call) found = this.#place(request, decideAt) || found
        yield
      }
    }
    for (const [call, known] of this.#unnamed) this.#placeUnnamed(call, known)
    for (const request of this.#running) if (!request.call) this.#placeRunning(request)
    this.#forgetUnseen(now)
  }

  /**
   * Takes the request that has answered a call which made none of its own: a preload, begun before the call. If it was redirected,
   * it is the last of its requests.
   * @param row of a call that has no request.
   */
  takePreload(row: Row, method: string, url: string): NetworkRequest | undefined {
    const key = requestKey(method, url)
    const call = this.#calls.get(key)?.calls.find(each => each.row === row)
    if (!call) return undefined
    const preloads: SeenRequest[] = []
    for (let next: string | undefined = key; next !== undefined && preloads.length <= MAX_REDIRECTS; ) {
      const preload = this.#waiting.items.findLast(
        each => !each.kind && each.key === next && each.start < call.start && !preloads.includes(each),
      )
      if (!preload) return undefined
      preloads.push(preload)
      next = keyAfterRedirect(preload.value)
    }
    for (const preload of preloads) this.#claim(call, preload)
    return preloads.at(-1)?.value
  }

  /** Method and URL of the requests that several calls could own so far. */
  undecidedKeys(): Set<string> {
    return new Set(Array.from(this.#undecided, ({ key }) => key))
  }

  /** How many methods and URLs are remembered. */
  get size(): number {
    return this.#calls.size
  }

  /** How many `unjoinedRequests` there are. */
  get unjoined(): number {
    return this.#others.length + this.#listed().length
  }

  /** Requests that DevTools saw and the page's patches did not, by start. */
  unjoinedRequests(): NetworkRequest[] {
    const listed = this.#listed().map(({ value }) => value)
    return [...this.#others, ...listed].sort((a, b) => a.startTime - b.startTime)
  }

  #listed(): SeenRequest[] {
    return this.#waiting.items.filter(request => !this.#undecided.has(request) && !this.#earlier.has(request))
  }

  #addToList(call: Call): void {
    let list = this.#calls.get(call.key)
    if (!list) {
      list = new CallList(this.#listener)
      this.#calls.set(call.key, list)
    }
    list.add(call)
    this.#unseenCalls.push(call)
    this.#newCalls.push(call)
    this.#openCalls.add(call)
  }

  /** A call whose end the page has just reported is looked at again, as if it were new. */
  #noteEnds(): void {
    for (const call of this.#openCalls) {
      if (!call.request && !this.#listener.pageEnd(call.row)) continue
      this.#openCalls.delete(call)
      if (!call.request) this.#newCalls.push(call)
    }
  }

  /** The requests that are new, and those to which a new call may belong. */
  #takeNew(): SeenRequest[] {
    const found = new Set(this.#newRequests)
    for (const call of this.#newCalls) {
      for (const request of this.#waitingAround(call, MAX_CLOCK_ERROR)) found.add(request)
    }
    this.#newRequests = []
    this.#newCalls = []
    return [...found]
  }

  /** Returns whether it has found a call. */
  #place(request: SeenRequest, decideAt: number): boolean {
    request.next = this.#nextOf(request)
    const found = this.#mayContinueRedirect(request, decideAt)
      ? UNDECIDED
      : this.#calls.get(request.key)?.callOf(request, call => this.#waitingAround(call), decideAt)
    if (found === UNDECIDED) this.#undecided.add(request)
    else if (found) this.#join(found.call, request, found.isGuess)
    else this.#undecided.delete(request)
    return typeof found === 'object'
  }

  /**
   * Whether a request may follow a redirect of which it is not known yet whose it is. Redirects that lead back to where they
   * came from would wait for each other, if all of them began in one millisecond.
   */
  #mayContinueRedirect({ key, start, value: { duration } }: SeenRequest, decideAt: number): boolean {
    if (decideAt - (start + duration) > MAX_SILENT_TIME) return false
    for (const { value, start: from } of this.#undecided) {
      if (!value.redirectUrl || keyAfterRedirect(value) !== key || from > start) continue
      if (Math.abs(from + value.duration - start) <= REDIRECT_ERROR) return true
    }
    return false
  }

  /** The only known request that may have followed a redirect; undefined if that was redirected in turn. */
  #nextOf({ value, start }: SeenRequest): SeenRequest | undefined {
    const key = keyAfterRedirect(value)
    if (key === undefined) return undefined
    const { items } = this.#waiting
    const end = start + value.duration
    let found: SeenRequest | undefined
    for (let i = this.#waiting.indexFrom(end - REDIRECT_ERROR); i < items.length; i++) {
      const request = items[i] as SeenRequest
      if (request.start > end + REDIRECT_ERROR) break
      if (request.key !== key) continue
      if (found || request.value.redirectUrl) return undefined
      found = request
    }
    return found
  }

  /** Requests without a call that may have started within this one. */
  #waitingAround({ key, kind, start, latest, error }: Call, more = 0): SeenRequest[] {
    const { items } = this.#waiting
    const found: SeenRequest[] = []
    for (let i = this.#waiting.indexFrom(start - error - more); i < items.length; i++) {
      const request = items[i] as SeenRequest
      if (request.start > latest + error + more) break
      if (request.key === key && (!request.kind || request.kind === kind)) found.push(request)
    }
    return found
  }

  /** By time alone, and by what is known of it. */
  #placeUnnamed(call: Call, { method, url }: Pick<NewCall, 'method' | 'url'>): void {
    const { items } = this.#waiting
    for (let i = this.#waiting.indexFrom(call.start - call.error); i < items.length; i++) {
      const request = items[i] as SeenRequest
      if (request.start > call.latest + call.error) return
      const { value, kind } = request
      const fits =
        kind === call.kind &&
        (method === '' || method === value.method) &&
        (url === '' || requestKey(value.method, url) === request.key)
      if (!fits || this.#undecided.has(request)) continue
      this.#join(call, request, false)
      return
    }
  }

  #placeRunning(request: SeenRequest): void {
    const calls = [...(this.#calls.get(request.key)?.around(request) ?? [])].filter(
      call => !call.request && !call.running,
    )
    const [call] = calls
    if (!call) return
    request.call = call
    call.running = true
    call.row = this.#listener.running(call.row, request.value, calls.length > 1)
  }

  #join(call: Call, request: SeenRequest, isGuess: boolean): void {
    const displaced = call.request
    if (displaced) {
      displaced.call = undefined
      this.#waiting.add(displaced)
      // The service worker's own request, if it was that, is no call's.
      if (isGuess) this.#newRequests.push(displaced)
    }
    if (isGuess) call.isGuess = true
    this.#claim(call, request)
    this.#report(call, request)
    const key = keyAfterRedirect(request.value)
    if (key === undefined) return
    // DevTools reports each hop of a redirect as a request of its own: the operation goes on with the next one.
    const { row, kind, document, startWithin, isGuess: isGuessed = false } = call
    const start = request.start + request.value.duration
    const elapsed = call.elapsed + request.value.duration
    const next = { row, key, kind, document, startWithin, start, latest: start, error: REDIRECT_ERROR, elapsed }
    this.#addToList({ ...next, isGuess: isGuessed })
  }

  #report(call: Call, { value }: SeenRequest): void {
    call.row = this.#listener.joined(call.row, value, call.elapsed, call.isGuess === true)
  }

  #claim(call: Call, request: SeenRequest): void {
    call.request = request
    request.call = call
    this.#waiting.remove(request)
    this.#undecided.delete(request)
    this.#earlier.delete(request)
    if (this.#unnamed.delete(call)) return
    this.#joinedCalls.push(call)
    if (this.#joinedCalls.length > 2 * MAX_JOINED_CALLS) this.#forget(this.#joinedCalls.splice(0, MAX_JOINED_CALLS))
  }

  /** Looks at some of the oldest. Those that are running, and those whose request DevTools may still report, stay. */
  #forgetUnseen(now: number): void {
    const calls = this.#unseenCalls
    const forgotten: Call[] = []
    const kept: Call[] = []
    let seen = 0
    for (; seen < MAX_UNSEEN_CALLS && calls.length - seen > MAX_UNSEEN_CALLS; seen++) {
      const call = calls[seen] as Call
      if (call.request) continue
      if (now - call.start <= LATEST_REQUEST) break
      const end = this.#listener.endOf(call.row)
      const isOver = end !== undefined && now - end > LATEST_REQUEST
      ;(isOver ? forgotten : kept).push(call)
    }
    calls.splice(0, seen)
    calls.push(...kept)
    this.#forget(forgotten)
  }

  /** A session has as many URLs as it likes: one at which nothing waits is forgotten. */
  #forget(calls: readonly Call[]): void {
    const byKey = new Map<string, Set<Call>>()
    for (const call of calls) {
      this.#openCalls.delete(call)
      const known = byKey.get(call.key)
      if (known) known.add(call)
      else byKey.set(call.key, new Set([call]))
    }
    for (const [key, gone] of byKey) {
      const list = this.#calls.get(key)
      list?.remove(gone)
      if (list?.size === 0) this.#calls.delete(key)
    }
  }
}
