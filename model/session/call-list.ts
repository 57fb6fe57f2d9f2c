// Model: the calls that the page made with one method and URL, and which of them a request of DevTools' belongs to.
//
// The browser makes a request before the native call returns, so a request starts between the two clock readings around its call.
// Calls of one thread follow each other, so this distinguishes them, unless they are closer together than the two clocks can be
// compared. How the page saw each of them end decides then: see request-fit.ts.
import type { DocumentNumber, Row } from '../numbers.ts'
import type { Call, SeenRequest } from './join-sides.ts'
import { FITS, type Fit, fitOf, type PageEnd } from './request-fit.ts'
import { TimeOrderedList } from './time-ordered-list.ts'

/**
 * Milliseconds by which a request can seem to start outside of its call: DevTools reports its start in whole
 * milliseconds, the wall clock is read in whole milliseconds, and each is rounded down.
 */
export const CLOCK_ERROR = 1.5

/**
 * Milliseconds by which the clocks can differ if something unusual happens: the wall clock was corrected, or the thread
 * was stopped between two readings. A request that has no nearer call is then given to the nearest one, but only once all
 * others have been placed.
 */
export const MAX_CLOCK_ERROR = 1_000

/**
 * Milliseconds after the end of a request in which the page reports how it ended. A page that does not read the body never does.
 * Until then a request that several calls could own is joined to none.
 */
export const MAX_UNDECIDED_TIME = 5_000
/** The same by DevTools' reports, for a page that reports nothing meanwhile: it hangs, or was left. */
export const MAX_SILENT_TIME = 10_000
/** The response that opens a WebSocket: https://www.rfc-editor.org/rfc/rfc6455#section-4.1. */
const SWITCHING_PROTOCOLS = 101
/** So many of the calls that are equally likely for a redirect are compared. */
const MAX_COMPARED = 16
/** Milliseconds, more than any call is away from a request that it may have made. */
const MAX_DISTANCE = 100_000

/** What is known of a row or a document by now. */
export interface CallEvidence {
  /** How the page saw a row end; undefined while it has not reported that. */
  pageEnd(row: Row): PageEnd | undefined
  /** When a connection opened, in epoch milliseconds by the wall clock. */
  opened(row: Row): number | undefined
  /** Until when a document has reported all its calls, in epoch milliseconds by the wall clock. */
  callsKnownUntil(document: DocumentNumber): number
  /** The latest moment that a document has recorded anything, likewise. */
  recordedUntil(document: DocumentNumber): number
}

/** Several calls could own a request, and the page has not reported enough to decide. */
export const UNDECIDED = 'undecided'

export interface FoundCall {
  call: Call
  /** Another call could own the request as well. */
  isGuess: boolean
}

/** Requests that have no call and may be this one's. */
type RivalsOf = (call: Call) => readonly SeenRequest[]

