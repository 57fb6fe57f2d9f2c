// Page's own world (MAIN): what is noted of a call of fetch, XHR or a beacon.

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
import type { RequestTarget } from './request-key.ts'
import { resolveAgainstBase } from './resolve-url.ts'

/** Bits of a call's flags, beside those of CALL_FLAGS. */
export const KIND_BITS = 3
/** A response may look like a failure: `no-cors` keeps it from the page, or an option that would tell is unreadable. */
export const OPAQUE_RESPONSE = 4
/** It is to be told for the last time. */
export const SETTLED = 8
/** The signal was aborted before the call: then there is no request at all. */
export const ABORTED = 256
/** More is known of it than the rest of its row says. */
export const FACTS = 512

/** What only some calls have, and what is known of a call's end. What it has not is looked for nowhere. */
export class CallFacts {
  declare signal?: object | undefined
  /** The beginning of a body that may name a GraphQL operation; once the call is admitted, that name. */
  declare graphql?: string | undefined
  /** Where it comes from. */
  declare stack?: string | undefined
  /** XHR: when `abort` was called on it, by the clock. */
  declare abortTime?: number
  /** XHR: whether its `timeout` passed before it ended. */
  declare timedOut?: boolean
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
  targetOf(method: string | undefined, url: string | undefined): RequestTarget
  /** Clock readings are from around the native call. */
  note(flags: number, start: number, called: number, target: RequestTarget, facts?: CallFacts): void
}

export function logFetch(log: CallLog, input: unknown, init: unknown, start: number, called: number): void {
  // Asking a string for a Request's URL makes an error, which costs more than all else here.
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
  const target = log.targetOf(textOf(method), url)
  const graphql = target.graphql ? readGraphql(ownData(init, 'body')) : undefined
  let flags = FETCH
  if (mode === 'no-cors' || isUnknown(mode) || isUnknown(redirect) || signal === UNREADABLE) flags |= OPAQUE_RESPONSE
  if (redirect === 'manual') flags |= MANUAL_REDIRECT
  if (keepalive) flags |= KEEPALIVE
  let facts: CallFacts | undefined
  if (signal || graphql !== undefined) {
    facts = new CallFacts(target)
    facts.signal = signal as object
    facts.graphql = graphql
    if (isAbortedSignal(signal)) flags |= ABORTED
  }
  log.note(flags, start, called, target, facts)
}

/** Whether an option that is a text is given by something that would have to be asked for it. */
const isUnknown = (option: unknown): boolean => option !== undefined && typeof option !== 'string'

/** False for what is no signal. */
export const isAbortedSignal = (signal: unknown): boolean => read(isAborted, signal) === true
