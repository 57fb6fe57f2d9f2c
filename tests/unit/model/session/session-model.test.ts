import { describe, expect, test } from 'vitest'
import { GroupTotals } from '../../../../model/analysis/group-totals.ts'
import type { Row } from '../../../../model/numbers.ts'
import { MAX_SILENT_TIME } from '../../../../model/session/call-list.ts'
import { LATEST_REQUEST, MAX_UNSEEN_CALLS } from '../../../../model/session/network-join.ts'
import { rowsIn } from '../../../../model/session/rows-in.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { createFormatters } from '../../../../model/text/formatters.ts'
import { outcomeText } from '../../../../model/text/outcome-text.ts'
import { summaryParts } from '../../../../model/text/summary-text.ts'
import type { Batch } from '../../../../wire/batch.ts'
import type { LogEntry } from '../../../../wire/log.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import { columnsOf, documentOf, finish, type TestRow, TIME_ORIGIN } from '../operation-rows.ts'
import { GUESSED_TWINS, twinCalls, twinMatches, twinRequests, UNDECIDED_TWINS } from '../twin-requests.ts'

const batchOf = (change: Partial<Batch>): Batch => ({
  operations: [],
  memory: [],
  snapshots: [],
  losses: [],
  ...change,
})
const operationAt = (start: number, duration: number): Batch['operations'] => [
  { source: 1, columns: columnsOf([{ id: start + 1, name: 'a', outcome: 'ok', start, duration }]) },
]

test('marks each navigation of the top frame once', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const second = documentOf({ stream: 'stream-2', timeOrigin: TIME_ORIGIN + 5_000, navigationType: 'reload' })
  session.apply({ type: 'document', document: documentOf() })
  session.apply({
    type: 'document',
    document: documentOf({ stream: 'frame', frameId: 4, timeOrigin: TIME_ORIGIN + 100 }),
  })
  // The extension was reloaded: the same document, injected anew.
  session.apply({ type: 'document', document: documentOf({ stream: 'stream-1b' }) })
  session.apply({ type: 'document', document: second })
  expect(session.marks.map(({ time, navigationType }) => [time - TIME_ORIGIN, navigationType])).toEqual([
    [0, 'navigate'],
    [5_000, 'reload'],
  ])
  expect(session.documents.top).toEqual(second)
})

test('a pause is a gap that stays open until recording resumes', () => {
  const session = new SessionModel(TIME_ORIGIN)
  session.apply({ type: 'recording', on: true, time: 1 })
  session.apply({ type: 'recording', on: false, time: 10 })
  session.apply({ type: 'recording', on: false, time: 12 })
  expect(session.gaps.all).toEqual([{ startTime: 10, reason: 'paused' }])
  session.apply({ type: 'recording', on: true, time: 20 })
  expect(session.gaps.all).toEqual([{ startTime: 10, endTime: 20, reason: 'paused' }])
})

test("a loss is a gap from its document's previous batch to this one", () => {
  const session = new SessionModel(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1' })
  session.apply({ type: 'batch', document, batch: batchOf({ operations: operationAt(100, 50) }) })
  const losses: Batch['losses'] = [{ reason: 'buffer-full', count: 7 }]
  session.apply({ type: 'batch', document, batch: batchOf({ operations: operationAt(400, 20), losses }) })
  expect(session.gaps.all).toEqual([
    { startTime: TIME_ORIGIN + 150, endTime: TIME_ORIGIN + 420, reason: 'buffer-full', count: 7, documentId: 'D1' },
  ])
  expect(session.gaps.lost).toBe(7)
})

test('begins with the first and ends with the latest recorded moment', () => {
  const session = new SessionModel(TIME_ORIGIN + 50)
  session.apply({ type: 'batch', document: documentOf(), batch: batchOf({ operations: operationAt(20, 500) }) })
  expect(session.first).toBe(TIME_ORIGIN + 20)
  expect(session.latest).toBe(TIME_ORIGIN + 520)
  session.apply({ type: 'batch', document: documentOf(), batch: batchOf({ snapshots: [{ label: 's', time: 900 }] }) })
  expect(session.latest).toBe(TIME_ORIGIN + 900)
  expect(session.snapshots).toEqual([{ label: 's', time: TIME_ORIGIN + 900, document: 0 }])
})

test('a crash is a gap without a count, and operations that ran get no end', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1' })
  const running = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'pending', start: 10 }]) }]
  session.apply({ type: 'document', document })
  session.apply({ type: 'batch', document, batch: batchOf({ operations: [...operationAt(100, 50), ...running] }) })
  session.apply({ type: 'crash', document, time: TIME_ORIGIN + 900 })
  expect(session.gaps.all).toEqual([
    { startTime: TIME_ORIGIN + 150, endTime: TIME_ORIGIN + 900, reason: 'page-crashed', documentId: 'D1' },
  ])
  expect([session.crashed, session.gaps.lost, session.latest]).toEqual([true, 0, TIME_ORIGIN + 900])
  const row = session.operations.order.row(0)
  expect([session.operations.nameOf(row), outcomeText(session, row)]).toEqual(['runs', 'no end recorded'])
  expect(session.operations.endReasonOf(row)).toBe('page-crashed')
  // A batch that was on its way.
  const ended = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'ok', start: 10, duration: 5 }]) }]
  session.apply({ type: 'batch', document, batch: batchOf({ operations: ended }) })
  expect([outcomeText(session, row), session.operations.details.get(row)]).toEqual(['ok', undefined])
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 2_000 }) })
  expect(session.crashed).toBe(false)
})

