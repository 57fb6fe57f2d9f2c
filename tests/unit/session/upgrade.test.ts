// Test: files of format version 1, made up and recorded, as they are once they are upgraded.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SESSION_VERSION } from '../../../session/format.ts'
import { upgradeFrom } from '../../../session/upgraders/upgrade.ts'
import { schemaErrors } from '../../browser/session-schema.ts'
import { exported, imported, parsed, problemOf } from '../model/formats/session/imported.ts'

const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const isVersion1 = ajv.compile(
  JSON.parse(readFileSync(new URL('../../fixtures/sessions/v1.schema.json', import.meta.url), 'utf8')),
)

/** Version 1's sentences, and what version 2 has in their place. */
const END_REASONS: Record<string, string> = {
  'the URL could not be read without running page code': 'url-unreadable',
  'the browser times http: and https: requests only': 'not-timed',
  'too many requests in flight': 'too-many-in-flight',
  'Resource Timing tells no outcome of it': 'no-outcome',
  "the browser keeps an opaque response's outcome from the page": 'opaque-response',
  'DevTools saw no such request: the browser refused it, or its frame was new to DevTools': 'never-sent',
  'the page was left': 'page-left',
  'the page crashed': 'page-crashed',
  'the moon was full': 'unknown',
  '': 'unknown',
  constructor: 'unknown',
}
const ERROR_CODES: Record<string, string> = {
  'the browser would not queue the beacon': 'beacon-refused',
  "No response within the request's timeout": 'timeout',
  'The URL is not valid': 'invalid-url',
  'The URL holds credentials': 'credentials-in-url',
  'Network error, or blocked by CORS: the browser tells no more': 'network',
}

interface Error1 {
  name: string
  message: string
  stack?: string
}

