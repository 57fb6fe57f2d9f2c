import { describe, expect, test } from 'vitest'
import type { Row } from '../../../../model/numbers.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import type { Batch } from '../../../../wire/batch.ts'
import type { NetworkLook } from '../../../../wire/log.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import type { HttpDetail } from '../../../../wire/operations.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../operation-rows.ts'

const URL = 'https://shop.example/api'
const PENDING: TestRow = {
  id: 1,
  name: 'GET /api',
  kind: 'fetch',
  outcome: 'pending',
  start: 1_000,
  detail: { http: { method: 'GET', url: URL } },
}

/** What the page reported later of the same call. */
function endedBy(outcome: TestRow['outcome'], duration: number, http: Partial<HttpDetail> = {}): TestRow {
  const detail = { http: { method: 'GET', url: URL, endSource: 'resource-timing' as const, ...http } }
  return { ...PENDING, outcome, duration, detail }
}

function requestOf(change: Partial<NetworkRequest> = {}): NetworkRequest {
  const phases = { queued: 5, wait: 15, receive: 180 }
  const startTime = TIME_ORIGIN + 1_000
  return { url: URL, method: 'GET', status: 200, type: 'fetch', startTime, duration: 200, phases, ...change }
}

/** @param createdAt when it began: by Clear, where that is later than its page. */
function createSession(createdAt = TIME_ORIGIN) {
  const session = new SessionModel(createdAt)
  const document = documentOf()
  session.apply({ type: 'document', document })
  const cleared = createdAt > TIME_ORIGIN ? { clearedAt: createdAt - TIME_ORIGIN } : {}
  const tell = (rows: TestRow[], more: Pick<Batch, 'wallOffset'> = {}): void => {
    const operations = [{ source: 0, columns: columnsOf(rows) }]
    session.apply({
      type: 'batch',
      document,
      batch: { operations, memory: [], snapshots: [], losses: [], ...cleared, ...more },
    })
  }
  return {
    session,
    page: (...rows: TestRow[]) => tell(rows),
    /** By a clock that the wall clock is so many milliseconds ahead of. */
    pageAt: (wallOffset: number, ...rows: TestRow[]) => tell(rows, { wallOffset }),
    devtools: (requests: NetworkRequest[], look?: NetworkLook) =>
      session.apply({ type: 'network', requests, ...(look ? { look } : {}) }),
    http: () => session.operations.details.get(0 as Row)?.http,
    endReason: (row = 0 as Row) => session.operations.endReasonOf(row),
    state: () => [session.operations.outcomeOf(0 as Row), session.operations.duration.get(0 as Row)],
    stats: () => session.operations.stats.totals.stats(),
  }
}

test('ends a pending request, and its body when that has ended', () => {
  const { page, devtools, http, state } = createSession()
  page(PENDING)
  devtools([requestOf({ unfinished: true, duration: 50, transferSize: 100 })])
  expect(state()).toEqual(['ok', 50])
  expect(http()).toMatchObject({ status: 200, endSource: 'devtools', headersDuration: 20, bodyEndUnknown: true })
  expect(http()).not.toHaveProperty('transferSize')
  devtools([requestOf({ transferSize: 700 })])
  expect(state()).toEqual(['ok', 200])
  expect(http()).toMatchObject({ headersDuration: 20, transferSize: 700 })
  expect(http()).not.toHaveProperty('bodyEndUnknown')
})

test('counts a redirected request from its first', () => {
  const { page, devtools, http, state } = createSession()
  page(PENDING)
  const redirectUrl = `${URL}/next`
  devtools([requestOf({ status: 302, redirectUrl, duration: 300 })])
  expect(state()).toEqual(['pending', Number.NaN])
  devtools([requestOf({ url: redirectUrl, startTime: TIME_ORIGIN + 1_300 })])
  expect(state()).toEqual(['ok', 500])
  expect(http()).toMatchObject({ status: 200, headersDuration: 320 })
})

