// Any world: upgrades files of version 1 of the session format to version 2.

import type { HttpDetail } from '../../wire/operations.ts'
import type { EndReason, ErrorCode } from '../../wire/reason-codes.ts'
import { truncate } from '../../wire/truncate.ts'
import { isStreamedResponse } from '../streamed-response.ts'

/** Version 1 had no bounds: characters of a text and of a name, and items of a list. */
const MAX_TEXT_LENGTH = 100_000
const MAX_NAME_LENGTH = 50_000
const MAX_ITEMS = 10_000
const MAX_STACK_LINES = 1_000

/** The sentences of version 1. Perf wrote no others. */
const END_REASONS: Readonly<Record<string, EndReason>> = {
  'the URL could not be read without running page code': 'url-unreadable',
  'the browser times http: and https: requests only': 'not-timed',
  'too many requests in flight': 'too-many-in-flight',
  'Resource Timing tells no outcome of it': 'no-outcome',
  "the browser keeps an opaque response's outcome from the page": 'opaque-response',
  'DevTools saw no such request: the browser refused it, or its frame was new to DevTools': 'never-sent',
  'the page was left': 'page-left',
  'the page crashed': 'page-crashed',
}
const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
  'the browser would not queue the beacon': 'beacon-refused',
  "No response within the request's timeout": 'timeout',
  'The URL is not valid': 'invalid-url',
  'The URL holds credentials': 'credentials-in-url',
  'Network error, or blocked by CORS: the browser tells no more': 'network',
}

export const FROM_VERSION_1 = {
  version: () => 2,
  metrics(value: unknown) {
    const { totalOperations, pendingOperations } = isObject(value) ? value : {}
    const areNumbers = typeof totalOperations === 'number' && typeof pendingOperations === 'number'
    const counted = areNumbers ? { totalOperations: totalOperations + pendingOperations } : {}
    return renamed(isObject(value) ? { ...value, ...counted } : value, 'ownTime', 'overheadMs')
  },
  networkRequests: bounded,
  operations(row: unknown) {
    if (!isObject(row)) return row
    const [http, inHttp] = without(bounded(row.http), 'endUnknown')
    const body = isObject(http) ? toEndOfBody(row, http) : {}
    const [connection, inConnection] = without(bounded(row.connection), 'endUnknown')
    const { endUnknown: own, error, metadata, operationName, ...rest } = row
    const sentence = own ?? inHttp ?? inConnection
    return {
      ...rest,
      ...(operationName === undefined ? {} : { operationName: clipped(operationName, MAX_NAME_LENGTH) }),
      ...(error === undefined ? {} : { error: bounded(isObject(http) ? withCode(error) : error) }),
      ...(metadata === undefined ? {} : { metadata: bounded(metadata) }),
      ...(http === undefined ? {} : { http }),
      ...body,
      ...(connection === undefined ? {} : { connection }),
      ...(sentence === undefined || row.outcome !== 'pending' ? {} : { endUnknown: reasonOf(sentence) }),
    }
  },
}

/** In version 1 the duration of a request ended with its headers, and `http.bodyDuration` with its body. */
function toEndOfBody(
  { startTime, duration, outcome, kind }: Record<string, unknown>,
  request: Record<string, unknown>,
): Record<string, unknown> {
  const [http, body] = without(request, 'bodyDuration')
  if (typeof duration !== 'number' || typeof startTime !== 'number' || !isObject(http)) return { http }
  if (typeof body !== 'number') {
    // DevTools had reported a response whose body had not ended.
    const isOpen = http.endSource === 'devtools' && http.status !== undefined && outcome !== 'cancelled'
    return { http: isOpen ? { ...http, headersDuration: duration, bodyEndUnknown: true } : http }
  }
  // Perf took the end of the body for that of the headers where the browser withheld the latter.
  const headersKnown = body !== duration
  const upgraded = { ...http, ...(headersKnown ? { headersDuration: Math.min(duration, body) } : {}) }
  const isStream = kind !== 'beacon' && isStreamedResponse(upgraded as unknown as HttpDetail, body)
  return {
    http: upgraded,
    duration: body,
    endTime: startTime + body,
    ...(isStream ? { kind: 'stream' } : {}),
  }
}

function reasonOf(sentence: unknown): unknown {
  if (typeof sentence !== 'string') return sentence
  return Object.hasOwn(END_REASONS, sentence) ? END_REASONS[sentence] : 'unknown'
}

/** Only for errors of requests: the page's own operations may fail with any text. */
function withCode(error: unknown): unknown {
  if (!isObject(error) || typeof error.message !== 'string' || !Object.hasOwn(ERROR_CODES, error.message)) return error
  const { message, ...rest } = error
  return { ...rest, code: ERROR_CODES[message as string] }
}

/** The same value with long texts and lists truncated. */
function bounded(value: unknown, name?: string): unknown {
  if (typeof value === 'string') return clipped(value, MAX_TEXT_LENGTH)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.slice(0, name === 'stack' ? MAX_STACK_LINES : MAX_ITEMS).map(each => bounded(each))
  }
  const members = Object.entries(value).slice(0, MAX_ITEMS)
  return Object.fromEntries(members.map(([key, each]) => [key, bounded(each, key)]))
}

function clipped(value: unknown, max: number): unknown {
  return typeof value === 'string' && value.length > max ? `${truncate(value, max - 1)}…` : value
}

/** A value without one of its members, and that member. */
function without(value: unknown, name: string): [rest: unknown, member: unknown] {
  if (!isObject(value) || !Object.hasOwn(value, name)) return [value, undefined]
  const { [name]: member, ...rest } = value
  return [rest, member]
}

function renamed(value: unknown, from: string, to: string): unknown {
  const [rest, member] = without(value, from)
  return member === undefined ? rest : { ...(rest as object), [to]: member }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
