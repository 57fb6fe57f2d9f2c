// Runs in every world and touches none: the shape of recorded operations while they travel.
// Columns instead of objects: a batch of 500 costs a tenth of what JSON objects cost to hand over.
import { Columns } from './columns.ts'
import type { NetworkRequest, RequestPhases } from './network.ts'
import type { ErrorCode } from './reason-codes.ts'
import type { RawRequestColumns, RequestColumns } from './request-columns.ts'

/** How an operation ended. `pending`: it has not, as far as anyone knows. */
export type Outcome = 'pending' | 'ok' | 'failed' | 'cancelled'

/** What kind of work an operation is. */
export type Kind = 'custom' | 'fetch' | 'xhr' | 'beacon' | 'websocket' | 'eventsource'

/** `OperationColumns.outcome` holds indices into this list; the order is part of the wire. */
export const OUTCOMES = ['pending', 'ok', 'failed', 'cancelled'] as const satisfies readonly Outcome[]

/** `OperationColumns.kind` holds indices into this list; the order is part of the wire. */
export const KINDS = ['custom', 'fetch', 'xhr', 'beacon', 'websocket', 'eventsource'] as const satisfies readonly Kind[]

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

/** An error as plain data. It has a message or a code. */
export interface ErrorDetail {
  name: string
  message?: string
  stack?: string
  /** What a request failed with, where there is no message of the browser's or the page's. */
  code?: ErrorCode
}

/** What is known of a request beside its times. */
export interface HttpDetail {
  /** Empty where it is not known: Resource Timing does not tell it. */
  method: string
  url: string
  /** The response's status; absent while unknown, and for opaque responses and network errors. */
  status?: number
  /** Milliseconds from the call to the end of the response's body. */
  bodyDuration?: number
  /** Bytes on the network, headers included; absent where the browser withholds it. */
  transferSize?: number
  /** Bytes of the body as sent and as decoded; absent where the browser withholds them. */
  encodedBodySize?: number
  decodedBodySize?: number
  /** By Resource Timing; absent where the browser withholds them. */
  phases?: RequestPhases
  /** ALPN's name: h2, http/1.1 … */
  protocol?: string
  /** Answered from the browser's HTTP cache. */
  fromCache?: true
  /** Went through a service worker. */
  serviceWorker?: true
  /** It goes on when its page is left (Fetch §2.2.5, "keepalive"). */
  keepalive?: true
  /** Redirects were not to be followed: the page got an opaque response, `status` is the redirect's. */
  redirect?: 'manual'
  /** Answered by a preload: the browser had begun that request before the page made the call. */
  preloaded?: true
  /** An XMLHttpRequest's: it was synchronous, and kept the page's main thread until its end. */
  async?: false
  /** Where the end of the request is known from. */
  endSource?: 'resource-timing' | 'devtools'
  /** How the timing entry was matched to the call: `inferred` when several calls could own it. */
  match?: 'exact' | 'inferred'
  /** The request was made before recording began, and is known from Resource Timing alone. */
  source?: 'resource-timing'
  /** The GraphQL operation that the body asks for, by its name. */
  graphql?: string
  /** Where it was called from: the page's frames, the innermost first, as the engine writes them. */
  stack?: string[]
  /** The same request as DevTools saw it. */
  devtools?: NetworkRequest
}

/**
 * What is known of a connection that stays open: a WebSocket or an EventSource. Bytes are of the messages' content; of an
 * EventSource's only messages without a name of their own (`event:`) are counted.
 */
export interface ConnectionDetail {
  url: string
  /** Milliseconds from its making to its opening; absent while it has not opened. */
  openDuration?: number
  messagesIn: number
  bytesIn: number
  messagesOut: number
  bytesOut: number
  /** WebSocket: the close event's code (RFC 6455 §7.4). */
  closeCode?: number
  /** The same connection as DevTools saw it, once it has ended. */
  devtools?: NetworkRequest
}

/** What only some operations have. */
export interface OperationDetail {
  error?: ErrorDetail
  /** JSON data: a bounded copy of what the page gave. */
  metadata?: unknown
  http?: HttpDetail
  connection?: ConnectionDetail
}

/** The same as it travels: what is known of most requests has columns of its own. */
export interface RowDetail extends Omit<OperationDetail, 'http' | 'error'> {
  error?: ErrorDetail | undefined
  graphql?: string | undefined
  /** The lines of `HttpDetail.stack`. */
  stack?: string | undefined
}

/**
 * Operations as columns: row `i` of each column is one operation. A pending operation is sent when it is
 * first seen and again, with the same `id`, when it ended: the later row replaces the earlier.
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
  /** Milliseconds, from the monotonic clock; NaN while unknown. */
  duration: Float64Array
  /** The `id` of the operation that certainly started this one; 0 where there is none. Empty where no row has one. */
  parent: Uint32Array
  /** The names used in this batch: a batch can be read without any other. */
  strings: string[]
  /** Row numbers with their details, for the rows that have any. */
  details: [row: number, detail: Detail][]
  /** Where all rows are requests. Its lists are as long as `strings`. */
  requests?: Requests | undefined
}

/** The same on the way from the page script to the background. */
export type RawOperationColumns<Detail = RowDetail> = OperationColumns<Detail, RawRequestColumns>

/** Bytes of an operation in all its columns but `parent`. */
const ROW_BYTES = 26
const PARENT_BYTES = 4

/**
 * Typed arrays for `count` operations, zeroed; requests have no parents. They share a buffer, as each buffer costs much
 * in each of the worlds that they are cloned into, however small it is. It has every member: a page could add one to
 * Object.prototype.
 */
export function createOperationColumns<Detail = RowDetail, Requests = never>(
  count: number,
  requests?: Requests,
): OperationColumns<Detail, Requests> {
  const parentBytes = requests ? 0 : PARENT_BYTES
  const buffer = new Columns.ArrayBuffer(count * (ROW_BYTES + parentBytes))
  /** One that begins after columns of so many bytes a row. */
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
