// Model: the network requests of a trace: each is several events with the same id.
import { isStreamedResponse } from '../../../session/streamed-response.ts'
import type { NetworkRequest, RequestPhases } from '../../../wire/network.ts'
import type { HttpDetail, Kind } from '../../../wire/operations.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import { shortUrl } from '../../../wire/short-url.ts'
import { membersOf, numberOf, textOf } from '../har/clean-entry.ts'
import type { FoundOperation } from '../other-file.ts'
import { ImportError } from '../session/import-error.ts'
import type { TraceEvent } from './trace-event.ts'

/** Requests that are kept. */
const MAX_REQUESTS = 200_000
const EVENTS = new Set(['ResourceSendRequest', 'ResourceReceiveResponse', 'ResourceFinish'])
const MAX_BYTES = Number.MAX_SAFE_INTEGER

const KIND_OF_TYPE = new Map<string, Kind>([
  ['fetch', 'fetch'],
  ['xhr', 'xhr'],
  ['ping', 'beacon'],
])

interface TraceRequest {
  url: string
  method: string
  type: string
  /** Microseconds. */
  sentAt: number
  respondedAt?: number
  finishedAt?: number
  status: number
  hasFailed: boolean
  mimeType?: string | undefined
  protocol?: string | undefined
  fromCache: boolean
  serviceWorker: boolean
  transferSize?: number | undefined
  decodedBodySize?: number | undefined
  timing?: Record<string, unknown> | undefined
}

export class TraceRequests {
  readonly #byId = new Map<string, TraceRequest>()

  /** Events come in no order: the end of a request may be before its start in the file. */
  add({ name, ts, pid, data }: TraceEvent): void {
    if (!EVENTS.has(name)) return
    const request = this.#requestOf(`${pid} ${textOf(data.requestId) ?? ''}`)
    if (name === 'ResourceSendRequest') {
      request.url = redactUrl(textOf(data.url, 100_000) ?? '')
      request.method = textOf(data.requestMethod) ?? 'GET'
      request.type = textOf(data.resourceType)?.toLowerCase() ?? 'other'
      request.sentAt = ts
    } else if (name === 'ResourceReceiveResponse') {
      request.respondedAt = ts
      request.status = Math.floor(numberOf(data.statusCode, 999) ?? 0)
      request.mimeType = textOf(data.mimeType)?.split(';', 1)[0]
      request.protocol = textOf(data.protocol)
      request.fromCache = data.fromCache === true
      request.serviceWorker = data.fromServiceWorker === true
      request.timing = membersOf(data.timing)
    } else {
      request.finishedAt = ts
      request.hasFailed = data.didFail === true
      request.transferSize = numberOf(data.encodedDataLength, MAX_BYTES)
      request.decodedBodySize = numberOf(data.decodedBodyLength, MAX_BYTES)
    }
  }

  /** Those whose start is in the trace. */
  all(): TraceRequest[] {
    return [...this.#byId.values()].filter(({ url }) => url !== '')
  }

  #requestOf(id: string): TraceRequest {
    const known = this.#byId.get(id)
    if (known) return known
    if (this.#byId.size === MAX_REQUESTS) throw new ImportError(`has more than ${MAX_REQUESTS} requests`)
    const unknown = { url: '', method: '', type: '', sentAt: 0, status: 0 }
    const request = { ...unknown, hasFailed: false, fromCache: false, serviceWorker: false }
    this.#byId.set(id, request)
    return request
  }
}

/** @param at epoch milliseconds of a trace's microseconds. */
export function operationOfRequest(
  found: TraceRequest,
  at: (ts: number) => number,
  host: string,
): { operation: FoundOperation } | { request: NetworkRequest } {
  const { url, method, type, sentAt, respondedAt, finishedAt, status, hasFailed } = found
  const duration = Math.max(0, ((finishedAt ?? respondedAt ?? sentAt) - sentAt) / 1_000)
  const phases = phasesOf(found)
  const request: NetworkRequest = { url, method, status, type, startTime: at(sentAt), duration, phases }
  if (finishedAt === undefined) request.unfinished = true
  if (found.protocol) request.protocol = found.protocol
  if (found.mimeType) request.mimeType = found.mimeType
  if (found.transferSize !== undefined) request.transferSize = found.transferSize
  if (found.fromCache) request.cache = 'disk'
  if (found.serviceWorker) request.serviceWorker = true
  const kind = KIND_OF_TYPE.get(type)
  if (!kind) return { request }
  const http: HttpDetail = { method, url, phases, endSource: 'devtools', devtools: request }
  if (status >= 100) http.status = status
  if (respondedAt !== undefined) http.headersDuration = Math.max(0, (respondedAt - sentAt) / 1_000)
  if (found.transferSize !== undefined) http.transferSize = found.transferSize
  if (found.decodedBodySize !== undefined) http.decodedBodySize = found.decodedBodySize
  if (found.protocol) http.protocol = found.protocol
  if (found.fromCache) http.fromCache = true
  if (found.serviceWorker) http.serviceWorker = true
  const outcome = finishedAt === undefined ? 'pending' : hasFailed || status >= 400 ? 'failed' : 'ok'
  const hasError = outcome === 'failed' && status === 0
  const error = hasError ? { error: { name: 'TypeError', code: 'network' as const } } : {}
  return {
    operation: {
      name: `${method} ${shortUrl(url, host)}`,
      kind: kind !== 'beacon' && isStreamedResponse(http, duration) ? 'stream' : kind,
      outcome,
      start: at(sentAt),
      duration: outcome === 'pending' ? undefined : duration,
      document: 0,
      detail: { ...error, http },
    },
  }
}

/** Its fields are milliseconds since `requestTime`; -1 for what does not apply. */
function phasesOf({ timing, respondedAt, finishedAt }: TraceRequest): RequestPhases {
  if (!timing) return {}
  const span = (from: string, to: string): number | undefined => {
    const [start, end] = [numberOf(timing[from], 1e9), numberOf(timing[to], 1e9)]
    return start === undefined || end === undefined || end < start ? undefined : end - start
  }
  const receive = finishedAt === undefined || respondedAt === undefined ? undefined : (finishedAt - respondedAt) / 1_000
  const phases = {
    dns: span('dnsStart', 'dnsEnd'),
    connect: span('connectStart', 'connectEnd'),
    tls: span('sslStart', 'sslEnd'),
    send: span('sendStart', 'sendEnd'),
    wait: span('sendEnd', 'receiveHeadersEnd'),
    receive: receive === undefined ? undefined : Math.max(0, receive),
  }
  return Object.fromEntries(Object.entries(phases).filter(([, value]) => value !== undefined)) as RequestPhases
}