test('operations of a document whose first record comes after Clear get no end when the page is left', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const running = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'pending', start: 10 }]) }]
  session.apply({ type: 'batch', document: documentOf(), batch: batchOf({ operations: running }) })
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 2_000 }) })
  expect(session.operations.endReasonOf(0 as Row)).toBe('page-left')
})

test('operations that ended before Clear are not listed when their end is reported after it, by the page or DevTools', () => {
  const session = new SessionModel(TIME_ORIGIN + 500)
  const document = documentOf()
  const request = (id: number, start: number, duration: number): TestRow => {
    const http = { method: 'GET', url: `https://shop.example/${id}`, endSource: 'resource-timing' as const }
    return { id, name: `GET /${id}`, kind: 'fetch', outcome: 'ok', start, duration, detail: { http } }
  }
  const seen = (id: number, start: number) => {
    const startTime = TIME_ORIGIN + start
    const url = `https://shop.example/${id}`
    return { method: 'GET', url, type: 'fetch', startTime, duration: 900, status: 200, phases: { wait: 100 } }
  }
  const columns = columnsOf([request(1, 100, 300), request(2, 100, 500)])
  session.apply({ type: 'network', requests: [seen(1, 100)] })
  session.apply({ type: 'batch', document, batch: batchOf({ operations: [{ source: 0, columns }], clearedAt: 500 }) })
  session.apply({ type: 'network', requests: [seen(2, 100)] })
  expect(session.operations.length).toBe(1)
  expect(session.operations.nameOf(0 as Row)).toBe('GET /2')
  expect(session.operations.details.get(0 as Row)?.http?.devtools).toBeDefined()
  expect(session.network.unjoined).toBe(0)
  // What is reported before it has ended is listed, however late that is.
  const runs = columnsOf([{ id: 3, name: 'runs', outcome: 'pending', start: 50 }])
  session.apply({
    type: 'batch',
    document,
    batch: batchOf({ operations: [{ source: 1, columns: runs }], clearedAt: 500 }),
  })
  expect(session.operations.length).toBe(2)
})

const MANY_CALLS = MAX_UNSEEN_CALLS + 500

test.each(['left their page running', 'ran during Clear'])(
  'requests that DevTools never reports are forgotten if they %s',
  why => {
    const session = new SessionModel(TIME_ORIGIN + 500)
    const document = documentOf()
    const cleared = why === 'ran during Clear' ? { clearedAt: 500 } : {}
    const rowsOf = (state: Partial<TestRow>): TestRow[] =>
      Array.from({ length: MANY_CALLS }, (_, id) => {
        const http = { method: 'GET', url: `https://shop.example/${id}`, endSource: 'resource-timing' as const }
        return {
          id: id + 1,
          name: `GET /${id}`,
          kind: 'fetch',
          outcome: 'pending',
          start: 100,
          detail: { http },
          ...state,
        }
      })
    const report = (rows: TestRow[]): void => {
      const operations = [{ source: 0, columns: columnsOf(rows) }]
      session.apply({ type: 'batch', document, batch: batchOf({ operations, ...cleared }) })
    }
    report(rowsOf({}))
    expect(session.network.size).toBe(MANY_CALLS)
    if (why === 'ran during Clear') report(rowsOf({ outcome: 'ok', duration: 600 }))
    const next = documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 2_000 })
    session.apply({ type: 'document', document: next })
    for (const start of [10_000, LATEST_REQUEST + 10_000, LATEST_REQUEST + 11_000]) {
      session.apply({ type: 'batch', document: next, batch: batchOf({ operations: operationAt(start, 1) }) })
    }
    expect(session.network.size).toBeLessThanOrEqual(MAX_UNSEEN_CALLS)
  },
)