test('tells the headers of another origin, which were withheld from the page', () => {
  const { page, devtools, http, state, stats } = createSession()
  page(endedBy('ok', 198, { status: 200 }))
  expect(http()).not.toHaveProperty('headersDuration')
  devtools([requestOf()])
  expect(state()).toEqual(['ok', 198])
  expect(http()).toMatchObject({ headersDuration: 20, endSource: 'resource-timing' })
  expect(stats()).toMatchObject({ totalOperations: 1, maxDuration: 198, minDuration: 198 })
})

test('leaves what the page itself has measured', () => {
  const { page, devtools, http, state } = createSession()
  page(endedBy('ok', 198, { status: 200, headersDuration: 18, transferSize: 800 }))
  devtools([requestOf({ transferSize: 700 })])
  expect(state()).toEqual(['ok', 198])
  expect(http()).toMatchObject({ headersDuration: 18, transferSize: 700 })
})

test('takes the outcome as the page saw it, whichever came first', () => {
  const { page, devtools, state, stats, session } = createSession()
  page(PENDING)
  devtools([requestOf({ status: 0, error: 'net::ERR_ABORTED', duration: 60 })])
  expect(state()).toEqual(['cancelled', 60])
  const error = { name: 'TimeoutError', message: 'signal timed out' }
  const later = endedBy('failed', 61)
  page({ ...later, detail: { ...later.detail, error } })
  expect(state()).toEqual(['failed', 60])
  expect(session.operations.details.get(0 as Row)?.error).toEqual(error)
  expect(stats()).toMatchObject({ totalOperations: 1, failedOperations: 1, cancelledOperations: 0 })
})

test.each(['the page', 'DevTools'])(
  'what failed before its signal was aborted failed, when %s reports it first',
  first => {
    const { page, devtools, state, stats, session } = createSession()
    const reports = [
      () => page(endedBy('cancelled', 61)),
      () => devtools([requestOf({ status: 0, error: 'net::ERR_CONNECTION_REFUSED', duration: 61 })]),
    ]
    page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()).toEqual(['failed', 61])
    expect(session.operations.details.get(0 as Row)).toMatchObject({
      error: { name: 'TypeError', message: 'net::ERR_CONNECTION_REFUSED' },
      http: { devtools: { status: 0 } },
    })
    expect(stats()).toMatchObject({ totalOperations: 1, failedOperations: 1, cancelledOperations: 0 })
  },
)

test.each(['the page', 'DevTools'])(
  'a body that breaks off after the headers failed, when %s reports it first',
  first => {
    const { page, devtools, state, http, stats, session } = createSession()
    const reports = [
      () => page(endedBy('ok', 90, { status: 200, headersDuration: 20 })),
      () => devtools([requestOf({ error: 'net::ERR_CONTENT_LENGTH_MISMATCH' })]),
    ]
    page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()).toEqual(['failed', first === 'the page' ? 90 : 200])
    expect([http()?.status, session.operations.details.get(0 as Row)?.error?.message]).toEqual([
      200,
      'net::ERR_CONTENT_LENGTH_MISMATCH',
    ])
    expect(stats()).toMatchObject({ totalOperations: 1, failedOperations: 1, successfulOperations: 0 })
  },
)

test("says a network error's name where the page could not, and of CORS what the page could", () => {
  const failed = endedBy('failed', 61)
  const error = { name: 'TypeError', code: 'network' as const }
  for (const name of ['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_FAILED']) {
    const { page, devtools, session } = createSession()
    page({ ...failed, detail: { ...failed.detail, error } })
    devtools([requestOf({ status: 0, error: name, duration: 61 })])
    const known = name === 'net::ERR_FAILED' ? error : { name: 'TypeError', message: name }
    expect(session.operations.details.get(0 as Row)?.error).toEqual(known)
  }
})

