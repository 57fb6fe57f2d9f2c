// Model: what DevTools saw of the tab's requests, joined to the operations that the page reported.
import type { Batch, DocumentInfo } from '../../wire/batch.ts'
import type { NetworkEntry } from '../../wire/log.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import { type HttpDetail, PENDING } from '../../wire/operations.ts'
import { hostOf, shortUrl } from '../../wire/short-url.ts'
import type { DocumentNumber, Row } from '../numbers.ts'
import { CLOCK_ERROR, MAX_UNDECIDED_TIME } from './call-list.ts'
import { setConnectionDevtools, setHttp } from './devtools-corrections.ts'
import { answeredAfter, type DevtoolsEnd, devtoolsEnd } from './devtools-end.ts'
import { joinRequest } from './join-request.ts'
import { cancelByNavigation, reopenCancelled } from './leave-document.ts'
import { listHeld } from './list-held.ts'
import { type JoinListener, NetworkJoin } from './network-join.ts'
import { NeverSentRequests } from './never-sent-requests.ts'
import { NO_ROW, type OperationTable } from './operation-table.ts'
import { keepPageFramesOf } from './page-frames.ts'
import type { ReportedCall } from './record-operations.ts'
import type { PageEnd } from './request-fit.ts'

/** Milliseconds by which starts may differ where it is unknown how far the page's clock and the wall clock are apart. */
const UNKNOWN_CLOCK_ERROR = 250

/**
 * Milliseconds from the return of a native call to the start of its request, in Firefox, which asks its parent process to make it:
 * https://searchfox.org/firefox-main/source/netwerk/protocol/http/PHttpChannel.ipdl. Chromium starts it within the call.
 */
const FIREFOX_START_DELAY = 500

/** Milliseconds after the end of a request by which DevTools has reported it, on a busy machine too. */
const LATEST_REPORT = 5_000

interface Clock {
  /** As `Batch.wallOffset`. */
  wallOffset: number | undefined
  /** Milliseconds by which a call's time may be wrong. */
  error: number
  isFirefox: boolean
  /** As `CallEvidence`. */
  callsKnownUntil: number
  recordedUntil: number
  /** Its requests are named without it. */
  pageHost: string
}

export class DevtoolsRequests implements JoinListener {
  readonly join = new NetworkJoin(this)
  readonly #operations: OperationTable
  readonly #neverSent: NeverSentRequests
  /** When the session began: epoch milliseconds. */
  readonly #createdAt: number
  /** By the document's number, as of its latest batch. */
  readonly #clocks: Clock[] = []
  /** Connections whose end only DevTools has reported, with it: epoch milliseconds by the wall clock. */
  readonly #endedConnections = new Map<Row, number>()
  /** The document whose batch is being added. */
  #document = 0 as DocumentNumber
  /** The latest moment that is recorded, by the wall clock. */
  #now = Number.NEGATIVE_INFINITY

  constructor(operations: OperationTable, createdAt: number) {
    this.#operations = operations
    this.#createdAt = createdAt
    this.#neverSent = new NeverSentRequests(operations, this.join, document => this.wallOffsetOf(document))
  }

