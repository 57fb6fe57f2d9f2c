// Model: a request or a connection as an entry of HAR 1.2. Fields with an underscore are Chrome's own, except those that
// docs/formats.md lists as ours.
import type { NetworkRequest, RequestPhases } from '../../../wire/network.ts'
import type { ConnectionDetail, ErrorDetail, HttpDetail, Kind, Outcome } from '../../../wire/operations.ts'
import { phasesOf } from '../../analysis/phase-segments.ts'
import type { Row } from '../../numbers.ts'
import { OTHER } from '../../session/operation-table.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { stackFrames } from '../../text/stack-frames.ts'
import { type OperationTimes, timesOf } from '../operation-times.ts'
import { harDate } from './har-date.ts'
import { harTime, harTimings } from './har-timings.ts'
import { harUrl } from './har-url.ts'

/** DevTools' resource types of operations. */
const TYPE_OF_KIND: Record<Exclude<Kind, 'custom'>, string> = {
  fetch: 'fetch',
  xhr: 'xhr',
  beacon: 'ping',
  websocket: 'websocket',
  eventsource: 'eventsource',
  stream: 'fetch',
}

/** What Chrome calls a cancelled request. */
const ABORTED = 'net::ERR_ABORTED'

export interface HarPlace {
  pageref: string
}

/** Undefined for an operation that is no request: HAR has no place for it. */
export function operationEntry(session: SessionModel, row: Row, place: HarPlace): object | undefined {
  const { operations } = session
  const { http, connection, error } = operations.details.get(row) ?? {}
  const kind = operations.kindOf(row)
  if (operations.kind.get(row) === OTHER) return http?.devtools && networkEntry(http.devtools, place)
  if (kind === 'custom' || !(http ?? connection)) return undefined
  const outcome = operations.outcomeOf(row)
  const times = timesOf(session, row)
  const type = TYPE_OF_KIND[kind]
  return http
    ? requestEntry(http, { times, type, outcome, error, place })
    : connectionEntry(connection as ConnectionDetail, { times, type, outcome, error, place })
}

interface Facts {
  times: OperationTimes
  type: string
  outcome: Outcome
  error: ErrorDetail | undefined
  place: HarPlace
}

function requestEntry(http: HttpDetail, { times, type, outcome, error, place }: Facts): object {
  const { devtools } = http
  return entryOf({
    place,
    type,
    start: times.start,
    total: times.total,
    headers: times.headers,
    phases: phasesOf(http)?.phases ?? {},
    method: http.method,
    url: http.url,
    status: http.status ?? (outcome === 'pending' ? 0 : (devtools?.status ?? 0)),
    protocol: http.protocol ?? devtools?.protocol,
    transferSize: http.transferSize ?? devtools?.transferSize,
    bodySize: http.encodedBodySize ?? devtools?.bodySize,
    contentSize: http.decodedBodySize,
    devtools,
    cache: devtools?.cache ?? (http.fromCache ? 'disk' : undefined),
    serviceWorker: http.serviceWorker ?? devtools?.serviceWorker,
    stack: http.stack ?? devtools?.initiator?.stack,
    error: errorText(outcome, error, devtools),
    outcome,
  })
}

function connectionEntry(connection: ConnectionDetail, { times, type, outcome, error, place }: Facts): object {
  const { devtools, url, openDuration, messagesIn, bytesIn, messagesOut, bytesOut, closeCode, closeReason } = connection
  const isSocket = type === 'websocket'
  const opened = openDuration !== undefined
  return {
    ...entryOf({
      place,
      type,
      start: times.start,
      total: times.total,
      headers: openDuration,
      phases: {},
      method: 'GET',
      url,
      status: devtools?.status ?? (opened ? (isSocket ? 101 : 200) : 0),
      protocol: devtools?.protocol,
      transferSize: devtools?.transferSize,
      bodySize: devtools?.bodySize,
      contentSize: undefined,
      devtools,
      cache: undefined,
      serviceWorker: devtools?.serviceWorker,
      stack: devtools?.initiator?.stack,
      error: errorText(outcome, error, devtools),
      outcome,
    }),
    comment: `${messagesIn} messages (${bytesIn} bytes) received, ${messagesOut} messages (${bytesOut} bytes) sent. Their contents are not recorded.`,
    _messages: {
      messagesIn,
      bytesIn,
      messagesOut,
      bytesOut,
      ...(opened ? { openDuration } : {}),
      ...(closeCode === undefined ? {} : { closeCode }),
      ...(closeReason === undefined ? {} : { closeReason }),
    },
  }
}