test('an abort ends a request when it is called, not when the thread of the page comes to its entry', () => {
  const { page, devtools, state } = createSession()
  page(endedBy('cancelled', 502))
  devtools([requestOf({ status: 0, error: 'net::ERR_ABORTED', duration: 101 })])
  expect(state()).toEqual(['cancelled', 101])
})

test.each(['the page', 'DevTools'])(
  'a response that was on its way at an abort is not listed as the page’s, when %s reports first',
  first => {
    const { page, devtools, state, http } = createSession()
    const phases = { queued: 101, send: 0, wait: 0, receive: 0 }
    const onItsWay = requestOf({ status: 200, error: 'net::ERR_ABORTED', duration: 101, phases })
    page(PENDING)
    const reports = [() => page(endedBy('cancelled', 102)), () => devtools([onItsWay])]
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()[0]).toBe('cancelled')
    expect(http()?.devtools?.status).toBe(200)
    expect(http()).not.toHaveProperty('status')
    expect(http()).not.toHaveProperty('headersDuration')
  },
)

test('a request is joined however far the clocks are apart, and is none that was not made', () => {
  const { pageAt, devtools, state, endReason } = createSession()
  const hour = 3_600_000
  pageAt(hour, PENDING)
  devtools([], { time: TIME_ORIGIN + hour + 2_500, unanswered: [] })
  expect(endReason()).toBeUndefined()
  devtools([requestOf({ startTime: TIME_ORIGIN + hour + 1_001 })])
  expect(state()).toEqual(['ok', 200])
})

test('a batch that does not say how far the clocks are apart leaves it as it was, as after Clear', () => {
  const { page, pageAt, devtools, session } = createSession()
  const hour = 3_600_000
  pageAt(hour, PENDING)
  page({ ...PENDING, id: 2, start: 3_000 })
  devtools([requestOf({ startTime: TIME_ORIGIN + hour + 3_001 })])
  expect(([0, 1] as Row[]).map(row => session.operations.outcomeOf(row))).toEqual(['pending', 'ok'])
})

test.each([
  [
    'Firefox, which makes it in another process',
    'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    'ok',
  ],
  [
    'Chromium, which makes it within the call',
    'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
    'pending',
  ],
])('a request may start after its call has returned in %s', (_, userAgent, outcome) => {
  const session = new SessionModel(TIME_ORIGIN)
  const document = { ...documentOf(), userAgent }
  const operations = [{ source: 0, columns: columnsOf([PENDING]) }]
  session.apply({
    type: 'batch',
    document,
    batch: { operations, memory: [], snapshots: [], losses: [], wallOffset: 0 },
  })
  session.apply({ type: 'network', requests: [requestOf({ startTime: TIME_ORIGIN + 1_400 })] })
  expect(session.operations.outcomeOf(0 as Row)).toBe(outcome)
})

test('an operation whose half may be of another like it says so', () => {
  const { page, devtools, session } = createSession()
  page(PENDING, { ...PENDING, id: 2 })
  const other = requestOf({ duration: 150, phases: { queued: 6, wait: 15, receive: 129 } })
  devtools([requestOf(), other], { time: TIME_ORIGIN + 20_000, unanswered: [] })
  for (const row of [0, 1] as Row[]) {
    expect(session.operations.outcomeOf(row)).toBe('ok')
    expect(session.operations.details.get(row)?.http?.match).toBe('inferred')
  }
})

test.each([2, 3])('none of %i calls made no request while it is not decided whose the requests are', count => {
  const { page, devtools, endReason, session } = createSession()
  const rows = Array.from({ length: count }, (_, i) => i as Row)
  page(...rows.map(row => ({ ...PENDING, id: row + 1 })))
  const requests = rows.map(row => requestOf({ phases: { queued: row + 0.25, wait: 15 } }))
  devtools(requests, { time: TIME_ORIGIN + 4_000, unanswered: [] })
  expect(rows.map(endReason)).toEqual(rows.map(() => undefined))
  devtools([], { time: TIME_ORIGIN + 20_000, unanswered: [] })
  expect(rows.map(row => [endReason(row), session.operations.outcomeOf(row)])).toEqual(
    rows.map(() => [undefined, 'ok']),
  )
})

