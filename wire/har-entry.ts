// Any world: reads entries of HAR 1.2, as DevTools hands them out and as files have them. Fields with an underscore are
// Chromium's own.

import type { NetworkRequest, RequestPhases } from './network.ts'
import { isPageScriptFrame } from './page-script.ts'
import { redactUrl } from './redact-url.ts'
import { truncate } from './truncate.ts'

/** Every world has it. The DOM's types are kept out of this folder. */
declare const URL: new (url: string, base: string) => { href: string }

/** Stack frames kept of an initiator, those of the page script apart: in Chromium there is one on top of each call. */
const MAX_STACK_FRAMES = 20
/** Characters kept of a URL. */
const MAX_URL_LENGTH = 10_000
/** Characters kept of any other text, such as a header's value or a function's name. */
const MAX_TEXT_LENGTH = 1_000

interface CallFrame {
  functionName?: string
  url?: string
  lineNumber?: number
  columnNumber?: number
}

interface CallStack {
  callFrames?: CallFrame[]
  parent?: CallStack
}

/** What is used of a HAR 1.2 entry; all of it may be absent in another browser. */
export interface HarEntry {
  startedDateTime?: string
  time?: number
  request?: { url?: string; method?: string; headersSize?: number; bodySize?: number }
  response?: {
    status?: number
    httpVersion?: string
    redirectURL?: string
    headersSize?: number
    bodySize?: number
    content?: { mimeType?: string }
    headers?: { name: string; value: string }[]
    _transferSize?: number
    _error?: string | null
    _fetchedViaServiceWorker?: boolean
  }
  timings?: Partial<Record<'blocked' | 'dns' | 'connect' | 'ssl' | 'send' | 'wait' | 'receive', number>>
  _resourceType?: string
  _fromCache?: string
  _priority?: string
  _initiator?: { type?: string; stack?: CallStack; url?: string; lineNumber?: number }
}

/** Without secrets, and cut where a page's own is, so that the two are alike: a data: URL holds its data. */
function shown(url: string, secretNames: ReadonlySet<string>): string {
  return redactUrl(truncate(url, MAX_URL_LENGTH), secretNames)
}

/** A server may send any text as `Location`. */
function absolute(url: string, base: string): string | undefined {
  try {
    return new URL(url, base).href
  } catch {
    return undefined
  }
}

/** HAR writes -1 for what does not apply. */
function known(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}

/**
 * Undefined for an entry without a URL or a start.
 * @param secretNames of parameters, as `redactUrl` takes them.
 * @param now epoch milliseconds.
 */
export function toNetworkRequest(
  entry: HarEntry,
  secretNames: ReadonlySet<string>,
  now: number,
): NetworkRequest | undefined {
  const { request, response } = entry
  const started = Date.parse(entry.startedDateTime ?? '')
  if (!request?.url || Number.isNaN(started)) return undefined
  // Chromium does not know when a socket began that never sent its handshake: it says the second before 1970.
  const neverStarted = started < 0
  const startTime = neverStarted ? now : started
  const found: NetworkRequest = {
    url: shown(request.url, secretNames),
    method: text(request.method) ?? 'GET',
    status: response?.status ?? 0,
    type: text(entry._resourceType) ?? 'other',
    startTime,
    duration: known(entry.time) && !neverStarted ? entry.time : 0,
    phases: phasesOf(entry),
  }
  const redirectUrl = response?.redirectURL && absolute(response.redirectURL, request.url)
  if (redirectUrl) found.redirectUrl = shown(redirectUrl, secretNames)
  set(found, 'protocol', response?.httpVersion)
  if (known(response?._transferSize)) found.transferSize = response._transferSize
  if (known(response?.headersSize)) found.responseHeadersSize = response.headersSize
  if (known(request.headersSize)) found.requestHeadersSize = request.headersSize
  if (known(response?.bodySize)) found.bodySize = response.bodySize
  // 0 as well where Chromium doesn't know it, of a stream or a Blob.
  if (known(request.bodySize) && request.bodySize > 0) found.requestBodySize = request.bodySize
  // Chromium's name for a type that it doesn't know.
  if (response?.content?.mimeType !== 'x-unknown') set(found, 'mimeType', response?.content?.mimeType?.split(';', 1)[0])
  set(found, 'cacheControl', headerOf(response, 'cache-control'))
  set(found, 'etag', headerOf(response, 'etag'))
  set(found, 'retryAfter', headerOf(response, 'retry-after'))
  set(found, 'error', response?._error ?? undefined)
  set(found, 'priority', entry._priority)
  if (entry._fromCache === 'memory' || entry._fromCache === 'disk') found.cache = entry._fromCache
  if (response?._fetchedViaServiceWorker) found.serviceWorker = true
  const { _initiator: initiator } = entry
  if (initiator?.type) {
    const stack = framesOf(initiator.stack, secretNames)
    found.initiator = { type: truncate(initiator.type, MAX_TEXT_LENGTH), ...(stack.length > 0 ? { stack } : {}) }
  }
  return found
}

