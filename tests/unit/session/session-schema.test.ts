import { beforeAll, describe, expect, test } from 'vitest'
import { exportSession } from '../../../monitor/export-session.ts'
import { MemoryMonitor } from '../../../monitor/memory-monitor.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import type { SessionFile, SessionGap, SessionOperation } from '../../../session/format.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }
import { schemaErrors } from '../../browser/session-schema.ts'

/** Every kind of operation and row that there is. */
function wholeFile(): SessionFile {
  const place = { documentId: 'd', frameId: 0 }
  const ended = { ...place, startTime: 1000.25, endTime: 1010.5, duration: 10.25 }
  const ok = { ...ended, success: true, outcome: 'ok' } as const
  const http = { method: 'GET', url: 'https://page.example/a' }
  const counts = { messagesIn: 1, bytesIn: 2, messagesOut: 3, bytesOut: 4 }
  return {
    format: 'perf-session',
    version: 2,
    generator: { name: 'perf-devtools', version: '0.1.0' },
    createdAt: '2026-11-23T12:00:00.000Z',
    page: { url: 'https://page.example/', title: 'Page', userAgent: 'Test' },
    availability: { memory: 'performance.memory' },
    documents: [{ documentId: 'd', frameId: 0, url: 'https://page.example/', timeOrigin: 1000, clockResolution: 0.1 }],
    operations: [
      { ...ok, id: '1', operationName: 'ok', kind: 'custom', metadata: { anything: [1, { at: null }] } },
      {
        ...ended,
        id: '2',
        operationName: 'failed',
        kind: 'custom',
        success: false,
        outcome: 'failed',
        error: { name: 'TypeError', message: 'no', stack: 'TypeError: no' },
        parentId: '1',
      },
      { ...ended, id: '3', operationName: 'cancelled', kind: 'custom', success: false, outcome: 'cancelled' },
      { ...place, id: '4', operationName: '', kind: 'custom', startTime: 1001, success: false, outcome: 'pending' },
      { ...ok, id: '5', operationName: 'GET /a', kind: 'fetch', http: { ...http, status: 200, headersDuration: 12 } },
      {
        ...place,
        id: '6',
        operationName: 'GET /a',
        kind: 'xhr',
        startTime: 1001,
        success: false,
        outcome: 'pending',
        http,
        endUnknown: 'too-many-in-flight',
      },
      {
        ...ok,
        id: '7',
        operationName: 'WS /s',
        kind: 'websocket',
        connection: { url: 'wss://page.example/s', ...counts, openDuration: 1, closeCode: 1000 },
        traffic: [{ time: 1001, ...counts }],
      },
    ],
    networkRequests: [
      {
        url: 'https://page.example/logo.png',
        method: 'GET',
        status: 200,
        type: 'image',
        startTime: 1001,
        duration: 12.5,
        phases: { queued: 1, wait: 2 },
        transferSize: 100,
        initiator: { type: 'parser', stack: ['f https://page.example/:1:1'] },
      },
      {
        url: 'https://page.example/b',
        method: 'OPTIONS',
        status: 0,
        type: 'preflight',
        startTime: 1002,
        duration: 3,
        phases: {},
        error: 'net::ERR_FAILED',
      },
    ],
    memory: [
      {
        time: 1001,
        usedJSHeapSize: 1,
        totalJSHeapSize: 2,
        jsHeapSizeLimit: 3,
        source: 'performance.memory',
        documentId: 'd',
      },
    ],
    snapshots: [
      { label: 'start', time: 1001, usedBytes: 5, documentId: 'd' },
      { label: '', time: 1002, documentId: 'd' },
      { label: 'Settled', time: 1003, usedBytes: 5, settled: true, round: 0, idle: true, documentId: 'd' },
    ],
    marks: [
      { time: 1000, type: 'navigation', url: 'https://page.example/', navigationType: 'reload', documentId: 'd' },
      { time: 1003, type: 'long-task', duration: 80, documentId: 'd' },
      { time: 1003, type: 'interaction', duration: 24, name: 'click', interactionId: 7, documentId: 'd' },
      { time: 1003, type: 'long-animation-frame', duration: 80, name: '', documentId: 'd' },
    ],
    gaps: [
      { startTime: 1000, endTime: 1001, reason: 'buffer-full', count: 5, documentId: 'd' },
      { startTime: 1002, reason: 'paused' },
    ],
    metrics: {
      totalOperations: 7,
      successfulOperations: 3,
      failedOperations: 1,
      cancelledOperations: 1,
      averageDuration: 10.25,
      maxDuration: 10.25,
      minDuration: 10.25,
      p50: 10.25,
      p95: 10.25,
      p99: 10.25,
      pendingOperations: 2,
    },
  }
}

