// Page's own world (MAIN): what a call of fetch says about its request, read without running page code.
// Strings are read; genuine Request, URL and AbortSignal objects through native getters; of the init bag only
// own data properties. What would need more (a getter, a toString) is left unknown: the request's timing tells.

import { type ErrorDetail, FETCH } from '../../wire/operations.ts'
import type { ErrorCode } from '../../wire/reason-codes.ts'
import { MANUAL_REDIRECT } from '../../wire/request-columns.ts'
import {
  bare,
  isAborted,
  requestMethod,
  requestMode,
  requestRedirect,
  requestSignal,
  requestUrl,
  urlHref,
} from '../primordials/natives.ts'
import { ownData, read } from '../primordials/read.ts'
import { readGraphql } from './graphql-name.ts'
import type { RequestTarget } from './request-key.ts'
import { meantNow } from './resolve-url.ts'

/** Bits of a call's flags, beside MANUAL_REDIRECT. */
export const KIND_BITS = 3
/** Its response is kept from the page: `no-cors`. */
export const OPAQUE_RESPONSE = 4
/** The signal was aborted before the call: then there is no request at all. */
export const ABORTED = 64
/** More is known of it than the rest of its row says. */
export const FACTS = 128
/** It is to be told for the last time. */
export const SETTLED = 8

/** What only some calls have, and what is known of a call's end. What it has not is looked for nowhere. */
export class CallFacts {
  declare signal?: object | undefined
  /** The beginning of a body that may name a GraphQL operation; once the call is admitted, that name. */
  declare graphql?: string | undefined
  /** Where it comes from. */
  declare stack?: string | undefined
  /** XHR: when `abort` was called on it, by the clock. */
  declare abortTime?: number
  /** XHR: its `timeout` when it was sent, in milliseconds; 0 for none. */
  declare patience?: number
  /** Why the call made no request, though it did not throw. */
  declare refusal?: ErrorCode
  declare outcome?: number
  /** Milliseconds from the call to the response's headers; to the end of the request where there were none. */
  declare duration?: number
  declare error?: ErrorDetail | undefined
  /** The entry that the end is known from, and whether another call could own that as well. */
  declare entry?: object
  declare inferred?: boolean
  /** Why no end is known, for a call that will not get one any more: an index into END_REASONS. */
  declare endUnknown?: number

  constructor(public target: RequestTarget) {}
}
bare(CallFacts.prototype)

export interface CallLog {
  /** What a call's method and URL come down to; both as the page gave them, if reading them ran no code of it. */
  targetOf(method: string, url: string | undefined): RequestTarget
  /** Clock readings are from around the native call. */
  note(flags: number, start: number, called: number, target: RequestTarget, facts?: CallFacts): void
}

/** A URL argument: a string, or a genuine URL object. */
export function readUrl(url: unknown): string | undefined {
  return typeof url === 'string' ? meantNow(url) : text(read(urlHref, url))
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function logFetch(log: CallLog, input: unknown, init: unknown, start: number, called: number): void {
  let url: string | undefined
  let method = 'GET'
  let mode: unknown
  let redirect: unknown
  let signal: unknown
  if (typeof input === 'string') url = meantNow(input)
  else if (typeof input === 'object' && input !== null) {
    url = text(read(requestUrl, input))
    if (url === undefined) url = readUrl(input)
    else {
      method = text(read(requestMethod, input)) ?? method
      mode = read(requestMode, input)
      redirect = read(requestRedirect, input)
      signal = read(requestSignal, input)
    }
  }
  if (init !== undefined) {
    method = text(ownData(init, 'method')) ?? method
    mode = text(ownData(init, 'mode')) ?? mode
    redirect = ownData(init, 'redirect') ?? redirect
    signal = ownData(init, 'signal') ?? signal
  }
  const target = log.targetOf(method, url)
  const graphql = target.graphql ? readGraphql(ownData(init, 'body')) : undefined
  let flags = FETCH
  if (mode === 'no-cors') flags |= OPAQUE_RESPONSE
  if (redirect === 'manual') flags |= MANUAL_REDIRECT
  let facts: CallFacts | undefined
  if (signal !== undefined || graphql !== undefined) {
    facts = new CallFacts(target)
    facts.signal = signal as object
    facts.graphql = graphql
    if (isAbortedSignal(signal)) flags |= ABORTED
  }
  log.note(flags, start, called, target, facts)
}

/** False for what is no signal. */
export const isAbortedSignal = (signal: unknown): boolean => read(isAborted, signal) === true
