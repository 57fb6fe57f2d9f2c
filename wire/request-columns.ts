// Any world: the fields that only requests have, as columns. Between the page and the panel, no object is created for a
// request that succeeds: that would cost more than all other work together.
import { Columns } from './columns.ts'

/** Bits of `state`: the lowest three hold an index into END_REASONS, one of those that the page script reports. */
export const END_REASON_BITS = 7
/** The timing entry may belong to one of several calls. */
export const INFERRED = 8
/** Redirects are not followed. */
export const MANUAL_REDIRECT = 32
/** It continues when its page is left. */
export const KEEPALIVE = 64
/** It was made before recording started: only Resource Timing reported it. */
export const EARLIER = 128
/** An XMLHttpRequest that blocks the page until its end. */
export const SYNCHRONOUS = 16

/** The bits that describe the call, each with the fields of `HttpDetail` that it stands for. */
export const CALL_FLAGS = [
  [MANUAL_REDIRECT, { redirect: 'manual' }],
  [KEEPALIVE, { keepalive: true }],
  [EARLIER, { source: 'resource-timing' }],
  [SYNCHRONOUS, { async: false }],
] as const
/** All of them. */
export const CALL_FLAG_BITS = MANUAL_REDIRECT | KEEPALIVE | EARLIER | SYNCHRONOUS

/** The fields of a Resource Timing entry that the page script reads, in this order. */
export const TIMING_FIELDS = [
  'startTime',
  'workerStart',
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'connectEnd',
  'secureConnectionStart',
  'requestStart',
  'responseStart',
  'responseEnd',
  'responseStatus',
  'transferSize',
  'encodedBodySize',
  'decodedBodySize',
  'finalResponseHeadersStart',
] as const

/** The numbers of one entry: the fields, an index into `protocols`, and 1 if the HTTP cache answered. */
export const TIMING_WIDTH = TIMING_FIELDS.length + 2

/**
 * What is computed from an entry, in this order. Milliseconds and bytes; NaN if not known. `protocol` is an
 * index into `protocols`; `fromCache` and `serviceWorker` are 1 or 0.
 */
export const MEASURES = [
  'status',
  'headersDuration',
  'transferSize',
  'encodedBodySize',
  'decodedBodySize',
  'redirect',
  'queued',
  'dns',
  'connect',
  'tls',
  'wait',
  'receive',
  'protocol',
  'fromCache',
  'serviceWorker',
] as const

export type Measure = (typeof MEASURES)[number]

/** What raw and finished columns have in common. */
interface RequestRows {
  /** Method and URL of the requests that have each of the batch's `strings` as their name; empty if not known. */
  methods: string[]
  urls: string[]
  /** Bits, for each request. */
  state: Uint8Array
  /** Milliseconds that the native call took, for each request. The browser started the request within that time. */
  callDuration: Float32Array
  /** The number of each request's timing entry, counted from 1; 0 for none. Empty if no request has one. */
  entryIndex: Uint32Array
  /** The ALPN names of protocols; an empty name if the browser withheld it. */
  protocols: string[]
  /** The ids of requests that earlier batches reported as running, and whose end the page script no longer waits for. */
  abandoned?: Uint32Array | undefined
}

/** From the page script to the background: timing entries as the browser reports them. */
export interface RawRequestColumns extends RequestRows {
  /** `TIMING_WIDTH` numbers for each entry. */
  timings: Float64Array
}

/** From the background on: what was computed from the entries. */
export interface RequestColumns extends RequestRows {
  /** `MEASURES` of each entry. */
  measures: Float64Array
}

/** Bytes of a request in `callDuration` and `state`, which share a buffer. */
const CALL_DURATION_BYTES = 4
const STATE_BYTES = 1

/** For `rows` requests without entries. All members are set: absent ones would be looked up on the page's Object.prototype. */
export function createRawRequestColumns(rows: number): RawRequestColumns {
  const buffer = new Columns.ArrayBuffer(rows * (CALL_DURATION_BYTES + STATE_BYTES))
  return {
    methods: [],
    urls: [],
    state: new Columns.Uint8Array(buffer, rows * CALL_DURATION_BYTES, rows),
    callDuration: new Columns.Float32Array(buffer, 0, rows),
    entryIndex: new Columns.Uint32Array(),
    timings: new Columns.Float64Array(),
    protocols: [],
    abandoned: undefined,
  }
}