test('a request that DevTools reports before its page does is not joined to an earlier call that is alike', () => {
  const { pageAt, devtools, session } = createSession()
  pageAt(0, PENDING)
  devtools([requestOf({ startTime: TIME_ORIGIN + 1_150, duration: 30 })])
  expect(session.operations.outcomeOf(0 as Row)).toBe('pending')
  pageAt(0, { ...PENDING, id: 2, start: 1_150 })
  devtools([requestOf({ status: 0, error: 'net::ERR_CONNECTION_RESET', duration: 5_000 })])
  expect(
    ([0, 1] as Row[]).map(row => [session.operations.outcomeOf(row), session.operations.duration.get(row)]),
  ).toEqual([
    ['failed', 5_000],
    ['ok', 30],
  ])
})

test('what began before the list of DevTools was emptied is no request that was not made', () => {
  const { page, devtools, endReason } = createSession()
  page(PENDING)
  devtools([], { time: TIME_ORIGIN + 20_000, since: TIME_ORIGIN + 10_000, unanswered: [] })
  expect(endReason()).toBeUndefined()
  devtools([], { time: TIME_ORIGIN + 20_000, unanswered: [] })
  expect(endReason()).toBe('never-sent')
})

test('an opaque redirect is the end, and what the browser does with it afterwards is not', () => {
  const { page, devtools, http, state } = createSession()
  page({ ...PENDING, detail: { http: { method: 'GET', url: URL, redirect: 'manual' } } })
  const redirectUrl = `${URL}/next`
  devtools([requestOf({ status: 302, redirectUrl, duration: 25 })])
  const startTime = TIME_ORIGIN + 1_025
  devtools([requestOf({ url: redirectUrl, startTime, status: 0, error: 'net::ERR_ABORTED', duration: 1 })])
  expect(state()).toEqual(['ok', 25])
  expect(http()).toMatchObject({ status: 302, devtools: { status: 302 } })
})

test('a call that made no request says so once DevTools must have seen it', () => {
  const { page, devtools, state, endReason } = createSession()
  page(PENDING)
  const at = TIME_ORIGIN + 1_000
  devtools([], { time: at + 1_000, unanswered: [] })
  devtools([], { time: at + 3_000, unanswered: [`GET ${URL}`] })
  expect(endReason()).toBeUndefined()
  devtools([], { time: at + 4_000, unanswered: [] })
  expect(endReason()).toBe('never-sent')
  expect(state()).toEqual(['pending', Number.NaN])
  page(endedBy('ok', 9_000, { status: 200 }))
  expect(state()).toEqual(['ok', 9_000])
  expect(endReason()).toBeUndefined()
})

