// Page's own world (MAIN): what a call of fetch says about its request, read without running page code.
// Strings are read; genuine Request, URL and AbortSignal objects through native getters; of the init bag only
// own data properties. What would need more (a getter, a toString) is left unknown: the request's timing tells.

import type { PageWord } from '../wire/page-words.ts'
import { meantNow } from './absolute-url.ts'
import { readGraphql } from './graphql-name.ts'
import {
  apply,
  isAborted,
  matches,
  requestMethod,
  requestMode,
  requestRedirect,
  requestSignal,
  requestUrl,
  toUpperCase,
  urlHref,
} from './natives.ts'
import type { Linked } from './queue.ts'
import { ownData, read } from './read.ts'
import type { RequestEnd } from './request-end.ts'
import type { Siblings } from './request-matcher.ts'
import type { RequestTarget } from './request-target.ts'

/** A request as its call made it, before anything is known of its end. */
export interface RequestCall extends Linked<RequestCall> {
  id: number
  kind: 'fetch' | 'xhr' | 'beacon'
  /** As the page gave it, perhaps relative; undefined when reading it could have run page code. */
  url: string | undefined
  /** As the page gave it: `normalizeMethod` tells what is sent. */
  method: string
  mode: string | undefined
  signal: object | undefined
  /** The beginning of a body that may name a GraphQL operation; once the call is admitted, that name. */
  graphql: string | undefined
  /** Whether the signal was aborted before the call: then there is no request at all. */
  aborted: boolean
  /** Whether a redirect is not to be followed but handed to the page, opaque. */
  manual?: boolean | undefined
  /** XHR: when `abort` was called on it, by the clock. */
  abortTime?: number | undefined
  /** XHR: its `timeout` when it was sent, in milliseconds; 0 for none. */
  timeout?: number | undefined
  /** Why the call made no request, though it did not throw. */
  refused?: PageWord | undefined
  /** Clock readings around the native call: its Resource Timing entry starts between them. */
  start: number
  called: number
  /** What becomes known of it later, off the page's path. */
  target?: RequestTarget | undefined
  end?: RequestEnd | undefined
  /** Why no end is known, for a call that will not get one any more: an index into END_UNKNOWN. */
  endUnknown: number
  /** Whether there is news of it that the recorder has not read. */
  waiting: boolean
  /** The matcher's, while its end is awaited: the calls before and after it, those of its URL, and all of these. */
  older: RequestCall | undefined
  newer: RequestCall | undefined
  elder: RequestCall | undefined
  sibling: RequestCall | undefined
  siblings: Siblings | undefined
}

/**
 * A call of which only its kind and its times are known yet. It has every member: writing one that is not there
 * would call a setter that a page has put on Object.prototype.
 */
export function createCall(id: number, kind: RequestCall['kind'], start: number, called: number): RequestCall {
  // One literal: spreading others into it would cost the page more than all else that is done during its call.
  return {
    id,
    kind,
    url: undefined,
    method: 'GET',
    mode: undefined,
    signal: undefined,
    graphql: undefined,
    aborted: false,
    manual: undefined,
    abortTime: undefined,
    timeout: undefined,
    refused: undefined,
    start,
    called,
    target: undefined,
    end: undefined,
    endUnknown: 0,
    waiting: false,
    next: undefined,
    older: undefined,
    newer: undefined,
    elder: undefined,
    sibling: undefined,
    siblings: undefined,
  }
}

/** A URL argument: a string, or a genuine URL object. */
export function readUrl(url: unknown): string | undefined {
  return typeof url === 'string' ? meantNow(url) : text(read(urlHref, url))
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function readFetchCall(id: number, input: unknown, init: unknown, start: number, called: number): RequestCall {
  const call = createCall(id, 'fetch', start, called)
  if (typeof input === 'string') call.url = meantNow(input)
  else if (typeof input === 'object' && input !== null) {
    call.url = text(read(requestUrl, input))
    if (call.url === undefined) call.url = readUrl(input)
    else {
      call.method = text(read(requestMethod, input)) ?? 'GET'
      call.mode = text(read(requestMode, input))
      call.manual = read(requestRedirect, input) === 'manual'
      call.signal = read(requestSignal, input) as object | undefined
    }
  }
  if (init !== undefined) {
    call.method = text(ownData(init, 'method')) ?? call.method
    call.mode = text(ownData(init, 'mode')) ?? call.mode
    const redirect = ownData(init, 'redirect')
    if (redirect !== undefined) call.manual = redirect === 'manual'
    const signal = ownData(init, 'signal')
    if (typeof signal === 'object' && signal !== null) call.signal = signal
  }
  call.graphql = readGraphql(call.url, () => ownData(init, 'body'))
  call.aborted = signalAborted(call)
  return call
}

/** Fetch §2.2.1: these six methods are upper-cased, others are sent as they are. Off the page's path. */
export function normalizeMethod(method: string): string {
  const upper: string = apply(toUpperCase, method, [])
  return matches(/^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/, upper) ? upper : method
}

/** Whether the signal of a call is aborted. */
export function signalAborted({ signal }: RequestCall): boolean {
  return signal !== undefined && read(isAborted, signal) === true
}
