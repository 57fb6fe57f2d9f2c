// Test: a session file with all that a session can have, and as many operations as are asked for.
import type { SessionFile, SessionMemorySample, SessionOperation } from '../../session/format.ts'
import type { NetworkRequest } from '../../wire/network.ts'

/** A moment with all the digits that our times have. */
const START = 1_790_000_000_000.125

/** 10,000 characters. */
const LONG_URL = 'https://shop.example/search?q='.padEnd(10_000, 'long')
const PATHS = ['/api/users/17', '/api/orders?page=2', '/api/caf%C3%A9', '/img/logo.png', '/graphql']
const STACK = ['load https://shop.example/app.js:12:7', 'https://shop.example/app.js:3:1']

type Row = Omit<SessionOperation, 'id' | 'startTime' | 'success' | 'documentId' | 'frameId'> & { at?: number }

const http = (path: string, more: object = {}) => ({ method: 'GET', url: `https://shop.example${path}`, ...more })
const ended = (duration: number) => ({ duration })
const counts = { messagesIn: 12, bytesIn: 3_400, messagesOut: 3, bytesOut: 96 }

/** One of each kind and outcome. */
const ROWS: Row[] = [
  {
    operationName: 'GET /api/users/17',
    kind: 'fetch',
    outcome: 'ok',
    ...ended(36.5),
    http: http('/api/users/17', {
      status: 200,
      headersDuration: 34.375,
      transferSize: 700,
      encodedBodySize: 500,
      decodedBodySize: 1_500,
      protocol: 'h2',
      phases: { queued: 1.5, dns: 2, connect: 9, tls: 5, send: 0.25, wait: 20.25, receive: 3.5 },
      stack: STACK,
    }),
  },
  {
    operationName: 'POST /api/orders',
    kind: 'xhr',
    outcome: 'failed',
    ...ended(121),
    http: { ...http('/api/orders', { status: 500, headersDuration: 120 }), method: 'POST' },
  },
  {
    operationName: 'GET /api/gone',
    kind: 'fetch',
    outcome: 'failed',
    ...ended(7.5),
    error: { name: 'TypeError', code: 'network' },
    http: http('/api/gone'),
  },
  {
    operationName: 'GET /api/typeahead',
    kind: 'fetch',
    outcome: 'cancelled',
    ...ended(15),
    error: { name: 'AbortError', message: 'The user aborted a request.' },
    http: http('/api/typeahead'),
  },
  {
    operationName: 'GET /api/cached',
    kind: 'fetch',
    outcome: 'ok',
    ...ended(1.5),
    http: http('/api/cached', { status: 200, headersDuration: 1.25, fromCache: true, transferSize: 0 }),
  },
  {
    operationName: 'GET /api/moved',
    kind: 'fetch',
    outcome: 'ok',
    ...ended(61),
    http: http('/api/moved', {
      status: 200,
      headersDuration: 60,
      phases: { redirect: 30, queued: 1, wait: 28, receive: 2 },
    }),
  },
  { operationName: 'GET /api/slow', kind: 'fetch', outcome: 'pending', http: http('/api/slow') },
  {
    operationName: 'GET /api/lost',
    kind: 'fetch',
    outcome: 'pending',
    endUnknown: 'opaque-response',
    http: http('/api/lost'),
  },
  {
    operationName: 'POST /beacon',
    kind: 'beacon',
    outcome: 'ok',
    ...ended(3),
    http: { ...http('/beacon'), method: 'POST' },
  },
  {
    operationName: 'WS /socket',
    kind: 'websocket',
    outcome: 'ok',
    ...ended(500),
    connection: {
      url: 'wss://shop.example/socket',
      openDuration: 12,
      closeCode: 1_000,
      closeReason: 'done',
      ...counts,
    },
  },
  {
    operationName: 'WS /live',
    kind: 'websocket',
    outcome: 'pending',
    connection: { url: 'wss://shop.example/live', openDuration: 9, ...counts },
  },
  {
    operationName: 'SSE /events',
    kind: 'eventsource',
    outcome: 'failed',
    ...ended(80),
    connection: { url: 'https://shop.example/events', match: 'inferred', ...counts },
  },
  {
    operationName: 'GET /search',
    kind: 'fetch',
    outcome: 'ok',
    ...ended(9),
    http: { ...http(''), url: LONG_URL, status: 200 },
  },
  { operationName: 'checkout \u{1f6d2}', kind: 'custom', outcome: 'ok', ...ended(250.5), metadata: { cart: 3 } },
  { operationName: '=two\n"lines", and a comma', kind: 'custom', outcome: 'ok', ...ended(0) },
  {
    operationName: 'pay',
    kind: 'custom',
    outcome: 'failed',
    ...ended(12.125),
    error: {
      name: 'RangeError',
      message: 'no money',
      stack: 'RangeError: no money\n    at pay (https://shop.example/app.js:9:9)',
    },
    parentId: 'op-13',
  },
  {
    operationName: 'GET /api/feed',
    kind: 'stream',
    outcome: 'ok',
    ...ended(12_000),
    http: http('/api/feed', { status: 200, headersDuration: 20.5, protocol: 'h2' }),
  },
]