test('a request that only DevTools saw is listed if something of its body came after Clear', () => {
  const session = new SessionModel(TIME_ORIGIN + 500)
  const seen = (path: string, change: Partial<NetworkRequest>): NetworkRequest => ({
    ...{ method: 'GET', type: 'fetch', status: 200, duration: 900, phases: { wait: 100 } },
    ...{ url: `https://shop.example/${path}`, startTime: TIME_ORIGIN + 100, ...change },
  })
  session.apply({
    type: 'network',
    requests: [
      seen('ended', {}),
      // Nobody read the body, which was abandoned after Clear.
      seen('abandoned', { error: 'net::ERR_ABORTED' }),
      seen('abandoned-later', { error: 'net::ERR_ABORTED', startTime: TIME_ORIGIN + 450 }),
      seen('broke-off', { error: 'net::ERR_CONNECTION_RESET' }),
      seen('receives', { unfinished: true }),
      seen('silent', { unfinished: true, duration: 150 }),
      seen('resumes', { unfinished: true, duration: 200 }),
      seen('document', { type: 'document', duration: 200 }),
    ],
  })
  session.apply({ type: 'network', requests: [seen('resumes', { duration: 1_200 })] })
  const urls = session.network.unjoinedRequests().map(({ url }) => new URL(url).pathname)
  expect(urls.sort()).toEqual(['/abandoned-later', '/broke-off', '/document', '/ended', '/receives', '/resumes'])
})