describe('when its page is left', () => {
  const navigate = ({ session }: ReturnType<typeof createSession>) =>
    session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 5_000 }) })

  test('a pending request is cancelled, also one that is reported afterwards', () => {
    const parts = createSession()
    const { session, page, state } = parts
    page(PENDING)
    navigate(parts)
    expect(state()).toEqual(['cancelled', 4_000])
    expect(session.operations.details.get(0 as Row)?.error).toEqual({ name: 'AbortError', code: 'navigated-away' })
    page({ ...PENDING, id: 2, start: 1_500 })
    expect([session.operations.outcomeOf(1 as Row), session.operations.duration.get(1 as Row)]).toEqual([
      'cancelled',
      3_500,
    ])
    expect(parts.stats()).toMatchObject({ totalOperations: 2, cancelledOperations: 2 })
    expect(session.operations.stats.count('pending')).toBe(0)
  })

  test('what outlives its page is not: a beacon, and a request that is kept alive', () => {
    const parts = createSession()
    const http = { method: 'GET', url: URL, keepalive: true as const }
    parts.page({ ...PENDING, detail: { http } }, { ...PENDING, id: 2, kind: 'beacon' })
    navigate(parts)
    for (const row of [0, 1] as Row[]) {
      expect(parts.session.operations.outcomeOf(row)).toBe('pending')
      expect(parts.session.operations.endReasonOf(row)).toBe('page-left')
    }
  })

  test.each(['the page', 'DevTools'])('an end that %s tells later is the end', who => {
    const parts = createSession()
    parts.page(PENDING)
    navigate(parts)
    if (who === 'the page') parts.page(endedBy('ok', 200, { status: 200 }))
    else parts.devtools([requestOf()])
    expect(parts.state()).toEqual(['ok', 200])
    expect(parts.session.operations.details.get(0 as Row)?.error).toBeUndefined()
    expect(parts.stats()).toMatchObject({ totalOperations: 1, successfulOperations: 1, maxDuration: 200 })
  })

  test('that DevTools saw it cancelled changes nothing but what is known of it', () => {
    const parts = createSession()
    parts.page(PENDING)
    navigate(parts)
    parts.devtools([requestOf({ status: 0, error: 'net::ERR_ABORTED', duration: 3_990 })])
    expect(parts.state()).toEqual(['cancelled', 4_000])
    expect(parts.http()?.devtools?.error).toBe('net::ERR_ABORTED')
    expect(parts.session.operations.details.get(0 as Row)?.error?.code).toBe('navigated-away')
  })
})

describe('a response that the browser revalidated', () => {
  test.each(['the page', 'DevTools'])('has the status that the page got, when %s reports it first', first => {
    const { page, devtools, http, state } = createSession()
    const reports = [() => page(endedBy('ok', 200, { status: 200 })), () => devtools([requestOf({ status: 304 })])]
    page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()).toEqual(['ok', 200])
    expect([http()?.status, http()?.devtools?.status]).toEqual([200, 304])
  })

  test('has no status that the page did not get', () => {
    const { page, devtools, http, state } = createSession()
    page(PENDING)
    devtools([requestOf({ status: 304, unfinished: true })])
    expect(state()).toEqual(['ok', 200])
    expect(http()).not.toHaveProperty('status')
    expect(http()?.devtools?.status).toBe(304)
  })
})

describe('a request that is running', () => {
  const running = requestOf({ status: 0, duration: 0, unfinished: true, initiator: { type: 'script', stack: ['buy'] } })
  const look = (time: number): NetworkLook => ({
    time: TIME_ORIGIN + time,
    unanswered: [`GET ${URL}`],
    running: [running],
  })

  test('is shown with what called it, and is still running', () => {
    const { page, devtools, http, state, session } = createSession()
    page(PENDING)
    devtools([], look(1_300))
    expect(state()).toEqual(['pending', Number.NaN])
    expect(http()?.devtools?.initiator?.stack).toEqual(['buy'])
    expect(session.network.unjoined).toBe(0)
    devtools([requestOf()])
    expect(state()).toEqual(['ok', 200])
    expect(http()?.devtools?.unfinished).toBeUndefined()
  })

  test('keeps that when the page alone tells its end', () => {
    const { page, devtools, http, state } = createSession()
    page(PENDING)
    devtools([], look(1_300))
    page(endedBy('ok', 5_000, { status: 200 }))
    expect(state()).toEqual(['ok', 5_000])
    expect(http()?.devtools?.initiator?.stack).toEqual(['buy'])
  })
})

