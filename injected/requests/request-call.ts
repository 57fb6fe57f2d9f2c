// Page's own world (MAIN): what is recorded of a call of fetch, XHR or sendBeacon.

import { type ErrorDetail, FETCH } from '../../wire/operations.ts'
import type { ErrorCode } from '../../wire/reason-codes.ts'
import { KEEPALIVE, MANUAL_REDIRECT } from '../../wire/request-columns.ts'
import {
  bare,
  isAborted,
  requestKeepalive,
  requestMethod,
  requestMode,
  requestRedirect,
  requestSignal,
  requestUrl,
} from '../primordials/natives.ts'
import { ownData, read } from '../primordials/read.ts'
import { readGraphql } from './graphql-name.ts'
import { memberOf, readUrl, textOf, UNREADABLE } from './read-arguments.ts'
import type { RequestKey } from './request-key.ts'
import { resolveAgainstBase } from './resolve-url.ts'

/** Bits of a call's flags, beside those of CALL_FLAGS. */
export const KIND_BITS = 3
/**
 * Resource Timing reports a response of it as it reports a failure: in mode `no-cors`, or where an option that decides it
 * is unreadable.
 */
export const OPAQUE_RESPONSE = 4
/** It is reported for the last time. */
export const SETTLED = 8
/** It was aborted before the browser made a request. */
export const ABORTED = 256
/** The row has a PendingRequest. */
export const HAS_DETAILS = 512

/** What only some calls have, and how a call ended. */
export class PendingRequest {
  declare signal?: object | undefined
  /** The beginning of a body that may name a GraphQL operation; that name alone, once the call is classified. */
  declare graphql?: string | undefined
  /** The call stack. */
  declare stack?: string | undefined
  /** XHR: the time at which `abort` was called, or the object was opened again. */
  declare abortTime?: number
  /** XHR: its `timeout` passed before it ended. */
  declare timedOut?: boolean
  /** Why the call made no request, though it did not throw. */
  declare rejectedReason?: ErrorCode
  declare outcome?: number
  /** Milliseconds from the call to the response's headers; to the end of the request if there was no response. */
  declare duration?: number
  declare error?: ErrorDetail | undefined
  /** The Resource Timing entry that the end is known from. */
  declare entry?: object
  /** Whether another call could own that entry as well. */
  declare inferred?: boolean
  /** Why it gets no end: an index into END_REASONS. */
  declare endUnknown?: number

  constructor(public key: RequestKey) {}
}
// A missing member must not be looked up on the page's Object.prototype.
bare(PendingRequest.prototype)

export interface CallLog {
  /** The key of a method and a URL as the page gave them; undefined where reading them would run page code. */
  keyOf(method: string | undefined, url: string | undefined): RequestKey
  /** @param start and `called` are clock readings from before and after the native call. */
  add(flags: number, start: number, called: number, key: RequestKey, details?: PendingRequest): void
}

export function logFetch(log: CallLog, input: unknown, init: unknown, start: number, called: number): void {
  // Asking a string for a Request's URL makes an error, which costs more than everything else here.
  let url = typeof input === 'string' ? undefined : (read(requestUrl, input) as string | undefined)
  let method: unknown = 'GET'
  let mode: unknown
  let redirect: unknown
  let signal: unknown
  let keepalive: unknown
  if (url === undefined) url = readUrl(input, resolveAgainstBase)
  else {
    method = requestMethod(input)
    mode = requestMode(input)
    redirect = requestRedirect(input)
    signal = requestSignal(input)
    keepalive = requestKeepalive(input)
  }
  if (init !== undefined) {
    method = memberOf(init, 'method', method)
    mode = memberOf(init, 'mode', mode)
    redirect = memberOf(init, 'redirect', redirect)
    signal = memberOf(init, 'signal', signal)
    keepalive = memberOf(init, 'keepalive', keepalive)
  }
  const key = log.keyOf(textOf(method), url)
  const graphql = key.graphql ? readGraphql(ownData(init, 'body')) : undefined
  let flags = FETCH
  if (mode === 'no-cors' || isUnknown(mode) || isUnknown(redirect) || signal === UNREADABLE) flags |= OPAQUE_RESPONSE
  if (redirect === 'manual') flags |= MANUAL_REDIRECT
  if (keepalive) flags |= KEEPALIVE
  let details: PendingRequest | undefined
  if (signal || graphql !== undefined) {
    details = new PendingRequest(key)
    details.signal = signal as object
    details.graphql = graphql
    if (isAbortedSignal(signal)) flags |= ABORTED
  }
  log.add(flags, start, called, key, details)
}

/** Whether an option that should be a string is something that the platform would ask for one. */
const isUnknown = (option: unknown): boolean => option !== undefined && typeof option !== 'string'

/** False for anything that is no signal. */
export const isAbortedSignal = (signal: unknown): boolean => read(isAborted, signal) === true