interface Operation1 {
  id: string
  kind: string
  outcome: string
  startTime: number
  error?: Error1
  endUnknown?: string
  http?: { endUnknown?: string; [name: string]: unknown }
  connection?: { endUnknown?: string; [name: string]: unknown }
  [name: string]: unknown
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const duration = fc.double({ min: 0, max: 1e9, noNaN: true })
const time = fc.double({ min: 1, max: 8e15, noNaN: true })
const bytes = fc.nat()
const sentence = fc.constantFrom(...Object.keys(END_REASONS))
const phases = fc.record({ queued: duration, wait: duration, send: duration, tls: duration }, { requiredKeys: [] })
const devtools = fc.record(
  {
    url: text,
    method: text,
    status: fc.nat(999),
    redirectUrl: text,
    type: text,
    startTime: time,
    duration,
    unfinished: fc.constant(true),
    phases,
    protocol: text,
    transferSize: bytes,
    error: text,
    cache: fc.constantFrom('memory', 'disk'),
    serviceWorker: fc.boolean(),
    initiator: fc.record({ type: text, stack: fc.array(text) }, { requiredKeys: ['type'] }),
  },
  { requiredKeys: ['url', 'method', 'status', 'type', 'startTime', 'duration', 'phases'] },
)
const http = fc.record(
  {
    method: text,
    url: text,
    status: fc.integer({ min: 100, max: 999 }),
    bodyDuration: duration,
    transferSize: bytes,
    redirect: fc.constant('manual'),
    endSource: fc.constantFrom('resource-timing', 'devtools'),
    match: fc.constantFrom('exact', 'inferred'),
    graphql: text.filter(name => name !== ''),
    stack: fc.array(text),
    phases,
    protocol: text,
    fromCache: fc.constant(true),
    source: fc.constant('resource-timing'),
    devtools,
    endUnknown: sentence,
  },
  { requiredKeys: ['method', 'url'] },
)
const connection = fc.record(
  {
    url: text,
    openDuration: duration,
    messagesIn: bytes,
    bytesIn: bytes,
    messagesOut: bytes,
    bytesOut: bytes,
    closeCode: fc.nat(65_535),
    devtools,
    endUnknown: sentence,
  },
  { requiredKeys: ['url', 'messagesIn', 'bytesIn', 'messagesOut', 'bytesOut'] },
)
const error = fc.record(
  { name: text, message: fc.oneof(text, fc.constantFrom(...Object.keys(ERROR_CODES))), stack: text },
  { requiredKeys: ['name', 'message'] },
)
const operation = fc
  .record({
    operationName: text,
    kind: fc.constantFrom('custom', 'fetch', 'xhr', 'beacon', 'websocket', 'eventsource'),
    outcome: fc.constantFrom('pending', 'ok', 'failed', 'cancelled'),
    startTime: time,
    endTime: time,
    duration,
    error: optional(error),
    metadata: optional(fc.jsonValue()),
    http,
    connection,
    endUnknown: optional(sentence),
    parentId: optional(text.filter(id => id !== '')),
  })
  .map(({ http, connection, error, endTime, duration, ...rest }) => {
    const { kind, outcome } = rest
    return {
      ...rest,
      success: outcome === 'ok',
      ...(['fetch', 'xhr', 'beacon'].includes(kind) ? { http } : {}),
      ...(['websocket', 'eventsource'].includes(kind) ? { connection } : {}),
      ...(outcome === 'pending' ? {} : { endTime, duration }),
      ...(error && (outcome === 'failed' || outcome === 'cancelled') ? { error } : {}),
      documentId: 'd',
      frameId: 0,
    }
  })
const session = fc
  .record({
    operations: fc.array(operation, { maxLength: 8 }),
    networkRequests: fc.array(devtools, { maxLength: 3 }),
    ownTime: optional(duration),
    pendingOperations: fc.nat(),
    label: text,
    gap: fc.constantFrom('paused', 'buffer-full', 'page-left', 'page-crashed'),
  })
  .map(({ operations, networkRequests, ownTime, pendingOperations, label, gap }) => {
    const file = {
      format: 'perf-session',
      version: 1,
      generator: { name: 'Perf', version: '0.1.0' },
      createdAt: '2026-11-23T12:00:00.000Z',
      page: { url: '', title: label, userAgent: '' },
      availability: { memory: 'performance.memory' },
      metrics: {
        totalOperations: 1,
        successfulOperations: 1,
        failedOperations: 0,
        cancelledOperations: 0,
        averageDuration: 1,
        maxDuration: 1,
        minDuration: 1,
        p50: 1,
        p95: 1,
        p99: 1,
        pendingOperations,
        ownTime,
      },
      documents: [{ documentId: 'd', frameId: 0, url: '', timeOrigin: 1000, clockResolution: 0.1 }],
      operations: operations.map((each, i) => ({ ...each, id: `${i}` })),
      networkRequests,
      memory: [],
      snapshots: [{ label, time: 1001, documentId: 'd' }],
      marks: [{ time: 1003, type: 'long-task', duration: 80, documentId: 'd' }],
      gaps: [{ startTime: 1000, reason: gap }],
    }
    // What is not known is absent.
    return JSON.parse(JSON.stringify(file)) as typeof file & { operations: Operation1[] }
  })

/** A version 1 row as version 2 has it, written from the changelog. */
function asVersion2({ endUnknown, http, connection, error, ...rest }: Operation1): object {
  const why = endUnknown ?? http?.endUnknown ?? connection?.endUnknown
  const { endUnknown: _http, ...ofHttp } = http ?? {}
  const { endUnknown: _connection, ...ofConnection } = connection ?? {}
  const code = http && error && Object.hasOwn(ERROR_CODES, error.message) ? ERROR_CODES[error.message] : undefined
  const { message, ...ofError } = error ?? {}
  const { bodyDuration: body, ...inHttp } = ofHttp as { bodyDuration?: number; [name: string]: unknown }
  const { duration, kind } = rest as { duration?: number; kind: string }
  const ended = http !== undefined && duration !== undefined
  const toBody =
    ended && body !== undefined
      ? {
          duration: body,
          endTime: rest.startTime + body,
          kind: kind !== 'beacon' && duration < body - 10_000 ? 'stream' : kind,
        }
      : {}
  const headers = ended && body !== undefined && body !== duration ? { headersDuration: Math.min(duration, body) } : {}
  const isOpen =
    ended &&
    body === undefined &&
    inHttp.endSource === 'devtools' &&
    inHttp.status !== undefined &&
    rest.outcome !== 'cancelled'
  return {
    ...rest,
    ...toBody,
    ...(error ? { error: code ? { ...ofError, code } : error } : {}),
    ...(http
      ? { http: { ...inHttp, ...headers, ...(isOpen ? { headersDuration: duration, bodyEndUnknown: true } : {}) } }
      : {}),
    ...(connection ? { connection: ofConnection } : {}),
    ...(rest.outcome === 'pending' && why !== undefined
      ? { endUnknown: Object.hasOwn(END_REASONS, why) ? END_REASONS[why] : 'unknown' }
      : {}),
  }
}

test('any version 1 file opens, and is exported as version 2 with the same content', async () => {
  await fc.assert(
    fc.asyncProperty(session, async file => {
      expect(isVersion1(file), JSON.stringify(isVersion1.errors)).toBe(true)
      const opened = await parsed(await exported(await imported(new Blob([JSON.stringify(file)]))))
      expect(schemaErrors(opened)).toEqual([])
      const { ownTime, ...metrics } = file.metrics
      const operations = (file.operations as Operation1[]).toSorted((a, b) => a.startTime - b.startTime).map(asVersion2)
      expect(opened).toEqual({
        ...file,
        version: 2,
        metrics: {
          ...metrics,
          totalOperations: metrics.totalOperations + metrics.pendingOperations,
          ...(ownTime === undefined ? {} : { overheadMs: ownTime }),
        },
        operations,
        networkRequests: file.networkRequests.toSorted((a, b) => a.startTime - b.startTime),
      })
    }),
    { numRuns: 150 },
  )
})

test('a damaged version 1 file is refused, or upgraded to a valid one', async () => {
  const members = ['operations', 'metrics', 'documents', 'gaps', 'page', 'http', 'error', 'connection'] as const
  const template = fc.sample(session, { numRuns: 1, seed: 3 })[0] as object
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...members), fc.jsonValue({ maxDepth: 2 }), async (member, value) => {
      const row = { id: 'x', kind: 'fetch', outcome: 'pending', [member]: value }
      const inRow = ['http', 'error', 'connection'].includes(member)
      const file = { ...template, ...(inRow ? { operations: [row] } : { [member]: [value] }) }
      const problem = await problemOf(JSON.stringify(file))
      expect(problem).toMatch(/^none$|^ImportError: isn't a valid Perf session/)
    }),
    { numRuns: 200 },
  )
})

test('upgrades every earlier version, and no other', () => {
  for (let version = 1; version <= SESSION_VERSION; version++) expect(upgradeFrom(version)).toBeDefined()
  for (const version of [0, -1, 1.5, SESSION_VERSION + 1, '1', null, undefined, Number.NaN]) {
    expect(upgradeFrom(version)).toBeUndefined()
  }
  const row = { anything: 1 }
  expect(upgradeFrom(SESSION_VERSION)?.('operations', row)).toBe(row)
})
