// Any world: what requests have beside what every operation has, as columns. A request that goes well is no object
// anywhere between the page and the panel: making an object for each would cost more than all other work together.
import { Columns } from './columns.ts'

/** Bits of `state`: the lowest three hold an index into END_REASONS, of those that the page script gives. */
export const END_REASON_BITS = 7
/** Several calls could own the timing entry. */
export const INFERRED = 8
/** Redirects were not to be followed. */
export const MANUAL_REDIRECT = 32
/** It goes on when its page is left. */
export const KEEPALIVE = 64
/** It was made before recording began, and is known from Resource Timing alone. */
export const EARLIER = 128
/** An XMLHttpRequest that blocks the page until its end. */
export const SYNCHRONOUS = 16

/** The bits that say what a call asked for, each with the fields of `HttpDetail` that it stands for. */
export const CALL_FLAGS = [
  [MANUAL_REDIRECT, { redirect: 'manual' }],
  [KEEPALIVE, { keepalive: true }],
  [EARLIER, { source: 'resource-timing' }],
  [SYNCHRONOUS, { async: false }],
] as const
/** All of them. */
export const CALL_FLAG_BITS = MANUAL_REDIRECT | KEEPALIVE | EARLIER | SYNCHRONOUS

/** What the page script reads of a Resource Timing entry, in this order. */
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
] as const

/** Numbers of one entry: the fields, an index into `protocols`, and 1 if the HTTP cache answered. */
export const TIMING_WIDTH = TIMING_FIELDS.length + 2

/**
 * What is worked out of an entry, in this order. Milliseconds and bytes; NaN where one is not known. `protocol` is an
 * index into `protocols`; `fromCache` and `serviceWorker` are 1 or 0.
 */
export const MEASURES = [
  'status',
  'bodyDuration',
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

/** What both stages have. */
interface RequestRows {
  /** Of the request that each of the batch's `strings` names; both are empty where they are not known. */
  methods: string[]
  urls: string[]
  /** Bits, a row each. */
  state: Uint8Array
  /** Milliseconds that the native call took, a row each: the browser made the request within it. */
  callDuration: Float32Array
  /** Which of the entries that were read is a row's, counted from 1; 0 for none. Empty where no row has one. */
  entryIndex: Uint32Array
  /** ALPN's names of the protocols; empty where one was withheld. */
  protocols: string[]
  /** The ids of requests that earlier batches reported as running and that the page no longer waits for. */
  abandoned?: Uint32Array | undefined
}

/** From the page script to the background: entries as the browser gives them. */
export interface RawRequestColumns extends RequestRows {
  /** `TIMING_WIDTH` numbers for each entry. */
  timings: Float64Array
}

/** From the background on: what was worked out of the entries. */
export interface RequestColumns extends RequestRows {
  /** `MEASURES` of each entry. */
  measures: Float64Array
}

/** Bytes of a request in `callDuration` and `state`, which share a buffer. */
const CALL_DURATION_BYTES = 4
const STATE_BYTES = 1

/** For `rows` requests without entries. It has every member: a page could add one to Object.prototype. */
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
