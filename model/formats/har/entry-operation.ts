// Model: what an entry of a HAR file is in a session: an operation, or a request that only DevTools saw.
import { isStreamedResponse } from '../../../session/streamed-response.ts'
import { toNetworkRequest } from '../../../wire/har-entry.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import {
  type ConnectionDetail,
  type HttpDetail,
  type Kind,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
} from '../../../wire/operations.ts'
import { redactText } from '../../../wire/redact-text.ts'
import { shortUrl } from '../../../wire/short-url.ts'
import { KIND_OF_TYPE } from '../../session/join-sides.ts'
import type { FoundOperation } from '../other-file.ts'
import { type CleanEntry, membersOf, numberOf, textOf } from './clean-entry.ts'

/** https://fetch.spec.whatwg.org/#concept-request-destination, as DevTools calls them. */
const TYPE_OF_DESTINATION = new Map([
  ['document', 'document'],
  ['iframe', 'document'],
  ['frame', 'document'],
  ['image', 'image'],
  ['script', 'script'],
  ['style', 'stylesheet'],
  ['font', 'font'],
  ['audio', 'media'],
  ['video', 'media'],
  ['manifest', 'manifest'],
  ['worker', 'script'],
])

const NO_NAMES: ReadonlySet<string> = new Set()
const ABORTED = /abort|cancel/i

/** @param pageHost requests to it are named without it. */
export function readEntry(
  entry: CleanEntry,
  document: number,
  pageHost: string,
): { operation: FoundOperation } | { request: NetworkRequest } | undefined {
  const type = typeOf(entry)
  const found = toNetworkRequest({ ...entry, _resourceType: type }, NO_NAMES, Math.max(1, entry.start))
  if (!found) return undefined
  // Chrome calls a file with the microseconds that other programs write after the milliseconds a valid date.
  const request: NetworkRequest = { ...found, startTime: Math.max(1, entry.start) }
  // Firefox calls a ping a beacon.
  const kind = KIND_OF_TYPE.get(type === 'beacon' ? 'ping' : type)
  if (!kind) return { request }
  const outcome = outcomeOf(entry, request)
  const { duration: total } = request
  const name = `${NAME_OF_KIND[kind] ?? (request.method || 'GET')} ${shortUrl(request.url, pageHost)}`
  const isConnection = kind === 'websocket' || kind === 'eventsource'
  const http = isConnection ? undefined : httpOf(entry, request)
  const detail = http ? { http } : { connection: connectionOf(entry, request) }
  const error = errorOf(outcome, request)
  return {
    operation: {
      name,
      kind: http && kind !== 'beacon' && isStreamedResponse(http, total) ? 'stream' : kind,
      outcome,
      start: request.startTime,
      duration: outcome === 'pending' ? undefined : total,
      ...(outcome === 'pending' && entry.hasResponse && !request.status ? { endUnknown: 'no-outcome' as const } : {}),
      document,
      detail: { ...(error ? { error } : {}), ...detail },
    },
  }
}

const NAME_OF_KIND: Partial<Record<Kind, string>> = { websocket: 'WS', eventsource: 'ES' }

