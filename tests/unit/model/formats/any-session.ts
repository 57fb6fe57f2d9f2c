// Test: any session file that the schema allows.
import fc from 'fast-check'
import type {
  SessionDocument,
  SessionFile,
  SessionGap,
  SessionMark,
  SessionMemorySample,
  SessionOperation,
} from '../../../../session/format.ts'
import schema from '../../../../session/session.schema.json' with { type: 'json' }
import { KINDS, OUTCOMES } from '../../../../wire/operations.ts'

const SECRET_LIKE = 'https://x.example/?token=s3cretvalue'
const TEXTS = [
  '',
  'a',
  '=cmd()',
  '+1',
  '-x',
  '@y',
  '\ttab',
  'two\nlines',
  'quote " and , comma',
  '\u{1f600}',
  '\0',
  SECRET_LIKE,
]

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  // Halves of surrogate pairs, which UTF-8 cannot represent.
  fc.constantFrom(...TEXTS, '\ud83d', '\ud83e', 'a\udc00', `https://x.example/${'a'.repeat(9_900)}`),
)
const filled = text.filter(each => each !== '')
const url = fc.oneof(fc.webUrl(), text, fc.constantFrom('wss://h.example:8080/s', 'data:,x', 'https://[::1]:99999/'))
/** Mostly times of these days, and now and then any that the schema allows. */
const time = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 1.79e12, max: 1.79e12 + 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MIN_VALUE, 0.001, 8.64e15, 4e12, 253_402_300_800_000) },
)
const duration = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 1e5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, Number.MIN_VALUE, 8.64e15) },
)
const bytes = fc.oneof(fc.nat(), fc.double({ min: 0, max: 2 ** 53 - 1, noNaN: true }))
const count = fc.nat()

/** Members that may be absent. */
function partial<T extends object>(members: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>
}

const phases = partial({
  redirect: duration,
  queued: duration,
  dns: duration,
  connect: duration,
  tls: duration,
  send: duration,
  wait: duration,
  receive: duration,
})
const stack = fc.array(
  fc.oneof(text, fc.constantFrom('load https://x.example/a.js:3:7', 'at f (https://x.example/a.js:1:2)', 'g@b.js:1:1')),
  { maxLength: 3 },
)
const devtools = fc
  .tuple(
    fc.record({
      url,
      method: text,
      status: fc.integer({ min: 0, max: 999 }),
      type: fc.oneof(text, fc.constantFrom('fetch', 'xhr', 'document', 'image', 'websocket')),
      startTime: time,
      duration,
      phases,
    }),
    partial({
      redirectUrl: url,
      unfinished: fc.constant(true as const),
      protocol: text,
      transferSize: bytes,
      responseHeadersSize: bytes,
      requestHeadersSize: bytes,
      bodySize: bytes,
      requestBodySize: bytes,
      mimeType: text,
      cacheControl: text,
      etag: text,
      retryAfter: text,
      error: text,
      cache: fc.constantFrom('memory' as const, 'disk' as const),
      serviceWorker: fc.boolean(),
      priority: text,
      initiator: fc.tuple(text, stack).map(([type, lines]) => ({ type, stack: lines })),
    }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }))

const http = fc
  .tuple(
    fc.record({ method: fc.oneof(text, fc.constantFrom('GET', 'POST')), url }),
    partial({
      graphql: filled,
      redirect: fc.constant('manual' as const),
      bodyEndUnknown: fc.constant(true as const),
      preloaded: fc.constant(true as const),
      endSource: fc.constantFrom('resource-timing' as const, 'devtools' as const),
      match: fc.constantFrom('exact' as const, 'inferred' as const),
      source: fc.constant('resource-timing' as const),
      async: fc.constant(false as const),
      status: fc.integer({ min: 100, max: 999 }),
      headersDuration: duration,
      transferSize: bytes,
      encodedBodySize: bytes,
      decodedBodySize: bytes,
      phases,
      protocol: fc.oneof(text, fc.constantFrom('h2', 'http/1.1')),
      fromCache: fc.constant(true as const),
      serviceWorker: fc.constant(true as const),
      keepalive: fc.constant(true as const),
      stack,
      devtools,
    }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }))