test('accepts every kind of row', () => {
  expect(schemaErrors(wholeFile())).toEqual([])
})

test('accepts an empty session, and one in which no operation has ended', () => {
  const { p50: _50, p95: _95, p99: _99, ...stats } = wholeFile().metrics
  const ended = { successfulOperations: 0, failedOperations: 0, cancelledOperations: 0 }
  const file = {
    ...wholeFile(),
    documents: [],
    operations: [],
    networkRequests: [],
    memory: [],
    snapshots: [],
    marks: [],
    gaps: [],
    metrics: { ...stats, ...ended, totalOperations: 0, pendingOperations: 0 },
  }
  expect(schemaErrors(file)).toEqual([])
  expect(schemaErrors({ ...file, metrics: { ...file.metrics, p50: 0 } })).not.toEqual([])
  const running = { ...stats, ...ended, totalOperations: 2, pendingOperations: 2 }
  expect(schemaErrors({ ...file, metrics: running })).toEqual([])
  expect(schemaErrors({ ...file, metrics: { ...running, cancelledOperations: 1 } })).not.toEqual([])
})

describe('what the library exports', () => {
  let text = ''
  beforeAll(async () => {
    const monitor = PerformanceMonitor.getInstance()
    monitor.maxOperations = 5
    const cyclic: Record<string, unknown> = { at: new Date(0), big: 5n, call: () => {}, missing: undefined }
    cyclic.self = cyclic
    for (let i = 0; i < 7; i++) await monitor.trackOperation('early', async () => {})
    await monitor.trackOperation('parent', op => op.trackOperation('child', async () => {}), cyclic)
    await monitor.trackOperation('failed', () => Promise.reject(new TypeError('no'))).catch(() => {})
    await monitor.trackOperation('undefined', () => Promise.reject()).catch(() => {})
    const abort = new DOMException('stop', 'AbortError')
    await monitor.trackOperation('cancelled', () => Promise.reject(abort)).catch(() => {})
    void monitor.trackOperation('pending', () => new Promise(() => {}), { of: 'a pending one' })
    MemoryMonitor.getInstance().takeSnapshot('start')
    text = exportSession()
  })

  test('is valid by the schema', () => {
    expect(schemaErrors(JSON.parse(text))).toEqual([])
  })

  test('has what was recorded', () => {
    const { operations, metrics, gaps, snapshots, availability }: SessionFile = JSON.parse(text)
    expect(operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
      ['child', 'ok'],
      ['parent', 'ok'],
      ['failed', 'failed'],
      ['undefined', 'failed'],
      ['cancelled', 'cancelled'],
      ['pending', 'pending'],
    ])
    const [child, parent, failed, undefinedError] = operations as [
      SessionOperation,
      SessionOperation,
      SessionOperation,
      SessionOperation,
    ]
    expect(child.parentId).toBe(parent.id)
    expect(parent.metadata).toMatchObject({ at: '1970-01-01T00:00:00.000Z', big: '[5n]', self: '[circular]' })
    expect(failed.error).toMatchObject({ name: 'TypeError', message: 'no' })
    expect(undefinedError.error).toMatchObject({ message: 'undefined' })
    expect(metrics).toMatchObject({ totalOperations: 13, failedOperations: 2, cancelledOperations: 1 })
    expect(metrics.pendingOperations).toBe(1)
    expect(snapshots).toMatchObject([{ label: 'start' }])
    expect(snapshots[0]?.usedBytes).toBeGreaterThan(0)
    expect(availability.memory).toBe('process.memoryUsage')
    expect(gaps).toMatchObject([{ reason: 'buffer-full', count: 7, endTime: child.endTime }])
  })
})

type Edit = (file: SessionFile) => unknown
/** Sets what the types would not let be set. */
const set = (object: object | undefined, key: string, value: unknown): void => {
  Object.assign(object as object, { [key]: value })
}
const remove = (object: object | undefined, key: string): void => {
  Reflect.deleteProperty(object as object, key)
}