interface Candidate {
  call: Call
  fit: Fit
}

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

  remove(calls: ReadonlySet<Call>): void {
    this.#calls.removeAll(calls)
  }

  /**
   * The call that a request belongs to.
   * @param rivalsOf other requests that have no call and may be this one's.
   * @param now until when the page's reports have been waited for, in epoch milliseconds by the wall clock.
   */
  callOf(request: SeenRequest, rivalsOf: RivalsOf, now: number): FoundCall | typeof UNDECIDED | undefined {
    const near = this.#candidates(request)
    const displaced = near.length === 0 && this.#displaced(request)
    if (displaced) return { call: displaced, isGuess: false }
    const opened = this.#firstOpened(near)
    if (opened) return { call: opened.call, isGuess: this.#isOpenedGuess(request, opened, near) }
    const only = this.#onlyOne(request, near)
    const rivals = only ? rivalsOf(only.call) : []
    const isContested = only !== undefined && rivals.some(rival => this.#isRival(rival, request, only.call))
    const isDoubtful =
      only !== undefined && (this.#isNearGuess(request, only) || this.#isOneOfEquals(request, only, near, rivals))
    if (only && !isContested && this.#isKnown(request, only, near)) return { call: only.call, isGuess: isDoubtful }
    const all = near.length > 0 ? near : [...this.#freeNeighbours(request), ...this.#farCandidates(request, rivalsOf)]
    if (all.length === 0) return this.#exchanged(request)
    if (!this.#isForced(request, all, now)) return UNDECIDED
    if (only) return { call: only.call, isGuess: isContested || isDoubtful || only.fit !== 'same' }
    return { call: this.#likeliest(request, all, rivalsOf), isGuess: true }
  }

  /** The calls within which a request may have started, or up to `more` milliseconds away from it, in order of their starts. */
  *around({ start, kind }: SeenRequest, more = 0): Generator<Call, void> {
    const { items } = this.#calls
    const error = Math.max(this.#largestError, more)
    for (let i = this.#calls.indexFrom(start - this.#longest - error); i < items.length; i++) {
      const call = items[i] as Call
      if (call.start > start + error) return
      if (kind && call.kind !== kind) continue
      if (this.#distance(call, start) <= Math.max(call.error, more)) yield call
    }
  }

  /** Those of them that have no request, and whose end as the page saw it does not rule this one out. */
  #candidates(request: SeenRequest, more = 0): Candidate[] {
    const found: Candidate[] = []
    for (const call of this.around(request, more)) {
      const fit = call.request ? 'other' : this.#fit(request, call)
      if (fit !== 'other') found.push({ call, fit })
    }
    return found
  }

  /** Calls that are too far away, but ended as the request did, and that no other request can belong to. */
  #farCandidates(request: SeenRequest, rivalsOf: RivalsOf): Candidate[] {
    // A type that DevTools does not know may be a preload, which starts before the call that it answers.
    if (!request.kind) return []
    return this.#candidates(request, MAX_CLOCK_ERROR).filter(
      ({ call, fit }) => fit === 'same' && rivalsOf(call).length === 0,
    )
  }

  /**
   * If all calls that a request can belong to have one already, one of those belongs to another call nearby. Which one
   * has none now is found by going from call to call as long as they are too close together to be distinguished.
   */
  #freeNeighbours(request: SeenRequest): Candidate[] {
    const { items } = this.#calls
    const found: Candidate[] = []
    for (const taken of this.around(request)) {
      const at = items.indexOf(taken, this.#calls.indexFrom(taken.start))
      for (const step of [1, -1]) {
        for (let i = at + step; this.#areClose(items[i - step], items[i]); i += step) {
          const call = items[i] as Call
          const isFree = !call.request && (!request.kind || call.kind === request.kind)
          const fit = isFree ? this.#fit(request, call) : 'other'
          if (fit !== 'other') found.push({ call, fit })
        }
      }
      return found
    }
    return found
  }

  #areClose(a: Call | undefined, b: Call | undefined): boolean {
    if (!a || !b) return false
    const [earlier, later] = a.start <= b.start ? [a, b] : [b, a]
    return later.start - this.#latest(earlier) <= earlier.error + later.error
  }

  #fit(request: SeenRequest, call: Call): Fit {
    const end = this.#evidence.pageEnd(call.row)
    if (isConnection(call)) {
      const { status, redirectUrl } = request.value
      const hasOpened = this.#evidence.opened(call.row) !== undefined
      const isRefused = redirectUrl === undefined && (status === 0 || status >= 400)
      if (hasOpened ? isRefused : end && status === SWITCHING_PROTOCOLS) return 'other'
      // The request may have waited for others, so how long the call took says nothing.
      return 'possible'
    }
    return end ? fitOf(request, call, end) : 'possible'
  }

  /** Milliseconds from a call to a request's start; 0 within the call. */
  #distance(call: Call, start: number): number {
    return Math.max(0, call.start - start, start - this.#latest(call))
  }

  /** Chromium opens the sockets of one host in turn, so a connection's request may start long after the call. */
  #latest(call: Call): number {
    return isConnection(call) ? (this.#evidence.opened(call.row) ?? call.latest) : call.latest
  }

  /** The only call that a request can belong to, by what is known now. */
  #onlyOne({ value }: SeenRequest, candidates: readonly Candidate[]): Candidate | undefined {
    const same = candidates.filter(({ fit }) => fit === 'same')
    const best = same.length > 0 ? same : candidates
    if (best.length === 1) return best[0]
    const ends = best.map(({ call }) => this.#evidence.pageEnd(call.row))
    // Not all sizes are known, and DevTools counts the framing of a chunked body.
    const ofSize = best.filter((_, i) => ends[i]?.bodySize !== undefined && ends[i]?.bodySize === value.bodySize)
    if (ends.includes(undefined)) return undefined
    return ofSize.length === 1 ? ofSize[0] : undefined
  }

  /** Whether the page has reported all that could make another call the owner. */
  #isKnown({ start, value }: SeenRequest, { call, fit }: Candidate, candidates: readonly Candidate[]): boolean {
    const evidence = this.#evidence
    if (evidence.callsKnownUntil(call.document) < start + CLOCK_ERROR) return false
    if (fit !== 'same') return true
    const reported = start + value.duration + MAX_UNDECIDED_TIME
    return candidates.every(
      other => evidence.pageEnd(other.call.row) || evidence.recordedUntil(other.call.document) >= reported,
    )
  }

  /** Whether another request, too, can belong to this call alone. */
  #isRival(rival: SeenRequest, request: SeenRequest, call: Call): boolean {
    if (rival === request || (request.value.serviceWorker && !rival.value.serviceWorker)) return false
    return this.#onlyOne(rival, this.#candidates(rival))?.call === call
  }

  /** Whether a call that it may belong to was guessed to be another's: then the one that is left is a guess, too. */
  #isNearGuess(request: SeenRequest, { fit }: Candidate): boolean {
    for (const call of this.around(request)) {
      if (call.isGuess && (fit !== 'same' || ['same', 'possible'].includes(this.#fit(request, call)))) return true
    }
    return false
  }

  /**
   * Whether another request ended like the call, too, and this one can be that of a call whose end the page does not report:
   * then the two may be each other's.
   */
  #isOneOfEquals(
    request: SeenRequest,
    { call }: Candidate,
    candidates: readonly Candidate[],
    rivals: readonly SeenRequest[],
  ): boolean {
    if (candidates.every(each => each.call === call || this.#evidence.pageEnd(each.call.row))) return false
    return rivals.some(rival => rival !== request && this.#fit(rival, call) === 'same')
  }

  /** Whether the page will not report more that decides. */
  #isForced({ start, value }: SeenRequest, candidates: readonly Candidate[], now: number): boolean {
    const end = start + value.duration
    if (now - end > MAX_SILENT_TIME) return true
    return candidates.every(({ call }) => this.#evidence.recordedUntil(call.document) - end > MAX_UNDECIDED_TIME)
  }

  /**
   * The call whose end is most like the request's. Of several it is the first, as requests are placed in the order of their
   * starts. A redirect gets the one that the fewest other requests fit: what follows it comes too late to correct it.
   */
  #likeliest(request: SeenRequest, candidates: readonly Candidate[], rivalsOf: RivalsOf): Call {
    const { start, value } = request
    const rank = ({ call, fit }: Candidate): number =>
      FITS.indexOf(fit) * MAX_DISTANCE + Math.max(0, Math.min(this.#distance(call, start), MAX_DISTANCE) - CLOCK_ERROR)
    const least = Math.min(...candidates.map(rank))
    const best = candidates.filter(each => rank(each) === least).slice(0, MAX_COMPARED)
    if (!value.redirectUrl) return (best[0] as Candidate).call
    const rivals = best.map(
      ({ call, fit }) => rivalsOf(call).filter(rival => isAsLikely(this.#fit(rival, call), fit)).length,
    )
    return (best[rivals.indexOf(Math.min(...rivals))] as Candidate).call
  }

  /** The connection that opened first after the request of one of them had started. */
  #firstOpened(candidates: readonly Candidate[]): Candidate | undefined {
    let first: Candidate | undefined
    let earliest = Number.POSITIVE_INFINITY
    for (const candidate of candidates) {
      const latest = this.#latest(candidate.call)
      if (!isConnection(candidate.call) || latest >= earliest) continue
      first = candidate
      earliest = latest
    }
    return first
  }

  /**
   * Whether another connection may have made the request. EventSources open side by side, WebSockets of one host in turn; but a page
   * that is busy hears only later that one has opened, when the next request was made.
   */
  #isOpenedGuess(request: SeenRequest, opened: Candidate, candidates: readonly Candidate[]): boolean {
    const hasOpened = ({ call }: Candidate): boolean => this.#evidence.opened(call.row) !== undefined
    return candidates.filter(hasOpened).length > 1 || this.#isNearGuess(request, opened)
  }

  /**
   * A call whose request was guessed, if that may also be the request of a call without one, and this request can be no other
   * call's: the guess was wrong.
   */
  #exchanged(request: SeenRequest): FoundCall | undefined {
    // A type that DevTools does not know may be a preload, which needs no call.
    if (!request.kind) return undefined
    for (const call of this.around(request)) {
      const guessed = call.isGuess ? call.request : undefined
      // What followed a redirect has been joined by then. What an error did to its row is not undone.
      if (!guessed || guessed.value.redirectUrl || guessed.value.error !== undefined) continue
      if (this.#fit(request, call) !== 'other' && this.#candidates(guessed).length > 0) return { call, isGuess: true }
    }
    return undefined
  }

  /**
   * A service worker's own request for what the page asked for may have been taken for the page's. DevTools says of the
   * page's that a service worker answered it.
   */
  #displaced(request: SeenRequest): Call | undefined {
    if (!request.value.serviceWorker) return undefined
    for (const call of this.around(request)) {
      if (call.request && !call.request.value.serviceWorker && !call.request.value.redirectUrl) return call
    }
    return undefined
  }
}

/** Whether a call opens a connection: its request may start long after the call. */
function isConnection({ latest }: Call): boolean {
  return latest === Number.POSITIVE_INFINITY
}

function isAsLikely(fit: Fit, than: Fit): boolean {
  return FITS.indexOf(fit) <= FITS.indexOf(than)
}