const connection = fc
  .tuple(
    fc.record({ url, messagesIn: count, bytesIn: bytes, messagesOut: count, bytesOut: bytes }),
    partial({ openDuration: duration, closeCode: fc.nat(65_535), closeReason: text, devtools }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }))

const traffic = fc.array(fc.record({ time, messagesIn: count, bytesIn: bytes, messagesOut: count, bytesOut: bytes }), {
  maxLength: 5,
})

const error = fc.oneof(
  fc.record({ name: text, message: text, stack: text }),
  fc.record({ name: text, code: fc.constantFrom('network' as const, 'timeout' as const) }),
)

const END_UNKNOWN = schema.$defs.operation.properties.endUnknown.enum as NonNullable<SessionOperation['endUnknown']>[]

const facts = {
  operationName: text,
  prefix: text,
  endUnknown: fc.option(fc.constantFrom(...END_UNKNOWN), { nil: undefined }),
  startTime: time,
  duration,
  http,
  connection,
  traffic,
  error: fc.option(error, { nil: undefined }),
  metadata: fc.option(fc.jsonValue({ maxDepth: 3 }), { nil: undefined }),
  /** Of which operation it is a part, by its position: perhaps of itself, of one of its own parts, or of none that is there. */
  parent: fc.option(fc.nat(40), { nil: undefined }),
  document: fc.nat(1),
}

/** Of all kinds and outcomes, or only of some: a session may have no request, nothing but connections, or nothing that has ended. */
const operationList = fc
  .tuple(fc.subarray([...KINDS], { minLength: 1 }), fc.subarray([...OUTCOMES], { minLength: 1 }))
  .chain(([kinds, outcomes]) =>
    fc.array(fc.record({ ...facts, kind: fc.constantFrom(...kinds), outcome: fc.constantFrom(...outcomes) }), {
      maxLength: 25,
    }),
  )

const memorySample = fc.record({
  time,
  usedJSHeapSize: bytes,
  totalJSHeapSize: bytes,
  jsHeapSizeLimit: bytes,
  source: fc.constant('performance.memory' as const),
  documentId: fc.constant('d0'),
})
const longTask = fc.record({
  time,
  type: fc.constant('long-task' as const),
  duration: fc.double({ min: 50, max: 1e4, noNaN: true }),
  documentId: fc.constantFrom('d0', 'd1'),
})
const navigation = fc.record({
  time,
  type: fc.constant('navigation' as const),
  url,
  navigationType: text,
  documentId: fc.constant('d0'),
})
const pageEvent = fc.oneof(
  fc.record({
    time,
    type: fc.constant('interaction' as const),
    duration,
    name: text,
    interactionId: fc.integer({ min: 1, max: 1e9 }),
    documentId: fc.constantFrom('d0', 'd1'),
  }),
  fc.record({
    time,
    type: fc.constantFrom('visibility', 'soft-navigation', 'long-animation-frame'),
    duration,
    name: text,
    documentId: fc.constantFrom('d0', 'd1'),
  }),
)
const reason = fc.constantFrom(...(schema.$defs.gap.properties.reason.enum as SessionGap['reason'][]))
const gap = fc
  .tuple(
    fc.record({ startTime: time, reason }),
    partial({ endTime: time, count: fc.integer({ min: 1, max: 1e6 }), documentId: text }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }))

const snapshot = fc
  .tuple(
    fc.record({ label: text, time, documentId: fc.constant('d0') }),
    partial({
      usedBytes: bytes,
      settled: fc.constant(true as const),
      round: fc.nat(100),
      idle: fc.constant(true as const),
    }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }))