describe('a request that was in flight at Clear', () => {
  const cleared = 1_500
  function createCleared() {
    const parts = createSession(TIME_ORIGIN + cleared)
    parts.page({ ...PENDING })
    return parts
  }
  const states = ({ session }: ReturnType<typeof createSession>) =>
    Array.from({ length: session.operations.length }, (_, row) => session.operations.outcomeOf(row as Row))

  test('is not listed while nobody knows whether its response came before', () => {
    expect(states(createCleared())).toEqual([])
  })

  test.each<[string, Partial<NetworkRequest>, string[]]>([
    ['has its response', { duration: 900, phases: { wait: 800 } }, ['ok']],
    ['has its response, and its body runs', { duration: 900, phases: { wait: 800 }, unfinished: true }, ['ok']],
    ['failed', { status: 0, error: 'net::ERR_CONNECTION_RESET', duration: 900 }, ['failed']],
    ['had its response before, and its body to the end after', { duration: 900, phases: { wait: 100 } }, ['ok']],
    ['receives its body', { duration: 900, phases: { wait: 100 }, unfinished: true }, ['ok']],
    ['had its response before, and no more since', { duration: 400, phases: { wait: 100 }, unfinished: true }, []],
    [
      'had its response before, which nobody read',
      { duration: 900, phases: { wait: 100 }, error: 'net::ERR_ABORTED' },
      [],
    ],
    ['had failed before', { status: 0, error: 'net::ERR_CONNECTION_RESET', duration: 300 }, []],
  ])('that %s', (_, change, ends) => {
    const parts = createCleared()
    parts.devtools([requestOf(change)])
    expect(states(parts)).toEqual(ends)
    expect(parts.session.network.unjoined).toBe(0)
  })

  test('is listed as running when DevTools says so, and ends as ever', () => {
    const parts = createCleared()
    const running = requestOf({ status: 0, duration: 0, unfinished: true })
    parts.devtools([], { time: TIME_ORIGIN + 1_700, unanswered: [`GET ${URL}`], running: [running] })
    expect(states(parts)).toEqual(['pending'])
    parts.devtools([requestOf({ duration: 900, phases: { wait: 800 } })])
    expect(states(parts)).toEqual(['ok'])
  })

  test.each([
    ['its response came after', 800, 600],
    ['its response came before', 100, 100],
    ['the page may not know when its response came', 100, undefined],
  ])('is listed once with its end from page and DevTools, whichever is first: %s', (_, wait, headersDuration) => {
    const ended = endedBy('ok', 700, { status: 200, ...(headersDuration ? { headersDuration } : {}) })
    const request = requestOf({ duration: 702, phases: { wait } })
    for (const [first, second] of [
      ['page', 'devtools'],
      ['devtools', 'page'],
    ]) {
      const parts = createCleared()
      for (const side of [first, second]) side === 'page' ? parts.page(ended) : parts.devtools([request])
      expect(states(parts)).toEqual(['ok'])
      expect([parts.http()?.devtools?.status, parts.session.network.unjoined]).toEqual([200, 0])
    }
  })

  test('is listed with the end that the page tells if DevTools tells none', () => {
    const parts = createCleared()
    parts.page(endedBy('ok', 700, { status: 200, headersDuration: 100 }))
    expect(states(parts)).toEqual([])
    parts.page({ ...PENDING, id: 2, start: 9_000 })
    expect(states(parts)).toEqual(['pending', 'ok'])
    expect(parts.session.operations.duration.get(1 as Row)).toBe(700)
    expect(parts.session.first).toBe(TIME_ORIGIN + 1_000)
  })

  test.each<[string, TestRow, string[]]>([
    ['that nobody reads is not listed', endedBy('ok', 900, { status: 200, headersDuration: 100 }), []],
    ['of an error that nobody reads is not listed', endedBy('failed', 900, { status: 503, headersDuration: 100 }), []],
    ['that the page aborts is listed', endedBy('cancelled', 900), ['cancelled']],
  ])('with a response from before %s, whichever reports the end of its body first', (_, ended, ends) => {
    const abandoned = requestOf({ duration: 900, phases: { wait: 100 }, error: 'net::ERR_ABORTED' })
    for (const [first, second] of [
      ['page', 'devtools'],
      ['devtools', 'page'],
    ]) {
      const parts = createCleared()
      parts.devtools([requestOf({ duration: 110, phases: { wait: 100 }, unfinished: true })])
      for (const side of [first, second]) side === 'page' ? parts.page(ended) : parts.devtools([abandoned])
      expect(states(parts)).toEqual(ends)
      expect(parts.session.network.unjoined).toBe(0)
      if (ends.length > 0) expect(parts.http()?.devtools?.error).toBe('net::ERR_ABORTED')
      parts.session.apply({
        type: 'document',
        document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 9_000 }),
      })
      expect(states(parts)).toEqual(ends)
    }
  })

  test('stays unlisted when it is not running in DevTools: its response may have come before Clear', () => {
    const parts = createCleared()
    parts.devtools([], { time: TIME_ORIGIN + 9_000, unanswered: [] })
    expect(states(parts)).toEqual([])
  })

  test('is listed when its page is left', () => {
    const parts = createCleared()
    parts.session.apply({
      type: 'document',
      document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 5_000 }),
    })
    expect(states(parts)).toEqual(['cancelled'])
  })
})