  /** A batch of a document comes next. */
  enter(document: DocumentNumber, { clockResolution, timeOrigin, url, userAgent }: DocumentInfo, batch: Batch): void {
    const before = this.#clocks[document]
    const wallOffset = batch.wallOffset ?? before?.wallOffset
    // Of two readings one may be a millisecond less. If they differ by more, the wall clock was corrected; it is unknown when.
    const difference = Math.abs((wallOffset ?? 0) - (before?.wallOffset ?? wallOffset ?? 0))
    const corrected = Math.max(0, difference - CLOCK_ERROR)
    const error = wallOffset === undefined ? UNKNOWN_CLOCK_ERROR : CLOCK_ERROR + clockResolution + corrected
    const time = batch.time === undefined ? before?.callsKnownUntil : timeOrigin + batch.time + (wallOffset ?? 0)
    this.#document = document
    this.#clocks[document] = {
      wallOffset,
      error,
      isFirefox: userAgent.includes('Firefox/'),
      pageHost: hostOf(url),
      callsKnownUntil: time ?? Number.POSITIVE_INFINITY,
      recordedUntil: before?.recordedUntil ?? Number.NEGATIVE_INFINITY,
    }
  }

  /** @param latest what the document has recorded until now, in epoch milliseconds by its clock. */
  *settle(latest: number): Generator<void, void> {
    const clock = this.#clocks[this.#document]
    const until = latest + this.wallOffsetOf(this.#document)
    if (clock) clock.recordedUntil = until
    yield* this.settleUntil(until)
  }

  /**
   * Decides what was waited for long enough by then.
   * @param now epoch milliseconds by the wall clock.
   */
  *settleUntil(now: number): Generator<void, void> {
    this.#now = Math.max(this.#now, now)
    yield* this.join.settle(this.#now)
    this.#neverSent.again()
    this.#endConnections(MAX_UNDECIDED_TIME)
    for (const [number, { document, start, duration }] of this.#operations.held.all()) {
      const end = start + duration + this.wallOffsetOf(document)
      if (this.#now - end > LATEST_REPORT) listHeld(this.#operations, number)
    }
  }

  /** Decides whose each request is, without waiting for more reports. */
  *decide(): Generator<void, void> {
    yield* this.join.settle(this.#now, Number.POSITIVE_INFINITY)
    this.#neverSent.again()
  }

  /** The same, and which requests belong to the session: nothing more is recorded. */
  *finish(): Generator<void, void> {
    yield* this.decide()
    this.#endConnections(0)
    for (const [number] of this.#operations.held.all()) {
      // Nothing of the others came after Clear.
      if (!this.#operations.held.responseOf(number)) listHeld(this.#operations, number)
    }
  }

  /**
   * A frame that was removed reports nothing more of its connections. A page that is there reports their ends itself.
   * @param wait milliseconds for that.
   */
  #endConnections(wait: number): void {
    const operations = this.#operations
    for (const [row, end] of this.#endedConnections) {
      const document = operations.document.get(row)
      const isReported = operations.outcome.get(row) !== PENDING || this.recordedUntil(document) > end + CLOCK_ERROR
      if (!isReported && this.#now - end < wait) continue
      this.#endedConnections.delete(row)
      if (!isReported) cancelByNavigation(operations, row, end - this.wallOffsetOf(document))
    }
  }

  addCall({ row, kind, start, callDuration, outcome, detail }: ReportedCall): void {
    const { http, connection } = detail
    // Aborted before the call, or refused: the browser made no request. Chromium lists some for URLs that it does not load.
    const isRefused = http && outcome !== PENDING && http.endSource === undefined
    if (isRefused && detail.error?.code !== 'unsupported-scheme') return
    const { method, url } = http ?? { method: 'GET', url: connection?.url ?? '' }
    const { error, isFirefox } = this.#clocks[this.#document] ?? { error: UNKNOWN_CLOCK_ERROR, isFirefox: false }
    const wallStart = start + this.wallOffsetOf(this.#document)
    const startWithin = callDuration + (isFirefox ? FIREFOX_START_DELAY : 0)
    const latest = connection ? Number.POSITIVE_INFINITY : wallStart + startWithin
    const document = this.#document
    this.join.addCall({ row, kind, document, method, url, start: wallStart, latest, error, startWithin })
  }

  /** What a record of DevTools' says. */
  *take({ requests, look }: NetworkEntry): Generator<void, void> {
    for (const request of requests) {
      keepPageFramesOf(request)
      const end = devtoolsEnd(request)
      const isEarlier =
        request.type !== 'document' && end !== undefined && this.#isBefore(lastKnownMoment(request, end))
      this.join.addRequest(request, isEarlier)
      this.#now = Math.max(this.#now, request.startTime + request.duration)
      yield
    }
    if (look) {
      this.#now = Math.max(this.#now, look.time)
      this.join.noteRunning(look.running ?? [], new Set(look.unanswered))
    }
    yield* this.join.settle(this.#now)
    if (look) this.#neverSent.take(look)
    else this.#neverSent.again()
  }

  /** Milliseconds that the wall clock is ahead of a document's own. */
  wallOffsetOf(document: DocumentNumber): number {
    return this.#clocks[document]?.wallOffset ?? 0
  }

  joined(number: Row, request: NetworkRequest, elapsed: number, isGuess: boolean): Row {
    const row = this.#listed(number, request, elapsed, isGuess)
    if (row === NO_ROW || this.#operations.held.get(row)) return row
    const operations = this.#operations
    this.#name(row, request)
    const http = operations.details.get(row)?.http
    if (!http) {
      setConnectionDevtools(operations, row, request, isGuess)
      // An EventSource whose stream ends in another way is connected again. Firefox reports a WebSocket's request when it opens.
      const { isFirefox } = this.#clocks[operations.document.get(row)] ?? {}
      const hasClosed = request.type === 'websocket' && !request.unfinished && !isFirefox
      if (hasClosed || request.error === 'net::ERR_ABORTED')
        this.#endedConnections.set(row, request.startTime + request.duration)
      return row
    }
    // What comes after a redirect that the page did not want followed is none of its requests.
    if (http.redirect && http.devtools?.redirectUrl) return row
    const end = devtoolsEnd(request, elapsed)
    // That the browser cancelled it is known already.
    if (end && end.outcome !== 'cancelled') reopenCancelled(operations, row)
    joinRequest(operations, row, withMatch(http, isGuess), request, elapsed)
    return row
  }

  running(number: Row, request: NetworkRequest, isGuess: boolean): Row {
    const row = listHeld(this.#operations, number)
    const { http, connection } = (row === NO_ROW ? undefined : this.#operations.details.get(row)) ?? {}
    if (http && !http.devtools) setHttp(this.#operations, row, { ...withMatch(http, isGuess), devtools: request })
    if (connection && !connection.devtools) setConnectionDevtools(this.#operations, row, request, isGuess)
    return row
  }

  pageEnd(number: Row): PageEnd | undefined {
    const operations = this.#operations
    const row = operations.held.rowOf(number)
    const isOfPage = !operations.cancelledByNavigation.has(row) && !operations.endedByDevtools.has(row)
    if (!this.#hasEnded(row) || !isOfPage) return undefined
    const { status, encodedBodySize: bodySize } = operations.details.get(row)?.http ?? {}
    return { duration: operations.duration.get(row), status, bodySize }
  }

  /** When the page was left, if that ended it. */
  endOf(number: Row): number | undefined {
    const row = this.#operations.held.rowOf(number)
    return this.#hasEnded(row) ? this.#wallStartOf(row) + this.#operations.duration.get(row) : undefined
  }

  #hasEnded(row: Row): boolean {
    return row >= 0 && this.#operations.outcome.get(row) !== PENDING
  }

  callsKnownUntil(document: DocumentNumber): number {
    return this.#clocks[document]?.callsKnownUntil ?? Number.POSITIVE_INFINITY
  }

  recordedUntil(document: DocumentNumber): number {
    return this.#clocks[document]?.recordedUntil ?? Number.NEGATIVE_INFINITY
  }

  opened(row: Row): number | undefined {
    const connection = row < 0 ? undefined : this.#operations.details.get(row)?.connection
    return connection?.openDuration === undefined ? undefined : this.#wallStartOf(row) + connection.openDuration
  }

  #wallStartOf(row: Row): number {
    return this.#operations.start.get(row) + this.wallOffsetOf(this.#operations.document.get(row))
  }

  /** The row of a request. One that is held is listed now if it ended after Clear, or something of its body came after it. */
  #listed(number: Row, request: NetworkRequest, elapsed: number, isGuess: boolean): Row {
    const operations = this.#operations
    const held = operations.held.get(number)
    if (!held) return listHeld(operations, number)
    const end = devtoolsEnd(request, elapsed)
    // The next request of a redirect decides.
    if (!end) return number
    const { bodyEndUnknown = false } = end
    const abandoned = isAbandoned(request, end)
    const hasEnded = held.outcome !== PENDING
    const isLater = !this.#isBefore(lastKnownMoment(request, end, elapsed))
    if (isLater || (hasEnded && !bodyEndUnknown)) return listHeld(operations, number)
    if (bodyEndUnknown && !(abandoned && hasEnded)) {
      operations.held.setResponse(number, { abandoned, addToRow: () => this.joined(number, request, elapsed, isGuess) })
      return number
    }
    operations.held.release(number, NO_ROW)
    return NO_ROW
  }

  /** Whether a moment was before the session began. */
  #isBefore(time: number): boolean {
    return time < this.#createdAt
  }

  /** Names a request whose method or URL the page script could not read. */
  #name(row: Row, { method, url }: NetworkRequest): void {
    const operations = this.#operations
    const http = operations.details.get(row)?.http
    if (!http || (http.method !== '' && http.url !== '')) return
    const named = { ...http, method: http.method || method, url: http.url || url }
    const { pageHost = '' } = this.#clocks[operations.document.get(row)] ?? {}
    setHttp(operations, row, named)
    operations.rename(row, `${named.method} ${shortUrl(named.url, pageHost)}`)
  }
}

/** Whether nobody received the rest of the body: DevTools says when it was abandoned, and not what of it had come. */
function isAbandoned({ unfinished }: NetworkRequest, { bodyEndUnknown }: DevtoolsEnd): boolean {
  return bodyEndUnknown === true && !unfinished
}

/**
 * The last that is known of a request, in epoch milliseconds: the end of its body, what of it has come, or the response.
 * @param elapsed milliseconds from the operation's start to this request's, if it was redirected.
 */
function lastKnownMoment(request: NetworkRequest, end: DevtoolsEnd, elapsed = 0): number {
  return request.startTime - elapsed + (isAbandoned(request, end) ? answeredAfter(end) : end.duration)
}

/** A request that is running may have been guessed, and be known when it has ended. */
function withMatch(http: HttpDetail, isGuess: boolean): HttpDetail {
  if (isGuess) return { ...http, match: 'inferred' }
  if (http.endSource !== undefined || http.match === undefined) return http
  const { match: _, ...known } = http
  return known
}