test.each<[string, Edit]>([
  ['another format', file => set(file, 'format', 'perf')],
  ['another version', file => set(file, 'version', 1)],
  ['a version in words', file => set(file, 'version', '2')],
  ['a date in words', file => set(file, 'createdAt', 'today')],
  ['something more', file => set(file, 'extra', 1)],
  ['something more of the page', file => set(file.page, 'extra', 1)],
  ['an unknown source of memory stats', file => set(file.availability, 'memory', 'guess')],
  ['no name of an operation', ({ operations: [first] }) => remove(first, 'operationName')],
  ['a number as id', ({ operations: [first] }) => set(first, 'id', 1)],
  ['an unknown kind', ({ operations: [first] }) => set(first, 'kind', 'timer')],
  ['an unknown outcome', ({ operations: [first] }) => set(first, 'outcome', 'done')],
  ['something more of an operation', ({ operations: [first] }) => set(first, 'extra', 1)],
  ['a start that is not known', ({ operations: [first] }) => set(first, 'startTime', null)],
  ['an ok one without success', ({ operations: [first] }) => set(first, 'success', false)],
  ['an ok one with an error', ({ operations: [ok, failed] }) => set(ok, 'error', failed?.error)],
  ['an ok one without duration', ({ operations: [first] }) => remove(first, 'duration')],
  ['an ok one without end', ({ operations: [first] }) => remove(first, 'endTime')],
  ['a negative duration', ({ operations: [first] }) => set(first, 'duration', -1)],
  ['a failed one with success', ({ operations: [, failed] }) => set(failed, 'success', true)],
  ['an error without message', ({ operations: [, failed] }) => remove(failed?.error, 'message')],
  ['something more of an error', ({ operations: [, failed] }) => set(failed?.error, 'code', 1)],
  ['a cancelled one with success', ({ operations: [, , cancelled] }) => set(cancelled, 'success', true)],
  ['a pending one with success', ({ operations: [, , , pending] }) => set(pending, 'success', true)],
  ['a pending one with a duration', ({ operations: [, , , pending] }) => set(pending, 'duration', 1)],
  ['a pending one with an end', ({ operations: [, , , pending] }) => set(pending, 'endTime', 1002)],
  ['a fetch without request', ({ operations: [, , , , fetch] }) => remove(fetch, 'http')],
  ['a custom one with a request', ({ operations: [ok, , , , fetch] }) => set(ok, 'http', fetch?.http)],
  ['a request without URL', ({ operations: [, , , , fetch] }) => remove(fetch?.http, 'url')],
  ['a status of 0', ({ operations: [, , , , fetch] }) => set(fetch?.http, 'status', 0)],
  ['something more of a request', ({ operations: [, , , , fetch] }) => set(fetch?.http, 'body', 'secret')],
  ['a WebSocket without connection', ({ operations }) => remove(operations[6], 'connection')],
  ['half a message', ({ operations }) => set(operations[6]?.connection, 'messagesIn', 0.5)],
  ['a network request without start', ({ networkRequests: [first] }) => remove(first, 'startTime')],
  ['an unknown member of a network request', ({ networkRequests: [first] }) => set(first, 'body', 'secret')],
  ['a memory sample of another source', ({ memory: [first] }) => set(first, 'source', 'guess')],
  ['a memory sample without size', ({ memory: [first] }) => remove(first, 'usedJSHeapSize')],
  ['a snapshot that says null', ({ snapshots: [first] }) => set(first, 'usedBytes', null)],
  ['a snapshot that is not settled and says so', ({ snapshots: [first] }) => set(first, 'settled', false)],
  ['half a round', ({ snapshots: [first] }) => set(first, 'round', 0.5)],
  ['a mark of another type', ({ marks: [first] }) => set(first, 'type', 'click')],
  ['a long task without duration', ({ marks: [, second] }) => remove(second, 'duration')],
  ['a gap for no reason', ({ gaps: [first] }) => remove(first, 'reason')],
  ['a gap with a count of 0', ({ gaps: [first] }) => set(first, 'count', 0)],
  ['a document without clock', ({ documents: [first] }) => remove(first, 'clockResolution')],
  ['a clock without step', ({ documents: [first] }) => set(first, 'clockResolution', 0)],
  ['metrics without a count', ({ metrics }) => remove(metrics, 'cancelledOperations')],
  ['metrics without a quantile', ({ metrics }) => remove(metrics, 'p95')],
  ['an unknown member of the metrics', ({ metrics }) => set(metrics, 'byName', {})],
])('refuses %s', (_, edit) => {
  const file = wholeFile()
  edit(file)
  expect(schemaErrors(file)).not.toEqual([])
})

test('describes every field', () => {
  const undescribed: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      const at = `${path}/${key}`
      if (path.endsWith('/properties') && !/(?:then|else|if)\/properties$/.test(path)) {
        if (!('description' in value || '$ref' in value)) undescribed.push(at)
      }
      visit(value, at)
    }
  }
  visit(schema, '')
  expect(undescribed).toEqual([])
})

test('has every reason of a gap', () => {
  const reasons: Record<SessionGap['reason'], true> = {
    paused: true,
    'buffer-full': true,
    backpressure: true,
    malformed: true,
    'page-left': true,
    'page-crashed': true,
    'storage-lost': true,
    'long-tasks': true,
    samples: true,
    requests: true,
    'session-full': true,
    unattributed: true,
  }
  const { enum: known, description } = schema.$defs.gap.properties.reason
  expect(known.toSorted()).toEqual(Object.keys(reasons).toSorted())
  for (const reason of known) expect(description).toContain(`${reason}: `)
})
