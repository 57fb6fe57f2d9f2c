// Model: an entry of a HAR file with what is read of it, each field of its type and within its bounds. A file may hold
// anything; what is missing or of another type is unknown, unless nothing can be said without it.
import type { HarEntry } from '../../../wire/har-entry.ts'
import { truncate } from '../../../wire/truncate.ts'
import { invalid } from '../session/import-error.ts'
import { parseHarDate } from './har-date.ts'
import { fromHarUrl } from './har-url.ts'

/** Characters of a text that is kept, URLs apart. */
const MAX_TEXT_LENGTH = 1_000
/** Characters of a URL that are looked at. */
const MAX_URL_LENGTH = 100_000
/** The last moment that a session has, and the longest duration: see the session's schema. */
const MAX_TIME = 8.64e15
/** Stacks that called each other asynchronously: Chrome keeps 32. */
const MAX_STACKS = 64
const MAX_FRAMES = 200

type Members = Record<string, unknown>

/** What HAR of Chrome and Playwright has beside. */
export interface CleanEntry extends HarEntry {
  url: string
  pageref: string | undefined
  /** Epoch milliseconds. */
  start: number
  contentSize: number | undefined
  /** Of the request. */
  fetchDest: string | undefined
  fetchMode: string | undefined
  isXhr: boolean
  isPreflight: boolean
  /** There are headers of a response. */
  hasResponse: boolean
  /** Ours. */
  outcome: unknown
  messages: Members | undefined
  /** Chrome's. */
  webSocketMessages: unknown[] | undefined
  /** WebKit's: where the response came from. */
  fetchType: string | undefined
}

/** @param path such as `log.entries[3]`, for messages. */
export function cleanEntry(value: unknown, path: string): CleanEntry {
  const fail = (what: string): never => {
    throw invalid(`${path}${what}`, 'HAR file')
  }
  const entry = membersOf(value) ?? fail(' must be an object')
  const request = membersOf(entry.request) ?? fail('.request must be an object')
  const response = membersOf(entry.response) ?? fail('.response must be an object')
  const url = fromHarUrl(textOf(request.url, MAX_URL_LENGTH) ?? fail('.request.url must be a string'))
  const started = textOf(entry.startedDateTime) ?? fail('.startedDateTime must be a string')
  const start = parseHarDate(started)
  if (Number.isNaN(start)) fail('.startedDateTime must be a date')
  const time = numberOf(entry.time, MAX_TIME)
  if (entry.time !== undefined && entry.time !== null && typeof entry.time !== 'number') fail('.time must be a number')
  const timings = membersOf(entry.timings) ?? {}
  const content = membersOf(response.content) ?? {}
  const headers = headersOf(request.headers)
  const initiator = membersOf(entry._initiator)
  const phase = (name: string): number => numberOf(timings[name], MAX_TIME) ?? -1
  const status = numberOf(response.status, 999)
  return {
    url,
    start,
    pageref: textOf(entry.pageref),
    startedDateTime: started,
    ...(time === undefined ? {} : { time }),
    request: {
      url,
      method: textOf(request.method) ?? '',
      headersSize: sizeOf(request.headersSize),
      bodySize: sizeOf(request.bodySize),
    },
    response: {
      status: status === undefined ? 0 : Math.floor(status),
      httpVersion: textOf(response.httpVersion) ?? '',
      redirectURL: textOf(response.redirectURL, MAX_URL_LENGTH) ?? '',
      headersSize: sizeOf(response.headersSize),
      bodySize: sizeOf(response.bodySize),
      content: { mimeType: textOf(content.mimeType) ?? '' },
      headers: [...headersOf(response.headers)].map(([name, text]) => ({ name, value: text })),
      _transferSize: sizeOf(response._transferSize),
      _error: textOf(response._error) ?? null,
      _fetchedViaServiceWorker: response._fetchedViaServiceWorker === true,
    },
    timings: {
      blocked: phase('blocked'),
      dns: phase('dns'),
      connect: phase('connect'),
      ssl: Math.max(phase('ssl'), phase('_ssl')),
      send: phase('send'),
      wait: phase('wait'),
      receive: phase('receive'),
    },
    _resourceType: textOf(entry._resourceType) ?? '',
    _fromCache: textOf(entry._fromCache) ?? '',
    _priority: textOf(entry._priority) ?? '',
    ...(initiator ? { _initiator: initiatorOf(initiator) } : {}),
    contentSize: numberOf(content.size, Number.MAX_SAFE_INTEGER),
    fetchDest: headers.get('sec-fetch-dest'),
    fetchMode: headers.get('sec-fetch-mode'),
    isXhr: headers.get('x-requested-with')?.toLowerCase() === 'xmlhttprequest',
    hasResponse: Array.isArray(response.headers) && response.headers.length > 0,
    isPreflight: headers.has('access-control-request-method'),
    outcome: entry._outcome,
    messages: membersOf(entry._messages),
    webSocketMessages: Array.isArray(entry._webSocketMessages) ? entry._webSocketMessages : undefined,
    fetchType: textOf(entry._fetchType),
  }
}

export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
}

export function textOf(value: unknown, maxLength = MAX_TEXT_LENGTH): string | undefined {
  return typeof value === 'string' ? truncate(value, maxLength) : undefined
}

/** Undefined for what is no number from 0 to `max`. */
export function numberOf(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= max ? value : undefined
}

/** -1 if it is not known, as HAR has it. */
function sizeOf(value: unknown): number {
  return numberOf(value, Number.MAX_SAFE_INTEGER) ?? -1
}

/** Those that are read. All others, and their secrets, are not kept. */
const HEADERS = new Set([
  'cache-control',
  'etag',
  'retry-after',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'x-requested-with',
  'access-control-request-method',
])

/** Firefox and Chrome write them as the network has them: in HTTP/2 in lower case. */
function headersOf(value: unknown): Map<string, string> {
  const found = new Map<string, string>()
  if (!Array.isArray(value)) return found
  for (const header of value) {
    const { name, value: text } = membersOf(header) ?? {}
    const lower = textOf(name)?.toLowerCase() ?? ''
    const known = HEADERS.has(lower) ? textOf(text) : undefined
    if (known !== undefined) found.set(lower, found.has(lower) ? `${found.get(lower)}, ${known}` : known)
  }
  return found
}

function initiatorOf({ type, stack }: Members): NonNullable<HarEntry['_initiator']> {
  const callFrames: { functionName: string; url: string; lineNumber: number; columnNumber: number }[] = []
  let part = membersOf(stack)
  for (let depth = 0; part && depth < MAX_STACKS; depth++, part = membersOf(part.parent)) {
    if (!Array.isArray(part.callFrames)) continue
    for (const value of part.callFrames) {
      const frame = membersOf(value)
      if (!frame || callFrames.length === MAX_FRAMES) break
      callFrames.push({
        functionName: textOf(frame.functionName) ?? '',
        url: textOf(frame.url, MAX_URL_LENGTH) ?? '',
        lineNumber: Math.floor(numberOf(frame.lineNumber, 1e9) ?? 0),
        columnNumber: Math.floor(numberOf(frame.columnNumber, 1e9) ?? 0),
      })
    }
  }
  return { type: textOf(type) ?? '', stack: { callFrames } }
}
