// Runs in every world and touches none: what requests have beside what every operation has, as columns. A request that
// goes well is no object anywhere, from the page to the panel: an object each costs more than all else together.

import { Columns } from './columns.ts'

/** Bits of `state`; the lowest four hold an index into END_UNKNOWN. */
export const END_UNKNOWN_BITS = 15
/** Several calls could own the timing entry. */
export const INFERRED = 16
/** Redirects were not to be followed. */
export const MANUAL_REDIRECT = 32

/**
 * A request's figures, in this order. Milliseconds and bytes; NaN where one is not known. `protocol` is an index
 * into `protocols`; `fromCache` and `serviceWorker` are 1 or 0.
 */
export const FIGURES = [
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

export type Figure = (typeof FIGURES)[number]

export interface RequestColumns {
  /** Of the request that each of the batch's `strings` names; the method is empty where it is not known. */
  methods: string[]
  urls: string[]
  /** Bits, a row each. */
  state: Uint8Array
  /** Where in `figures` a row's begin, counted in requests from 1; 0 for a row that has none. Empty where none has any. */
  figuresOf: Uint32Array
  /** `FIGURES` of each request that Resource Timing told of. From page script to background: `TIMING_FIELDS` of each. */
  figures: Float64Array
  /** ALPN's names of the protocols; empty where one was withheld. */
  protocols: string[]
  /** The ids of requests that earlier batches told of and whose end is awaited no more: GIVEN_UP. */
  givenUp?: Uint32Array | undefined
}

/** Zeroed, for `rows` requests without figures. */
export function createRequestColumns(rows: number): RequestColumns {
  return {
    methods: [],
    urls: [],
    state: new Columns.Uint8Array(rows),
    figuresOf: new Columns.Uint32Array(),
    figures: new Columns.Float64Array(),
    protocols: [],
    givenUp: undefined,
  }
}