test('a call that a preload has answered is ok, at once if the response was there', () => {
  const { pageAt, devtools, http, state } = createSession()
  pageAt(0, PENDING)
  const preload = requestOf({ type: 'other', startTime: TIME_ORIGIN + 300 })
  devtools([preload], { time: TIME_ORIGIN + 4_000, unanswered: [] })
  expect(state()).toEqual(['ok', 0])
  expect(http()).toMatchObject({ preloaded: true, status: 200, headersDuration: 0 })
})

test('a call that waits for a preload lasts until the end of its body', () => {
  const { pageAt, devtools, http, state } = createSession()
  pageAt(0, PENDING)
  const preload = requestOf({ type: 'other', startTime: TIME_ORIGIN + 900, duration: 600, phases: { wait: 400 } })
  devtools([preload], { time: TIME_ORIGIN + 4_000, unanswered: [] })
  expect(state()).toEqual(['ok', 500])
  expect(http()?.headersDuration).toBe(300)
})

test('a request gets the method and the URL that the page could not tell, and its name', () => {
  const { page, devtools, session, http, state } = createSession()
  page({ ...PENDING, name: '(unknown URL)', detail: { http: { method: '', url: '' } } })
  devtools([requestOf({ method: 'POST', url: 'https://shop.example/cart?item=3' })])
  expect(state()).toEqual(['ok', 200])
  expect([http()?.method, http()?.url]).toEqual(['POST', 'https://shop.example/cart?item=3'])
  expect(session.operations.nameOf(0 as Row)).toBe('POST /cart')
})

describe('a body whose end is not known', () => {
  const givenUp = requestOf({ duration: 30_000, error: 'net::ERR_ABORTED', phases: { wait: 20, receive: 29_980 } })

  test.each(['the page', 'DevTools'])('ends with the headers where nobody reads it, when %s reports first', first => {
    const { page, devtools, http, state, stats, session } = createSession()
    const reports = [() => page(endedBy('ok', 30_000, { status: 200, headersDuration: 20 })), () => devtools([givenUp])]
    page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()).toEqual(['ok', 20])
    expect(http()).toMatchObject({ headersDuration: 20, bodyEndUnknown: true })
    expect(session.operations.kindOf(0 as Row)).toBe('fetch')
    expect(stats()).toMatchObject({ totalOperations: 1, maxDuration: 20 })
  })

  test('ends with the last data that DevTools saw before it was given up', () => {
    const { page, devtools, state } = createSession()
    page(PENDING)
    devtools([requestOf({ unfinished: true, duration: 80 })])
    devtools([givenUp])
    expect(state()).toEqual(['ok', 80])
  })

  test('ends with the abort that the page reports', () => {
    const { page, devtools, http, state } = createSession()
    page(PENDING)
    devtools([requestOf({ unfinished: true, duration: 80 })])
    page(endedBy('cancelled', 250))
    devtools([requestOf({ duration: 251, error: 'net::ERR_ABORTED' })])
    expect(state()).toEqual(['cancelled', 250])
    expect(http()).not.toHaveProperty('bodyEndUnknown')
  })

  test('ends no earlier than the headers that the page saw', () => {
    const { page, devtools, http, state } = createSession()
    page(PENDING)
    page(endedBy('ok', 30_000, { status: 200, headersDuration: 22.5 }))
    devtools([givenUp])
    expect(state()).toEqual(['ok', 22.5])
    expect(http()).toMatchObject({ headersDuration: 22.5, bodyEndUnknown: true })
  })

  test.each(['the page', 'DevTools'])('ends with the timeout that the page saw, when %s reports first', first => {
    const { page, devtools, http, state } = createSession()
    const ended = endedBy('failed', 200, { status: 200, headersDuration: 20 })
    const timedOut: TestRow = {
      ...ended,
      detail: { ...ended.detail, error: { name: 'TimeoutError', code: 'timeout' } },
    }
    const reports = [() => page(timedOut), () => devtools([requestOf({ duration: 201, error: 'net::ERR_ABORTED' })])]
    page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect(state()).toEqual(['failed', 200])
    expect(http()).not.toHaveProperty('bodyEndUnknown')
  })

  test('ends when the page saw its end, if DevTools does not report it', () => {
    const { page, devtools, http, state } = createSession()
    page(PENDING)
    devtools([requestOf({ unfinished: true, duration: 80 })])
    page(endedBy('ok', 300, { status: 200, headersDuration: 18 }))
    expect(state()).toEqual(['ok', 300])
    expect(http()).not.toHaveProperty('bodyEndUnknown')
  })
})

