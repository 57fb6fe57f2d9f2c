// Any world: recorded operations as columns, on the way from the page to the panel. Sending a batch of 500 as columns costs
// a tenth of sending it as objects.
import { Columns } from './columns.ts'
import type { NetworkRequest, RequestPhases } from './network.ts'
import type { ErrorCode } from './reason-codes.ts'
import type { RawRequestColumns, RequestColumns } from './request-columns.ts'

/** How an operation ended. `pending`: it has not ended, as far as is known. */
export type Outcome = 'pending' | 'ok' | 'failed' | 'cancelled'

/** What kind of work an operation is. */
export type Kind = (typeof KINDS)[number]

/** `OperationColumns.outcome` holds indices into this list; the order is part of the wire format. */
export const OUTCOMES = ['pending', 'ok', 'failed', 'cancelled'] as const satisfies readonly Outcome[]

/** `OperationColumns.kind` holds indices into this list; the order is part of the wire format. */
export const KINDS = ['custom', 'fetch', 'xhr', 'beacon', 'websocket', 'eventsource', 'stream'] as const

/** Indices into OUTCOMES. */
export const PENDING = 0
export const OK = 1
export const FAILED = 2
export const CANCELLED = 3

/** Indices into KINDS. */
export const CUSTOM = 0
export const FETCH = 1
export const XHR = 2
export const BEACON = 3
export const WEBSOCKET = 4
export const EVENT_SOURCE = 5
/** The response of a `fetch` or an XMLHttpRequest that arrives over a long time. A page reports it as one of those two. */
export const STREAM = 6

/** Whether operations of a kind are connections: they live, and have no latency but the time to open. Takes an index into KINDS. */
export function isConnection(kind: number): boolean {
  return kind === WEBSOCKET || kind === EVENT_SOURCE || kind === STREAM
}

/** An error as plain data. It has a message or a code. */
export interface ErrorDetail {
  name: string
  message?: string
  stack?: string
  /** Why a request failed, where neither the browser nor the page gives a message. */
  code?: ErrorCode
}

/** The details of a request. */
export interface HttpDetail {
  /** Empty if not known: Resource Timing has no method. */
  method: string
  url: string
  /** The response's status. Absent if not known: for opaque responses and network errors. */
  status?: number
  /** Milliseconds from the call to the response's headers, which settle the promise of `fetch`. Absent if not known. */
  headersDuration?: number
  /** The end of the response's body is not known: the operation's `duration` is to the last moment that is known of it. */
  bodyEndUnknown?: true
  /** Bytes on the network, headers included. Absent if the browser withholds it. */
  transferSize?: number
  /** Bytes of the body as sent, and decoded. Absent if the browser withholds them. */
  encodedBodySize?: number
  decodedBodySize?: number
  /** From Resource Timing. Absent if the browser withholds them. */
  phases?: RequestPhases
  /** The ALPN name: h2, http/1.1 … */
  protocol?: string
  /** Answered from the browser's HTTP cache. */
  fromCache?: true
  /** Went through a service worker. */
  serviceWorker?: true
  /** It continues when its page is left: https://fetch.spec.whatwg.org/#request-keepalive-flag */
  keepalive?: true
  /** Redirects were not followed: the page got an opaque response, and `status` is that of the redirect. */
  redirect?: 'manual'
  /** Answered by a preload: the browser had started the request before the page made the call. */
  preloaded?: true
  /** A synchronous XMLHttpRequest: it blocked the page's main thread until its end. */
  async?: false
  /** What reported the end of the request. */
  endSource?: 'resource-timing' | 'devtools'
  /**
   * How the timing entry and DevTools' request were matched to the call: `inferred` if one of them may belong to another
   * call.
   */
  match?: 'exact' | 'inferred'
  /** The request was made before recording started: only Resource Timing reported it. */
  source?: 'resource-timing'
  /** The name of the GraphQL operation in the request's body. */
  graphql?: string
  /** The call stack: the page's frames, innermost first, as the engine writes them. */
  stack?: string[]
  /** The same request as DevTools saw it. */
  devtools?: NetworkRequest
}

