// Model: the two sides that are joined: calls as the page reported them, and requests as DevTools saw them.
import type { NetworkRequest } from '../../wire/network.ts'
import type { Kind } from '../../wire/operations.ts'
import type { DocumentNumber, Row } from '../numbers.ts'

/** Its times are epoch milliseconds by the wall clock. */
export interface Call {
  /** Of the operation table. */
  row: Row
  /** Method and URL; empty where one of them is not known. */
  readonly key: string
  readonly kind: Kind
  /** That made it. */
  readonly document: DocumentNumber
  /** Before this the call's request cannot have started. */
  readonly start: number
  /** By when its request had started; Infinity for a connection, as it opens later. */
  readonly latest: number
  /** Milliseconds by which both may be wrong. */
  readonly error: number
  /** Milliseconds from the call within which the browser has started its request: in Chromium those of the native call. */
  readonly startWithin: number
  /** Milliseconds from the call's first request to the one that is looked for: 0 unless it was redirected. */
  readonly elapsed: number
  /** The request that was found to be the call's. */
  request?: SeenRequest | undefined
  /** Whether that may be another call's. */
  isGuess?: boolean
  /** Whether a request without a response was shown to be the call's. */
  running?: boolean
}

export interface SeenRequest {
  value: NetworkRequest
  /** Method and URL. */
  readonly key: string
  /** Epoch milliseconds. */
  readonly start: number
  /** Undefined where DevTools does not know. */
  readonly kind: Kind | undefined
  /** If it was redirected: the only known request that may have followed it. */
  next?: SeenRequest | undefined
  /** The call that it was joined to. */
  call?: Call | undefined
}

/** The resource types of DevTools' that are operations. Preflights, images, navigations and the like are none. */
export const KIND_OF_TYPE: ReadonlyMap<string, Exclude<Kind, 'custom'>> = new Map([
  ['fetch', 'fetch'],
  ['xhr', 'xhr'],
  ['ping', 'beacon'],
  ['websocket', 'websocket'],
  ['eventsource', 'eventsource'],
])

/** What DevTools calls a type that it does not know; such a request may be any operation's. */
const UNKNOWN_TYPE = 'other'

export function seenRequest(value: NetworkRequest): SeenRequest {
  const { method, url, startTime: start, type } = value
  return { value, key: requestKey(method, url), start, kind: KIND_OF_TYPE.get(type) }
}

/** Whether a request may belong to an operation. */
export function isOfOperation({ kind, value }: SeenRequest): boolean {
  return kind !== undefined || value.type === UNKNOWN_TYPE
}

/** What a call and its request have in common. A fragment stays in the browser, and DevTools leaves it out. */
export function requestKey(method: string, url: string): string {
  const fragment = url.indexOf('#')
  return `${method} ${fragment < 0 ? url : url.slice(0, fragment)}`
}

/** The key of the request that follows a redirect; undefined if there is none, as after one that `redirect: error` refuses. */
export function keyAfterRedirect({ redirectUrl, status, method, error }: NetworkRequest): string | undefined {
  return redirectUrl === undefined || error !== undefined
    ? undefined
    : requestKey(methodAfter(status, method), redirectUrl)
}

/**
 * 303 turns any method but GET and HEAD into GET; 301 and 302 turn POST into GET:
 * https://fetch.spec.whatwg.org/#http-redirect-fetch.
 */
function methodAfter(status: number, method: string): string {
  if (status === 303 && method !== 'HEAD') return 'GET'
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method
}