describe('a streamed response', () => {
  const open = (change: Partial<NetworkRequest> = {}) => requestOf({ unfinished: true, duration: 40, ...change })
  const kind = ({ session }: ReturnType<typeof createSession>) => session.operations.kindOf(0 as Row)

  test.each(['text/event-stream', 'application/x-ndjson'])('of type %s is open from its headers on', mimeType => {
    const parts = createSession()
    parts.page(PENDING)
    parts.devtools([open({ mimeType })])
    expect([kind(parts), ...parts.state()]).toEqual(['stream', 'pending', Number.NaN])
    expect(parts.http()?.headersDuration).toBe(20)
    parts.page(endedBy('cancelled', 5_000))
    expect([kind(parts), ...parts.state()]).toEqual(['stream', 'cancelled', 5_000])
    expect(parts.http()?.headersDuration).toBe(20)
    expect(parts.stats()).toMatchObject({ totalOperations: 1, cancelledOperations: 1, maxDuration: 0, p50: undefined })
  })

  test('is what is still being received ten seconds after its headers', () => {
    const parts = createSession()
    parts.page(PENDING)
    parts.devtools([open()])
    expect([kind(parts), ...parts.state()]).toEqual(['fetch', 'ok', 40])
    parts.devtools([open({ duration: 10_019 })])
    expect([kind(parts), ...parts.state()]).toEqual(['fetch', 'ok', 10_019])
    parts.devtools([open({ duration: 10_020 })])
    expect([kind(parts), ...parts.state()]).toEqual(['stream', 'pending', Number.NaN])
    expect(parts.stats()).toMatchObject({ totalOperations: 0, maxDuration: 0 })
    parts.devtools([requestOf({ duration: 20_000 })])
    expect([kind(parts), ...parts.state()]).toEqual(['stream', 'ok', 20_000])
  })

  test.each(['the page', 'DevTools'])('is known when it has ended, too, when %s reports first', first => {
    const parts = createSession()
    const reports = [
      () => parts.page(endedBy('ok', 12_000, { status: 200, headersDuration: 20 })),
      () => parts.devtools([requestOf({ duration: 12_000 })]),
    ]
    parts.page(PENDING)
    for (const report of first === 'the page' ? reports : reports.reverse()) report()
    expect([kind(parts), ...parts.state()]).toEqual(['stream', 'ok', 12_000])
    expect(parts.stats()).toMatchObject({ totalOperations: 1, successfulOperations: 1, maxDuration: 0 })
  })
})