/** A request that only DevTools saw. */
export function networkEntry(request: NetworkRequest, place: HarPlace): object {
  const outcome = outcomeOf(request)
  return entryOf({
    place,
    type: request.type,
    start: request.startTime,
    total: request.duration,
    headers: undefined,
    phases: request.phases,
    method: request.method,
    url: request.url,
    status: request.status,
    protocol: request.protocol,
    transferSize: request.transferSize,
    bodySize: request.bodySize,
    contentSize: undefined,
    devtools: request,
    cache: request.cache,
    serviceWorker: request.serviceWorker,
    stack: request.initiator?.stack,
    error: request.error,
    outcome,
  })
}

/** As that of an operation: an error of the network or of the server is a failure. */
function outcomeOf({ unfinished, error, status }: NetworkRequest): Outcome {
  if (unfinished) return 'pending'
  if (error === ABORTED) return 'cancelled'
  return error !== undefined || status >= 400 ? 'failed' : 'ok'
}

interface EntryFacts {
  place: HarPlace
  type: string
  start: number
  total: number
  headers: number | undefined
  phases: RequestPhases
  method: string
  url: string
  status: number
  protocol: string | undefined
  transferSize: number | undefined
  bodySize: number | undefined
  contentSize: number | undefined
  devtools: NetworkRequest | undefined
  cache: 'memory' | 'disk' | undefined
  serviceWorker: boolean | undefined
  stack: readonly string[] | undefined
  error: string | undefined
  outcome: Outcome
}

function entryOf(facts: EntryFacts): object {
  const { start, total, devtools, protocol = '', stack, error } = facts
  const timings = harTimings(total, facts.phases, facts.headers)
  return {
    pageref: facts.place.pageref,
    startedDateTime: harDate(start),
    time: harTime(timings),
    request: {
      method: facts.method,
      url: harUrl(facts.url),
      httpVersion: protocol,
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: devtools?.requestHeadersSize ?? -1,
      bodySize: devtools?.requestBodySize ?? -1,
    },
    response: {
      status: facts.status,
      statusText: '',
      httpVersion: protocol,
      cookies: [],
      headers: headersOf(devtools),
      content: { size: facts.contentSize ?? -1, mimeType: devtools?.mimeType ?? 'x-unknown' },
      redirectURL: devtools?.redirectUrl ?? '',
      headersSize: devtools?.responseHeadersSize ?? -1,
      bodySize: facts.bodySize ?? -1,
      ...(facts.transferSize === undefined ? {} : { _transferSize: facts.transferSize }),
      ...(error === undefined ? {} : { _error: error }),
      ...(facts.serviceWorker ? { _fetchedViaServiceWorker: true } : {}),
    },
    cache: {},
    timings,
    _resourceType: facts.type,
    ...(facts.cache === undefined ? {} : { _fromCache: facts.cache }),
    ...(devtools?.priority === undefined ? {} : { _priority: devtools.priority }),
    ...(stack || devtools?.initiator ? { _initiator: initiatorOf(devtools?.initiator?.type ?? 'script', stack) } : {}),
    // Whether a request failed is not always in its status: an opaque response has none.
    _outcome: facts.outcome,
  }
}

/** The headers that are recorded. */
function headersOf(devtools: NetworkRequest | undefined): { name: string; value: string }[] {
  const headers = { 'cache-control': devtools?.cacheControl, etag: devtools?.etag, 'retry-after': devtools?.retryAfter }
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}

/** Lines and columns count from 0, as in Chrome. */
function initiatorOf(type: string, stack: readonly string[] | undefined): object {
  const callFrames = stack?.map(line => {
    const [frame] = stackFrames(line)
    const { url = '', line: lineNumber = 1, column = 1 } = frame?.place ?? {}
    const functionName = functionNameOf(frame?.before ?? '')
    return { functionName, scriptId: '', url, lineNumber: lineNumber - 1, columnNumber: column - 1 }
  })
  return { type, ...(callFrames && callFrames.length > 0 ? { stack: { callFrames } } : {}) }
}

/** V8 writes `at name (`, SpiderMonkey `name@`, DevTools `name `. */
function functionNameOf(before: string): string {
  const name = before.trim().replace(/^at /, '').replace(/[(@]$/, '').trim()
  return name === '(anonymous)' ? '' : name
}

function errorText(
  outcome: Outcome,
  error: ErrorDetail | undefined,
  devtools: NetworkRequest | undefined,
): string | undefined {
  if (outcome === 'cancelled') return ABORTED
  if (outcome !== 'failed') return undefined
  return devtools?.error ?? (error && (error.message || error.code || error.name))
}