describe('what DevTools reports of a call', () => {
  const call = (row: Pick<TestRow, 'kind' | 'outcome'> & Partial<TestRow>, time = 200): LogEntry => {
    const kind = row.kind === 'eventsource' ? 1 : 0
    const columns = columnsOf([{ id: 1, name: 'call', start: 100, ...row }])
    const batch = batchOf({ operations: [{ source: kind, columns }], time, wallOffset: 0 })
    return { type: 'batch', document: documentOf(), batch }
  }
  const seen = (path: string, change: Partial<NetworkRequest> = {}): NetworkRequest => {
    const url = path.includes(':') ? path : `https://shop.example/${path}`
    return {
      method: 'GET',
      type: 'other',
      url,
      status: 200,
      startTime: TIME_ORIGIN + 100,
      duration: 50,
      phases: {},
      ...change,
    }
  }
  const look = (time: number): LogEntry => ({
    type: 'network',
    requests: [],
    look: { time: TIME_ORIGIN + time, unanswered: [] },
  })

  test('of an EventSource that was redirected is its last request, also if the page closed it before', () => {
    const session = new SessionModel(TIME_ORIGIN)
    const counts = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
    const connection = { url: 'https://shop.example/old', openDuration: 40, ...counts }
    const ends = { kind: 'eventsource', detail: { connection } } as const
    session.apply(call({ ...ends, outcome: 'pending' }))
    session.apply({
      type: 'network',
      requests: [seen('old', { status: 302, redirectUrl: 'https://shop.example/new', duration: 20 })],
    })
    session.apply(call({ ...ends, outcome: 'ok', duration: 900 }, 1_100))
    session.apply({ type: 'network', requests: [seen('new', { startTime: TIME_ORIGIN + 120, duration: 880 })] })
    expect(session.operations.details.get(0 as Row)?.connection?.devtools?.status).toBe(200)
    expect(session.network.unjoined).toBe(0)
  })

  test.each<[string, NetworkRequest, string]>([
    ['a WebSocket', seen('live', { type: 'websocket', status: 101, duration: 900 }), 'cancelled'],
    ['an EventSource', seen('live', { duration: 900, error: 'net::ERR_ABORTED' }), 'cancelled'],
    ['an EventSource that connects again', seen('live', { duration: 900 }), 'pending'],
    ['one that is open', seen('live', { type: 'websocket', status: 101, unfinished: true }), 'pending'],
  ])('ends a connection whose frame was removed: %s', (_, request, outcome) => {
    const kind = request.type === 'websocket' ? 'websocket' : 'eventsource'
    const counts = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
    const detail = { connection: { url: request.url, openDuration: 40, ...counts } }
    const open = (): SessionModel => {
      const session = new SessionModel(TIME_ORIGIN)
      session.apply(call({ kind, outcome: 'pending', detail }))
      session.apply({ type: 'network', requests: [request] })
      return session
    }
    const session = open()
    expect(session.operations.outcomeOf(0 as Row)).toBe('pending')
    finish(session.settle(TIME_ORIGIN + 20_000))
    expect(session.operations.outcomeOf(0 as Row)).toBe(outcome)
    if (outcome === 'cancelled') expect(session.operations.duration.get(0 as Row)).toBe(900)
    const over = open()
    finish(over.finish())
    expect(over.operations.outcomeOf(0 as Row)).toBe(outcome)
    // The page is there.
    const late = open()
    late.apply(call({ kind, outcome: 'ok', duration: 901, detail }, 1_500))
    finish(late.settle(TIME_ORIGIN + 20_000))
    expect(late.operations.outcomeOf(0 as Row)).toBe('ok')
  })

  test.each(['xhr', 'fetch'] as const)('cancels a request that looks to the page as if it had failed: %s', kind => {
    const session = new SessionModel(TIME_ORIGIN)
    const http = { method: 'GET', url: 'https://shop.example/stop', endSource: 'resource-timing' } as const
    const detail = { http, error: { name: 'NetworkError', code: 'network' } } as const
    session.apply(call({ kind, outcome: 'failed', duration: 50, detail }))
    const aborted = { type: kind, status: 0, error: 'net::ERR_ABORTED' }
    session.apply({ type: 'network', requests: [seen('stop', aborted)] })
    expect(session.operations.outcomeOf(0 as Row)).toBe('cancelled')
    expect(session.operations.details.get(0 as Row)?.error).toBeUndefined()
  })

  test.each(['file:///etc/hosts', 'ftp://shop.example/x'])(
    'of a URL that browsers refuse is no other request: %s',
    url => {
      const session = new SessionModel(TIME_ORIGIN)
      const refused = {
        http: { method: 'GET', url },
        error: { name: 'TypeError', code: 'unsupported-scheme' },
      } as const
      session.apply(call({ kind: 'fetch', outcome: 'failed', duration: 0, detail: refused }))
      session.apply({ type: 'network', requests: [seen(url, { type: 'fetch', status: 0, duration: 3 })] })
      expect(session.network.unjoined).toBe(0)
      expect(session.operations.outcomeOf(0 as Row)).toBe('failed')
      expect(session.operations.details.get(0 as Row)?.error?.code).toBe('unsupported-scheme')
    },
  )

  test.each([
    ['another call of the same moment has its own request', 100.5],
    ['no other call is there', undefined],
  ])('that a preload answered it is also found when that ends later than DevTools looks: %s', (_, other) => {
    const session = new SessionModel(TIME_ORIGIN)
    const http = { method: 'GET', url: 'https://shop.example/twice' }
    session.apply(call({ kind: 'fetch', outcome: 'pending', detail: { http } }))
    const own = seen('twice', { type: 'fetch', startTime: TIME_ORIGIN + 101 })
    if (other) {
      const ended = { http: { ...http, status: 200, endSource: 'resource-timing', match: 'exact' } } as const
      session.apply(call({ id: 2, kind: 'fetch', outcome: 'ok', start: other, duration: 50.5, detail: ended }))
      session.apply({ type: 'network', requests: [own] })
    }
    session.apply(look(3_000))
    if (!other) expect(session.operations.endReasonOf(0 as Row)).toBe('never-sent')
    const preload = seen('twice', { startTime: TIME_ORIGIN + 50, duration: 3_000 })
    session.apply({ type: 'network', requests: [preload] })
    finish(session.settle(TIME_ORIGIN + 20_000))
    expect(session.operations.details.get(0 as Row)?.http).toMatchObject({ preloaded: true, status: 200 })
    expect(session.operations.outcomeOf(0 as Row)).toBe('ok')
    expect(session.network.unjoined).toBe(0)
  })
})