/**
 * The details of a connection that stays open: a WebSocket or an EventSource. Bytes are those of the messages' content. Of an
 * EventSource, messages with a name (`event:`) are counted from when the page first listens for the name.
 */
export interface ConnectionDetail {
  url: string
  /** Milliseconds until it opened. Absent while it is not open. */
  openDuration?: number
  messagesIn: number
  bytesIn: number
  messagesOut: number
  bytesOut: number
  /** Of a WebSocket: the code of the close event (RFC 6455 §7.4). */
  closeCode?: number
  /** The reason that came with the code, redacted. */
  closeReason?: string
  /** `devtools` may belong to another connection like this one. */
  match?: 'inferred'
  /** The same connection as DevTools saw it, once it has ended. */
  devtools?: NetworkRequest
}

/** What only some operations have. */
export interface OperationDetail {
  error?: ErrorDetail
  /** JSON data: a bounded copy of the page's object. */
  metadata?: unknown
  http?: HttpDetail
  connection?: ConnectionDetail
}

/** The same on the way to the panel: what most requests have is in `RequestColumns`. */
export interface RowDetail extends Omit<OperationDetail, 'http' | 'error'> {
  error?: ErrorDetail | undefined
  graphql?: string | undefined
  /** The lines of `HttpDetail.stack`. */
  stack?: string | undefined
}

/**
 * Operations as columns: index `i` of each column is one operation. An operation that is pending is sent again with the same
 * `id` when it has ended.
 */
export interface OperationColumns<Detail = RowDetail, Requests = RequestColumns> {
  /** Unique within its source and document, counting from 1. */
  id: Uint32Array
  kind: Uint8Array
  outcome: Uint8Array
  /** Index into `strings`. */
  name: Uint32Array
  /** Milliseconds since the document's time origin, from its monotonic clock. */
  start: Float64Array
  /** Milliseconds, from the monotonic clock; of a request to the end of the response's body. NaN while unknown. */
  duration: Float64Array
  /** The `id` of the operation that started this one; 0 if there is none. Empty if no operation has a parent. */
  parent: Uint32Array
  /** The names of this batch's operations. */
  strings: string[]
  /** By index in the columns, for the operations that have any. */
  details: [index: number, detail: Detail][]
  /** Set if all operations are requests. `methods` and `urls` are as long as `strings`. */
  requests?: Requests | undefined
}

/** The same on the way from the page script to the background. */
export type RawOperationColumns<Detail = RowDetail> = OperationColumns<Detail, RawRequestColumns>

/** Bytes of an operation in all its columns but `parent`. */
const ROW_BYTES = 26
const PARENT_BYTES = 4

/**
 * Zeroed columns for `count` operations; requests have no parents. They share a buffer, as cloning has a high cost for each
 * buffer, however small. All members are set: absent ones would be looked up on the page's Object.prototype.
 */
export function createOperationColumns<Detail = RowDetail, Requests = never>(
  count: number,
  requests?: Requests,
): OperationColumns<Detail, Requests> {
  const parentBytes = requests ? 0 : PARENT_BYTES
  const buffer = new Columns.ArrayBuffer(count * (ROW_BYTES + parentBytes))
  /** @param before bytes of one operation in the columns before this one. */
  const column = <T>(
    Type: new (buffer: ArrayBuffer, start: number, length: number) => T,
    before: number,
    rows = count,
  ) => new Type(buffer, count * before, rows)
  return {
    id: column(Columns.Uint32Array, 16),
    kind: column(Columns.Uint8Array, ROW_BYTES - 2 + parentBytes),
    outcome: column(Columns.Uint8Array, ROW_BYTES - 1 + parentBytes),
    name: column(Columns.Uint32Array, 20),
    start: column(Columns.Float64Array, 0),
    duration: column(Columns.Float64Array, 8),
    parent: column(Columns.Uint32Array, 24, requests ? 0 : count),
    strings: [],
    details: [],
    requests,
  }
}