/** @param operations how many there are; at least one of each kind. */
export function richSessionFile(operations = 100): SessionFile {
  const rows = Array.from({ length: Math.max(operations, ROWS.length) }, (_, i): SessionOperation => {
    const row = ROWS[i] ?? fillerRow(i)
    const startTime = START + 10 + i * 2.5
    const end = row.duration === undefined ? {} : { endTime: startTime + row.duration }
    const place = { documentId: 'd0', frameId: 0 }
    return { id: `op-${i}`, startTime, ...row, ...end, success: row.outcome === 'ok', ...place } as SessionOperation
  })
  const count = (outcome: string): number => rows.filter(row => row.outcome === outcome).length
  return {
    format: 'perf-session',
    version: 2,
    generator: { name: 'Perf', version: '0.1.0' },
    createdAt: new Date(START).toISOString(),
    page: { url: 'https://shop.example/cart', title: 'Cart', userAgent: 'test' },
    availability: { memory: 'performance.memory' },
    metrics: {
      totalOperations: rows.length,
      successfulOperations: count('ok'),
      failedOperations: count('failed'),
      cancelledOperations: count('cancelled'),
      pendingOperations: count('pending'),
      averageDuration: 20,
      minDuration: 0,
      maxDuration: 500,
      p50: 20,
      p95: 60,
      p99: 250,
    },
    documents: [
      { documentId: 'd0', frameId: 0, url: 'https://shop.example/cart', timeOrigin: START, clockResolution: 0.1 },
    ],
    operations: rows,
    networkRequests: NETWORK,
    memory: Array.from({ length: 50 }, (_, i): SessionMemorySample => {
      const usedJSHeapSize = 10_000_000 + i * 1_000
      const sizes = { usedJSHeapSize, totalJSHeapSize: 20_000_000, jsHeapSizeLimit: 4_000_000_000 }
      return { time: START + i * 20, ...sizes, source: 'performance.memory', documentId: 'd0' }
    }),
    snapshots: [{ label: 'before, "after"', time: START + 30, usedBytes: 10_000_123, documentId: 'd0' }],
    marks: [
      {
        time: START,
        type: 'navigation',
        url: 'https://shop.example/cart',
        navigationType: 'navigate',
        documentId: 'd0',
      },
      { time: START + 15, type: 'long-task', duration: 75, documentId: 'd0' },
    ],
    gaps: [{ startTime: START + 40, endTime: START + 50, reason: 'backpressure', count: 7, documentId: 'd0' }],
  } as SessionFile
}

/** Requests and operations that overlap, of a few routes. */
function fillerRow(i: number): Row {
  const duration = 5 + ((i * 7) % 300) / 4
  if (i % 3 === 0) return { operationName: `work ${i % 5}`, kind: 'custom', outcome: 'ok', ...ended(duration) }
  const path = PATHS[i % PATHS.length] as string
  const failed = i % 50 === 0
  const sizes = { transferSize: 100 + i, encodedBodySize: i, decodedBodySize: 3 * i }
  const details = { status: failed ? 503 : 200, headersDuration: duration - 1.5, ...sizes, protocol: 'h2' }
  return {
    operationName: `GET ${path.split('?')[0]}`,
    kind: i % 2 === 0 ? 'fetch' : 'xhr',
    outcome: failed ? 'failed' : 'ok',
    ...ended(duration),
    http: http(path, details),
  }
}

const NETWORK: NetworkRequest[] = [
  {
    url: 'https://shop.example/cart',
    method: 'GET',
    status: 200,
    type: 'document',
    startTime: 1_790_000_000_001,
    duration: 40,
    phases: { wait: 30, receive: 10 },
    mimeType: 'text/html',
    transferSize: 5_000,
  },
  {
    url: 'https://shop.example/old.png',
    method: 'GET',
    status: 301,
    redirectUrl: 'https://shop.example/new.png',
    type: 'image',
    startTime: 1_790_000_000_020,
    duration: 5,
    phases: { wait: 5 },
  },
  {
    url: 'https://shop.example/new.png',
    method: 'GET',
    status: 0,
    type: 'image',
    startTime: 1_790_000_000_025,
    duration: 8,
    phases: {},
    error: 'net::ERR_CONNECTION_RESET',
  },
]