/**
 * An entry of Firefox with what HAR means. Firefox writes the bytes on the network as `bodySize`, headers included, and its `connect`
 * ends where TLS begins: https://searchfox.org/mozilla-central/source/devtools/client/netmonitor/src/har/har-builder.js and
 * https://searchfox.org/mozilla-central/source/devtools/shared/network-observer/NetworkTimings.sys.mjs
 */
export function fromFirefox<Entry extends HarEntry>(entry: Entry): Entry {
  const { response = {}, timings = {} } = entry
  const { bodySize, headersSize } = response
  const { connect = 0, ssl = 0 } = timings
  // 0 for what came from the cache, whatever its headers.
  const hasHeaders = known(bodySize) && known(headersSize) && headersSize <= bodySize
  const sizes = known(bodySize)
    ? { bodySize: hasHeaders ? bodySize - headersSize : bodySize, _transferSize: bodySize }
    : {}
  const tls = ssl > 0 ? { connect: Math.max(0, connect) + ssl } : {}
  return { ...entry, response: { ...response, ...sizes }, timings: { ...timings, ...tls } }
}

/** Undefined for an empty text. */
function text(value: string | undefined): string | undefined {
  return value ? truncate(value, MAX_TEXT_LENGTH) : undefined
}

type TextField = 'protocol' | 'mimeType' | 'cacheControl' | 'etag' | 'retryAfter' | 'error' | 'priority'

function set(request: NetworkRequest, field: TextField, value: string | undefined): void {
  const known = text(value)
  if (known !== undefined) request[field] = known
}

/** The values of a header that is there several times are one list: RFC 9110 §5.3. */
function headerOf(response: HarEntry['response'], name: string): string | undefined {
  const values = response?.headers?.flatMap(header => (header.name.toLowerCase() === name ? header.value : []))
  return values && values.length > 0 ? values.join(', ') : undefined
}

/** What a page waits for: the requests of `fetch`, XMLHttpRequests, beacons and EventSources. */
const CALLS = ['fetch', 'xhr', 'ping', 'eventsource']

/** Whether a request is a call of the page's that waits for one response. A WebSocket's is reported when it has opened. */
export function isCall({ _resourceType: type = '' }: HarEntry): boolean {
  return CALLS.includes(type)
}

/** Whether such a request still waits for its response. */
export function isUnanswered(entry: HarEntry): boolean {
  const { response, time } = entry
  return isCall(entry) && !response?.status && !response?._error && !time
}

function phasesOf({ response, timings = {} }: HarEntry): RequestPhases {
  const phases: RequestPhases = {}
  const { blocked, dns, connect, ssl, send, wait, receive } = timings
  // Without a response Chromium calls all of the time "blocked", for want of anything that it knows.
  if (!response?.status && !known(connect) && !send && !wait && !receive) return phases
  for (const [name, value] of Object.entries({ queued: blocked, dns, connect, tls: ssl, send, wait, receive })) {
    if (known(value)) phases[name as keyof RequestPhases] = value
  }
  return phases
}

function framesOf(stack: CallStack | undefined, secretNames: ReadonlySet<string>): string[] {
  const frames: string[] = []
  for (let part = stack; part; part = part.parent) {
    for (const { functionName, url, lineNumber = 0, columnNumber = 0 } of part.callFrames ?? []) {
      if (url && isPageScriptFrame(url)) continue
      if (frames.length === MAX_STACK_FRAMES) return frames
      frames.push(
        `${text(functionName) ?? '(anonymous)'} ${shown(url ?? '', secretNames)}:${lineNumber + 1}:${columnNumber + 1}`,
      )
    }
  }
  return frames
}