/** Chrome and Playwright say it. Of others, the headers do that browsers send, and else the response's type. */
function typeOf(entry: CleanEntry): string {
  const { fetchDest, fetchMode, url, response } = entry
  const type = entry._resourceType?.toLowerCase()
  if (type) return type
  if (/^wss?:/i.test(url) || fetchMode === 'websocket' || response?.status === 101) return 'websocket'
  if (entry.isPreflight) return 'preflight'
  const mime = response?.content?.mimeType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (mime === 'text/event-stream') return 'eventsource'
  if (entry.isXhr) return 'xhr'
  if (fetchDest === 'empty') return 'fetch'
  if (fetchDest !== undefined) return TYPE_OF_DESTINATION.get(fetchDest) ?? 'other'
  if (/html/.test(mime)) return 'document'
  if (mime.startsWith('image/')) return 'image'
  if (/javascript|ecmascript/.test(mime)) return 'script'
  if (mime === 'text/css') return 'stylesheet'
  if (/font/.test(mime)) return 'font'
  if (/^(?:audio|video)\//.test(mime)) return 'media'
  // An icon in the page's own text, for example. No headers say what asked for it.
  if (/^(?:data|blob):/i.test(url)) return 'other'
  // Data: whether it was asked for by fetch or XMLHttpRequest is not known.
  return /json|xml|^text\/plain|octet-stream|protobuf|grpc/.test(mime) ? 'fetch' : 'other'
}

function outcomeOf(entry: CleanEntry, { status, error }: NetworkRequest): Outcome {
  const own = OUTCOMES.find(each => each === entry.outcome)
  if (own) return own
  if (error !== undefined && ABORTED.test(error)) return 'cancelled'
  if (status >= 400 || error !== undefined) return 'failed'
  if (status > 0) return 'ok'
  // Firefox may export a request before it knows its status, although it has the response.
  if (entry.hasResponse) return 'pending'
  // Without a response, an error or a time it had not ended when the file was written.
  return entry.time === undefined || entry.time === 0 ? 'pending' : 'failed'
}

function errorOf(outcome: Outcome, { error, status }: NetworkRequest): OperationDetail['error'] {
  if (outcome === 'cancelled') return { name: 'AbortError', message: error ?? 'The request was cancelled.' }
  if (outcome !== 'failed' || status > 0) return undefined
  return error === undefined ? { name: 'TypeError', code: 'network' } : { name: 'TypeError', message: error }
}

/** Until the response's headers: all but the time that its body took. */
function headersDuration({ timings }: CleanEntry, total: number): number {
  return Math.max(0, total - Math.max(0, timings?.receive ?? 0))
}

function httpOf(entry: CleanEntry, request: NetworkRequest): HttpDetail {
  const { method, url, status, duration, phases, protocol, transferSize, bodySize, cache, serviceWorker } = request
  const http: HttpDetail = { method, url }
  if (status >= 100) http.status = status
  if (status >= 100) http.headersDuration = headersDuration(entry, duration)
  if (request.unfinished && status >= 100) http.bodyEndUnknown = true
  if (transferSize !== undefined) http.transferSize = transferSize
  if (bodySize !== undefined) http.encodedBodySize = bodySize
  if (entry.contentSize !== undefined) http.decodedBodySize = entry.contentSize
  if (Object.keys(phases).length > 0) http.phases = phases
  if (protocol !== undefined) http.protocol = protocol
  if (cache !== undefined) http.fromCache = true
  if (serviceWorker) http.serviceWorker = true
  http.endSource = 'devtools'
  http.devtools = request
  return http
}

const MAX_COUNT = Number.MAX_SAFE_INTEGER

/** https://www.rfc-editor.org/rfc/rfc6455#section-11.8 */
const BINARY = 2
const encoder = new TextEncoder()

/** Of what a message holds, only its length is kept. Binary messages are in Base64. */
function messageBytes(data: string, opcode: unknown): number {
  if (opcode !== BINARY) return encoder.encode(data).length
  return Math.floor((data.replace(/=+$/, '').length * 3) / 4)
}

function connectionOf(entry: CleanEntry, request: NetworkRequest): ConnectionDetail {
  const counts = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  for (const value of entry.webSocketMessages ?? []) {
    const { type, opcode, data } = membersOf(value) ?? {}
    const bytes = typeof data === 'string' ? messageBytes(data, opcode) : 0
    if (type === 'receive') {
      counts.messagesIn++
      counts.bytesIn += bytes
    } else if (type === 'send') {
      counts.messagesOut++
      counts.bytesOut += bytes
    }
  }
  const connection: ConnectionDetail = { url: request.url, ...counts, devtools: request }
  const { messages } = entry
  for (const name of ['messagesIn', 'messagesOut', 'bytesIn', 'bytesOut'] as const) {
    const known = numberOf(messages?.[name], MAX_COUNT)
    if (known !== undefined) connection[name] = name.startsWith('messages') ? Math.floor(known) : known
  }
  const closeCode = numberOf(messages?.closeCode, 65_535)
  if (closeCode !== undefined) connection.closeCode = Math.floor(closeCode)
  const closeReason = textOf(messages?.closeReason)
  if (closeReason) connection.closeReason = redactText(closeReason)
  const opened =
    numberOf(messages?.openDuration, request.duration) ?? (request.status > 0 ? request.phases.wait : undefined)
  if (opened !== undefined) connection.openDuration = opened
  return connection
}