describe('requests that several calls could own', () => {
  function sessionOfTwins(change: Partial<NetworkRequest> = {}): SessionModel {
    const session = new SessionModel(TIME_ORIGIN)
    session.apply(twinCalls({ outcome: 'pending' }))
    session.apply(twinRequests(change))
    return session
  }

  test('are guessed when nothing was recorded for a while', () => {
    const session = sessionOfTwins()
    finish(session.settle(TIME_ORIGIN + 151 + MAX_SILENT_TIME))
    expect(twinMatches(session)).toEqual(UNDECIDED_TWINS)
    finish(session.settle(TIME_ORIGIN + 153 + MAX_SILENT_TIME))
    expect(twinMatches(session)).toEqual(GUESSED_TWINS)
  })

  test.each(['decide', 'finish'] as const)('are guessed when nothing more is waited for: %s', ends => {
    const session = sessionOfTwins()
    expect(twinMatches(session)).toEqual(UNDECIDED_TWINS)
    finish(session[ends]())
    expect(twinMatches(session)).toEqual(GUESSED_TWINS)
    expect(session.network.unjoined).toBe(0)
  })

  test('that began before Clear are listed only if the session is over', () => {
    const session = new SessionModel(TIME_ORIGIN + 150)
    const { document, batch } = twinCalls({ outcome: 'pending' }) as Extract<LogEntry, { type: 'batch' }>
    session.apply({ type: 'batch', document, batch: { ...batch, clearedAt: 150 } })
    finish(session.decide())
    expect(session.operations).toHaveLength(0)
    finish(session.finish())
    expect(session.operations).toHaveLength(2)
  })

  test.each([
    [200, 503, 'failed'],
    [503, 200, 'ok'],
  ] as const)('exchange a guess of status %i for one of %i, with all that it says', (first, other, outcome) => {
    const session = new SessionModel(TIME_ORIGIN)
    const [seen, seenLater] = (twinRequests() as Extract<LogEntry, { type: 'network' }>).requests
    session.apply(twinCalls({ outcome: 'pending' }))
    const guessed = { ...(seen as NetworkRequest), status: first }
    session.apply({ type: 'network', requests: [guessed] })
    finish(session.settle(TIME_ORIGIN + 152 + MAX_SILENT_TIME))
    const http = {
      method: 'GET',
      url: guessed.url,
      status: first,
      endSource: 'resource-timing',
      match: 'exact',
    } as const
    const ended = [
      { id: 2, name: 'GET /twin', kind: 'fetch', start: 100.2, duration: 51, outcome: 'ok', detail: { http } },
    ]
    const operations = [{ source: 0, columns: columnsOf(ended as TestRow[]) }]
    const batch = { operations, memory: [], snapshots: [], losses: [], time: 9_000, wallOffset: 0 }
    session.apply({ type: 'batch', document: documentOf(), batch })
    session.apply({ type: 'network', requests: [{ ...(seenLater as NetworkRequest), status: other, duration: 8_000 }] })
    finish(session.decide())
    const row = 0 as Row
    expect(session.operations.details.get(row)?.http).toMatchObject({ status: other, match: 'inferred' })
    expect([session.operations.outcomeOf(row), session.operations.duration.get(row)]).toEqual([outcome, 8_000])
    expect([session.operations.details.get(1 as Row)?.http?.status, session.network.unjoined]).toEqual([first, 0])
  })

  test('stay a guess when the page reports their ends later', () => {
    const session = sessionOfTwins({ unfinished: true })
    finish(session.finish())
    const http = { ...{ method: 'GET', url: 'https://shop.example/twin' }, endSource: 'resource-timing' } as const
    session.apply(twinCalls({ outcome: 'ok', duration: 90, detail: { http: { ...http, match: 'exact' } } }, 9_000))
    expect(twinMatches(session)).toEqual([
      ['ok', 'inferred', 51],
      ['ok', 'inferred', 52],
    ])
  })
})

test('counts the requests that the current page had made before it was recorded', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const http = { method: '', url: 'https://shop.example/1', source: 'resource-timing' as const }
  const rows: TestRow[] = [1, 2].map(id => ({
    ...{ id, name: '/1', kind: 'fetch', outcome: 'ok', start: 10, duration: 5, detail: { http } },
  }))
  const document = documentOf()
  session.apply({ type: 'document', document })
  session.apply({ type: 'batch', document, batch: batchOf({ operations: [{ source: 0, columns: columnsOf(rows) }] }) })
  expect(session.earlierRequests).toBe(2)
  // The extension was reloaded, so a new recording of the document begins.
  session.apply({ type: 'document', document: documentOf({ stream: 'again' }) })
  expect(session.earlierRequests).toBe(2)
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 1_000 }) })
  expect(session.earlierRequests).toBe(0)
})