export const anySession: fc.Arbitrary<SessionFile> = fc
  .record({
    operations: operationList,
    networkRequests: fc.array(devtools, { maxLength: 4 }),
    memory: fc.array(memorySample, { maxLength: 5 }),
    snapshots: fc.array(snapshot, { maxLength: 3 }),
    hasMemory: fc.boolean(),
    overheadMs: fc.option(duration, { nil: undefined }),
    navigations: fc.array(navigation, { maxLength: 3 }),
    longTasks: fc.array(longTask, { maxLength: 4 }),
    pageEvents: fc.array(pageEvent, { maxLength: 4 }),
    gaps: fc.array(gap, { maxLength: 3 }),
    page: fc.record({ url, title: text, userAgent: text }),
    createdAt: fc.date({ min: new Date(1), max: new Date('9999-12-31'), noInvalidDate: true }),
  })
  .map(given => {
    const documents = ['d0', 'd1'].map((documentId, frameId): SessionDocument => {
      return { documentId, frameId, url: given.page.url, timeOrigin: 1.79e12, clockResolution: 0.1 }
    })
    const byTime = <T extends { time: number }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => a.time - b.time)
    const operations = given.operations.map((each, i) => operationOf(given.operations, each, i))
    const ended = (outcome: string): number => operations.filter(each => each.outcome === outcome).length
    const counts = { successfulOperations: ended('ok'), failedOperations: ended('failed') }
    const cancelledOperations = ended('cancelled')
    const hasEnded = counts.successfulOperations + counts.failedOperations + cancelledOperations > 0
    return {
      format: 'perf-session',
      version: 2,
      generator: { name: 'any', version: '1' },
      createdAt: given.createdAt.toISOString(),
      page: given.page,
      availability: { memory: given.hasMemory ? 'performance.memory' : 'not available' },
      metrics: {
        totalOperations: operations.length,
        ...counts,
        cancelledOperations,
        pendingOperations: ended('pending'),
        averageDuration: 1,
        minDuration: 1,
        maxDuration: 1,
        ...(hasEnded ? { p50: 1, p95: 1, p99: 1 } : {}),
        ...(given.overheadMs === undefined ? {} : { overheadMs: given.overheadMs }),
      },
      documents,
      operations,
      networkRequests: given.networkRequests,
      memory: byTime(given.memory) as SessionMemorySample[],
      snapshots: given.snapshots,
      marks: [...byTime(given.navigations), ...byTime(given.longTasks), ...given.pageEvents] as SessionMark[],
      gaps: given.gaps,
    } as SessionFile
  })

type Facts = typeof operationList extends fc.Arbitrary<(infer T)[]> ? T : never

/** Any text, and unique. */
const idOf = (all: readonly Facts[], i: number): string => `${all[i]?.prefix.slice(0, 100) ?? ''}${i}`

function operationOf(all: readonly Facts[], given: Facts, i: number): SessionOperation {
  const { document, parent, error, metadata, endUnknown, ...facts } = given
  const { operationName, kind, outcome, startTime, duration } = facts
  const isConnection = kind === 'websocket' || kind === 'eventsource'
  const endTime = Math.min(8.64e15, startTime + duration)
  return {
    id: idOf(all, i),
    operationName,
    kind,
    startTime,
    ...(outcome === 'pending' ? (endUnknown === undefined ? {} : { endUnknown }) : { endTime, duration }),
    ...(error && (outcome === 'failed' || outcome === 'cancelled') ? { error } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    ...(isConnection && facts.traffic.length > 0 ? { traffic: facts.traffic } : {}),
    ...(isConnection ? { connection: facts.connection } : kind === 'custom' ? {} : { http: facts.http }),
    ...(parent === undefined ? {} : { parentId: idOf(all, parent) }),
    success: outcome === 'ok',
    outcome,
    documentId: `d${document}`,
    frameId: document,
  } as SessionOperation
}