test('operations of a page that returns from the back/forward cache may still end', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const http = { method: 'GET', url: 'https://shop.example/slow' }
  const rows: TestRow[] = [
    { id: 1, name: 'custom', outcome: 'pending', start: 10 },
    { id: 2, name: 'with data', outcome: 'pending', start: 20, detail: { metadata: { cart: 3 } } },
    { id: 3, name: 'GET /slow', kind: 'fetch', outcome: 'pending', start: 30, detail: { http } },
  ]
  const sources = [
    { source: 1, columns: columnsOf(rows.slice(0, 2)) },
    { source: 2, columns: columnsOf(rows.slice(2)) },
  ]
  const document = documentOf()
  const ends = () => Array.from({ length: 3 }, (_, row) => outcomeText(session, row as Row))
  session.apply({ type: 'document', document })
  session.apply({ type: 'batch', document, batch: batchOf({ operations: sources }) })
  const before = Array.from({ length: 3 }, (_, row) => session.operations.details.get(row as Row))
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 1_000 }) })
  expect(ends()).toEqual(['no end recorded', 'no end recorded', 'cancelled'])
  expect(session.operations.stats.totals.stats()).toMatchObject({ totalOperations: 1, cancelledOperations: 1 })
  session.apply({ type: 'document', document })
  expect(ends()).toEqual(['running', 'running', 'running'])
  expect(session.operations.stats.totals.stats()).toMatchObject({ totalOperations: 0, maxDuration: 0 })
  expect(session.operations.stats.count('pending')).toBe(3)
  expect(Array.from({ length: 3 }, (_, row) => session.operations.details.get(row as Row))).toEqual(before)
})

test('dropped data of DevTools is a gap in which no operation was lost', () => {
  const session = new SessionModel(TIME_ORIGIN)
  session.apply({ type: 'network', requests: [], dropped: { count: 3, startTime: 10, endTime: 20 } })
  expect(session.gaps.all).toEqual([{ startTime: 10, endTime: 20, reason: 'requests', count: 3 }])
  expect(session.gaps.lost).toBe(0)
})

test('keeps long tasks sorted by time, and counts those that were dropped', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const longTasks = [
    { start: 500, duration: 80 },
    { start: 900, duration: 60 },
  ]
  session.apply({ type: 'batch', document: documentOf(), batch: batchOf({ longTasks }) })
  const late = batchOf({ longTasks: [{ start: 700, duration: 50 }], longTasksDropped: 3 })
  session.apply({ type: 'batch', document: documentOf(), batch: late })
  expect([...session.longTasks.start.filled].map(start => start - TIME_ORIGIN)).toEqual([500, 700, 900])
  expect([...session.longTasks.duration.filled]).toEqual([80, 50, 60])
  expect(session.longTasks.indexFrom(TIME_ORIGIN + 700)).toBe(1)
  expect(session.latest).toBe(TIME_ORIGIN + 960)
  expect(session.gaps.all).toMatchObject([{ reason: 'long-tasks', count: 3 }])
  expect(session.gaps.lost).toBe(0)
})

test('adds up the overhead that documents report', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const tell = (batch: Partial<Batch>) =>
    session.apply({ type: 'batch', document: documentOf(), batch: batchOf(batch) })
  tell({})
  expect(session.overheadMs).toBeUndefined()
  tell({ overheadMs: 0.5 })
  tell({ overheadMs: 1, snapshots: [{ label: 'end', time: 15_000 }] })
  expect(session.overheadMs).toBe(1.5)
  const formatters = createFormatters('en')
  const { order, start } = session.operations
  const parts = summaryParts(session, rowsIn(order, start, null), new GroupTotals(), formatters)
  expect(parts).toContainEqual({ text: 'monitor overhead 0.01%' })
})

test('memory is unknown without documents, and not available if no document has it', () => {
  const session = new SessionModel(TIME_ORIGIN)
  expect(session.documents.memoryAvailable).toBeUndefined()
  session.apply({ type: 'document', document: documentOf({ memoryAvailable: false }) })
  expect(session.documents.memoryAvailable).toBe(false)
  session.apply({ type: 'document', document: documentOf({ stream: 'stream-2' }) })
  expect(session.documents.memoryAvailable).toBe(true)
})

test('a session that continues a deleted one has a gap without a count', () => {
  const session = new SessionModel(TIME_ORIGIN)
  session.apply({ type: 'storage-lost', time: TIME_ORIGIN })
  expect(session.storageLost).toBe(true)
  expect(session.gaps.all).toEqual([{ startTime: TIME_ORIGIN, endTime: TIME_ORIGIN, reason: 'storage-lost' }])
})
