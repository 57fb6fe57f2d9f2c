import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DocumentNumber, Row } from '../../../../model/numbers.ts'
import { CLOCK_ERROR, MAX_SILENT_TIME, MAX_UNDECIDED_TIME } from '../../../../model/session/call-list.ts'
import {
  LATEST_REQUEST,
  MAX_JOINED_CALLS,
  MAX_UNSEEN_CALLS,
  NetworkJoin,
  type NewCall,
} from '../../../../model/session/network-join.ts'
import type { PageEnd } from '../../../../model/session/request-fit.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import type { Kind } from '../../../../wire/operations.ts'

const URL = 'https://shop.example/api'

function requestOf(change: Partial<NetworkRequest> = {}): NetworkRequest {
  return { url: URL, method: 'GET', status: 200, type: 'fetch', startTime: 1_000, duration: 10, phases: {}, ...change }
}

interface TestCall {
  row: number
  kind?: Kind
  method?: string
  url?: string
  start: number
  latest?: number
  error?: number
}

function newCall({ row, start, latest = start, ...more }: TestCall): NewCall {
  const startWithin = Number.isFinite(latest) ? latest - start : 0
  const given = { row: row as Row, document: 0 as DocumentNumber, start, latest, startWithin }
  return { kind: 'fetch', method: 'GET', url: URL, error: CLOCK_ERROR, ...more, ...given }
}

function createJoin(onJoined: (row: number, request: NetworkRequest) => void = () => {}) {
  const joined: [row: number, status: number, elapsed: number][] = []
  const guesses: number[] = []
  const running: number[] = []
  const pageEnds = new Map<number, PageEnd>()
  const ends = new Map<number, number>()
  const opened = new Map<number, number>()
  /** What the page has reported, in epoch milliseconds. */
  const reported = { calls: Number.POSITIVE_INFINITY, all: Number.NEGATIVE_INFINITY }
  const join = new NetworkJoin({
    joined(row, request, elapsed, isGuess) {
      joined.push([row, request.status, elapsed])
      if (isGuess) guesses.push(row)
      onJoined(row, request)
      return row
    },
    running(row, _, isGuess) {
      running.push(row)
      if (isGuess) guesses.push(row)
      return row
    },
    pageEnd: row => pageEnds.get(row),
    endOf: row => ends.get(row),
    opened: row => opened.get(row),
    callsKnownUntil: () => reported.calls,
    recordedUntil: () => reported.all,
  })
  const settle = (now = 0): void => {
    reported.all = Math.max(reported.all, now)
    for (const _ of join.settle(now));
  }
  return {
    join,
    joined,
    guesses,
    running,
    reported,
    pageEnds,
    ends,
    opened,
    settle,
    /** As one batch reports them. */
    calls(...calls: TestCall[]): void {
      for (const call of calls) {
        join.addCall(newCall(call))
      }
      settle()
    },
    /** As one record reports them. */
    requests(...requests: NetworkRequest[]): void {
      for (const request of requests) join.addRequest(request)
      settle()
    },
    /** By row, the status of the request that it was joined to last. */
    statuses: () => Object.fromEntries(joined.map(([row, status]) => [row, status])),
  }
}

test.each(['call first', 'request first'])('joins by kind, method, URL and start: %s', order => {
  const { join, joined, calls, requests } = createJoin()
  const steps = [() => calls({ row: 1, url: `${URL}#part`, start: 1_000.4 }), () => requests(requestOf())]
  for (const step of order === 'call first' ? steps : steps.reverse()) step()
  expect(joined).toEqual([[1, 200, 0]])
  expect(join.unjoinedRequests()).toEqual([])
  expect(join.unjoined).toBe(0)
})

test.each<[string, Partial<NetworkRequest>]>([
  ['another method', { method: 'POST' }],
  ['another URL', { url: `${URL}?` }],
  ['another kind', { type: 'xhr' }],
  ['an image', { type: 'image' }],
  ['a preflight', { type: 'preflight' }],
  ['a navigation', { type: 'document' }],
  ['an earlier time', { startTime: 999 - CLOCK_ERROR }],
  ['a later time', { startTime: 1_001 + CLOCK_ERROR }],
])('does not join %s', (_, change) => {
  const { join, joined, calls, requests } = createJoin()
  calls({ row: 1, start: 1_000 })
  requests(requestOf(change))
  expect(joined).toEqual([])
  expect(join.unjoinedRequests()).toEqual([requestOf(change)])
  expect(join.unjoined).toBe(1)
})

test.each(['document', 'image', 'script', 'preflight'])('lists a %s once, whose body is received for a while', type => {
  const { join, requests } = createJoin()
  const next = requestOf({ type, startTime: 9_000 })
  requests(requestOf({ type, unfinished: true, duration: 10 }))
  requests(requestOf({ type, unfinished: true, duration: 1_500 }), next)
  requests(requestOf({ type, duration: 3_000 }))
  expect(join.unjoinedRequests()).toEqual([requestOf({ type, duration: 3_000 }), next])
  expect(join.unjoined).toBe(2)
})

test('lists a request that had its response before the session began only with a call of the session', () => {
  const { join, joined, calls, settle } = createJoin()
  for (const startTime of [1_000, 2_000]) join.addRequest(requestOf({ startTime }), true)
  settle()
  expect(join.unjoinedRequests()).toEqual([])
  calls({ row: 1, start: 2_000 })
  expect([joined.length, join.unjoined]).toEqual([1, 0])
})

test('joins a request of a type that DevTools does not know to any call', () => {
  const { joined, calls, requests } = createJoin()
  calls({ row: 1, kind: 'xhr', start: 1_000 })
  requests(requestOf({ type: 'other' }))
  expect(joined).toEqual([[1, 200, 0]])
})

test.each([60, 2_300, 30_000])('joins a request that a native call of %i ms made just before it returned', took => {
  const { joined, calls, requests } = createJoin()
  calls({ row: 1, start: 1_000, latest: 1_000 + took })
  requests(requestOf({ startTime: 1_000 + took }))
  expect(joined).toEqual([[1, 200, 0]])
})

test('gives each of several alike the one within which it started, whatever ends first', () => {
  const { calls, requests, statuses } = createJoin()
  calls(...[0, 1, 2].map(row => ({ row, start: 1_000 + row * 20 })))
  for (const row of [2, 0, 1]) requests(requestOf({ startTime: 1_001 + row * 20, status: 200 + row }))
  expect(statuses()).toEqual({ 0: 200, 1: 201, 2: 202 })
})

test('lists what DevTools alone saw by start', () => {
  const { join, requests } = createJoin()
  requests(requestOf({ startTime: 3 }), requestOf({ startTime: 1, type: 'image' }), requestOf({ startTime: 2 }))
  expect(join.unjoinedRequests().map(({ startTime }) => startTime)).toEqual([1, 2, 3])
})

test('reports an unfinished request again when it has finished, for the same call', () => {
  const { join, joined, calls, requests } = createJoin()
  calls({ row: 1, start: 1_000 })
  requests(requestOf({ unfinished: true }))
  calls({ row: 2, start: 1_001 })
  requests(requestOf({ duration: 500 }))
  expect(joined).toEqual([
    [1, 200, 0],
    [1, 200, 0],
  ])
  expect(join.unjoined).toBe(0)
})

test.each(['fetch', 'image'])('takes a %s whose end is reported twice for one request', type => {
  const { join, joined, calls, requests } = createJoin()
  const ended = requestOf({ type, phases: { queued: 3.25, wait: 4 } })
  calls({ row: 1, start: 1_000 })
  requests(ended, ended)
  requests({ ...ended, unfinished: true }, { ...ended, error: 'net::ERR_ABORTED' })
  expect(joined.length + join.unjoined).toBe(1)
})

test.each([0, 3])(
  'takes requests of one millisecond for several if the browser rounds the time in its queue: %i ms',
  queued => {
    const { joined, calls, requests, settle } = createJoin()
    const ended = requestOf({ phases: { queued, wait: 4 } })
    calls({ row: 1, start: 1_000 }, { row: 2, start: 1_000 })
    requests(ended, ended)
    settle(1_010 + MAX_UNDECIDED_TIME + 1)
    expect(joined.map(([row]) => row)).toEqual([1, 2])
  },
)

test.each([200, -900])('joins a request that seems to start %i ms late once it has ended as its call did', late => {
  const { join, joined, pageEnds, calls, requests, settle } = createJoin()
  const unfinished = requestOf({ startTime: 1_000 + late, duration: 50, phases: { queued: 3.25 }, unfinished: true })
  calls({ row: 1, start: 1_000 })
  requests(unfinished)
  const { unfinished: _, ...ended } = unfinished
  pageEnds.set(1, { duration: 80, status: 200 })
  requests({ ...ended, duration: 80 })
  settle(1_280 + MAX_UNDECIDED_TIME + 1)
  expect(joined).toEqual([[1, 200, 0]])
  expect(join.unjoined).toBe(0)
})

test.each([400, -700])(
  'joins a request that seems to start %i ms late when the page reports its end after DevTools',
  late => {
    const { join, joined, pageEnds, calls, requests, settle } = createJoin()
    calls({ row: 1, start: 1_000 }, { row: 2, start: 5_000 })
    requests(requestOf({ startTime: 1_000 + late, duration: 80 }))
    settle(4_000)
    // Until then it may be a worker's.
    expect([joined.length, join.unjoined]).toEqual([0, 1])
    pageEnds.set(1, { duration: 80, status: 200 })
    settle(1_480 + MAX_UNDECIDED_TIME + 1)
    expect(joined).toEqual([[1, 200, 0]])
    expect(join.unjoined).toBe(0)
  },
)

test('takes requests that failed in one millisecond for several', () => {
  const { joined, calls, requests, settle } = createJoin()
  const failed = requestOf({ status: 0, error: 'net::ERR_CONNECTION_REFUSED' })
  calls({ row: 1, start: 1_000 }, { row: 2, start: 1_000 })
  requests(failed, failed)
  settle(1_010 + MAX_UNDECIDED_TIME + 1)
  expect(joined.map(([row]) => row)).toEqual([1, 2])
})

describe('calls of one millisecond', () => {
  const storm = [503, 200, 503, 404, 200]
  const duration = (row: number): number => 100 + row * 60

  function createStorm() {
    const parts = createJoin()
    const inOrder = storm.map((status, row) => requestOf({ status, duration: duration(row) }))
    return {
      ...parts,
      report: () => parts.calls(...storm.map((_, row) => ({ row, start: 1_000 + row / 10 }))),
      /** How the page saw the end of each. */
      end(): void {
        for (const [row, status] of storm.entries()) {
          parts.pageEnds.set(row, { duration: duration(row) + 0.1, status })
        }
      },
      inOrder,
      asSeen: Object.fromEntries(storm.entries()),
    }
  }

  test('get what ended as the page saw them end', () => {
    const { report, end, requests, inOrder, statuses, asSeen } = createStorm()
    end()
    report()
    requests(...inOrder.toReversed())
    expect(statuses()).toEqual(asSeen)
  })

  test.each([
    ['with a body of their size', 90, 114, [0, 1]],
    ['that took as long, though all bodies are as large', 700, 102, [0, 1]],
  ])('get what ended as the page saw them end, %s', (_, otherSize, otherDuration, owners) => {
    const ownerOf = new Map<string | undefined, number>()
    const { calls, requests, pageEnds, guesses } = createJoin((row, { etag }) => ownerOf.set(etag, row))
    pageEnds.set(0, { duration: 114.1, status: 200, bodySize: 700 })
    pageEnds.set(1, { duration: otherDuration + 0.1, status: 200, bodySize: otherSize })
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000.2 })
    requests(
      requestOf({ etag: '1', duration: otherDuration, bodySize: otherSize }),
      requestOf({ etag: '0', duration: 114, bodySize: 700 }),
    )
    expect([ownerOf.get('0'), ownerOf.get('1')]).toEqual(owners)
    expect(guesses).toEqual([])
  })

  test('wait for the page to report their ends', () => {
    const { join, joined, report, end, requests, settle, inOrder, statuses, asSeen } = createStorm()
    report()
    requests(...inOrder.toReversed())
    expect(joined).toEqual([])
    expect(join.unjoined).toBe(0)
    end()
    settle()
    expect(statuses()).toEqual(asSeen)
  })

  test.each([1, 5])('are guessed by order if the page never reports their ends: %i', count => {
    const { join, joined, report, requests, settle, inOrder } = createStorm()
    report()
    requests(...inOrder.slice(0, count))
    settle(1_000 + duration(4) + MAX_UNDECIDED_TIME + 1)
    expect(joined.map(([row]) => row)).toEqual([0, 1, 2, 3, 4].slice(0, count))
    expect(join.unjoined).toBe(0)
  })

  test.each([
    ['the page never saw an end', undefined],
    ['both took as long', { duration: 10, status: 200 }],
  ])('are marked as a guess if nothing distinguishes them: %s', (_, end) => {
    const { guesses, calls, requests, settle, pageEnds } = createJoin()
    if (end) for (const row of [0, 1]) pageEnds.set(row, end)
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000.1 })
    requests(requestOf(), requestOf())
    expect(guesses).toEqual([])
    settle(1_010 + MAX_UNDECIDED_TIME + 1)
    expect(guesses).toEqual([0, 1])
  })

  test('exchange a guess for the request that can be no other call’s', () => {
    const { join, guesses, calls, requests, settle, pageEnds, statuses } = createJoin()
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000.1 })
    requests(requestOf())
    settle(1_010 + MAX_UNDECIDED_TIME + 1)
    expect(statuses()).toEqual({ 0: 200 })
    // Its body took long.
    pageEnds.set(1, { duration: 9_000, status: 200 })
    requests(requestOf({ status: 503, duration: 8_000 }))
    settle(9_000 + MAX_UNDECIDED_TIME + 1)
    expect(statuses()).toEqual({ 0: 503, 1: 200 })
    expect([new Set(guesses), join.unjoined]).toEqual([new Set([0, 1]), 0])
  })

  test('are marked if another request ended like it, and a call nearby never says how it ended', () => {
    const { guesses, calls, requests, settle, pageEnds } = createJoin()
    for (const row of [1, 2]) pageEnds.set(row, { duration: 10, status: 200 })
    calls({ row: 0, start: 999 }, { row: 1, start: 1_000.4 }, { row: 2, start: 1_001.5 })
    requests(requestOf({ startTime: 999 }), requestOf(), requestOf({ startTime: 1_001 }))
    settle(1_011 + MAX_UNDECIDED_TIME + 1)
    expect(guesses).toHaveLength(3)
  })

  test('are not marked if one is identified: the other call is the one that is left', () => {
    const { joined, guesses, calls, requests, settle, pageEnds } = createJoin()
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000.1 })
    requests(requestOf({ status: 201, duration: 400 }), requestOf())
    expect(joined).toEqual([])
    pageEnds.set(1, { duration: 10, status: 200 })
    settle(1_100)
    expect(joined).toEqual([
      [0, 201, 0],
      [1, 200, 0],
    ])
    expect(guesses).toEqual([])
  })

  test('wait for calls that the page has not reported yet', () => {
    const { joined, guesses, reported, calls, requests } = createJoin()
    reported.calls = 1_000.5
    calls({ row: 0, start: 1_000 })
    requests(requestOf({ startTime: 1_001, status: 201 }))
    expect(joined).toEqual([])
    reported.calls = 1_500
    calls({ row: 1, start: 1_001.8 })
    expect(joined).toEqual([])
    requests(requestOf({ startTime: 1_000 }))
    expect(joined).toEqual([
      [0, 200, 0],
      [1, 201, 0],
    ])
    expect(guesses).toEqual([])
  })

  test('leave none over when a request took the place of another', () => {
    const { join, joined, calls, requests } = createJoin()
    // Reported before the call that made it: it seems to belong to the one before.
    calls({ row: 0, start: 1_000 })
    requests(requestOf({ startTime: 1_002 }))
    calls({ row: 1, start: 1_002 }, { row: 2, start: 1_005 })
    requests(requestOf({ startTime: 1_005 }), requestOf({ startTime: 1_000 }))
    expect(joined.map(([row]) => row).sort()).toEqual([0, 1, 2])
    expect(join.unjoined).toBe(0)
  })
})

test('sockets that the browser opens in turn get their own requests, in whatever order they close', () => {
  const { joined, calls, requests, opened } = createJoin()
  const rows = [0, 1, 2, 3]
  for (const row of rows) opened.set(row, 1_020 + row * 300)
  const latest = Number.POSITIVE_INFINITY
  calls(...rows.map(row => ({ row, kind: 'websocket' as const, start: 1_000 + row, latest })))
  for (const row of [2, 0, 3, 1]) {
    requests(requestOf({ type: 'websocket', status: 101 + row, startTime: 1_010 + row * 300, duration: 5_000 }))
  }
  expect(joined).toEqual([2, 0, 3, 1].map(row => [row, 101 + row, 0]))
})

describe('connections opened at the same time to one URL', () => {
  const latest = Number.POSITIVE_INFINITY

  test('each WebSocket has its own request or is marked, if the page hears late that they have opened', () => {
    const socket = fc.record({
      gap: fc.integer({ min: 0, max: 5 }),
      handshake: fc.integer({ min: 1, max: 60 }),
      lives: fc.integer({ min: 1, max: 2_000 }),
      isRefused: fc.boolean(),
    })
    /** When the page is busy, as `[from, milliseconds]`: events wait until it is not. */
    const busy = fc.array(fc.tuple(fc.nat(400), fc.nat(300)), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(socket, { minLength: 1, maxLength: 8 }), busy, fc.nat(20), (sockets, tasks, handler) => {
        const owners = new Map<number, number>()
        const { guesses, calls, requests, settle, opened, pageEnds } = createJoin((row, { etag }) =>
          owners.set(Number(etag), row),
        )
        let [created, free, heard] = [1_000, 1_000, 1_000]
        const made = sockets.map(({ gap, handshake, lives, isRefused }, row) => {
          created += gap
          // Chromium makes the next request when the one before it is answered.
          const start = Math.max(created, free)
          free = start + handshake
          const block = tasks.find(([from, length]) => free >= 1_000 + from && free < 1_000 + from + length)
          heard = Math.max(heard + handler, block ? 1_000 + block[0] + block[1] : free)
          return { row, created, start, handshake, lives, isRefused, heard }
        })
        for (const { row, isRefused, heard, created } of made) {
          if (isRefused) pageEnds.set(row, { duration: heard - created, status: undefined })
          else opened.set(row, heard)
        }
        calls(...made.map(({ row, created }) => ({ row, kind: 'websocket' as const, start: created, latest })))
        const endOf = ({ start, handshake, isRefused, lives }: (typeof made)[number]): number =>
          start + handshake + (isRefused ? 0 : lives)
        for (const each of made.toSorted((a, b) => endOf(a) - endOf(b))) {
          const { row, start, isRefused } = each
          const status = isRefused ? 403 : 101
          requests(
            requestOf({ type: 'websocket', status, startTime: start, duration: endOf(each) - start, etag: `${row}` }),
          )
        }
        settle(1e6)
        expect(new Set(owners.values()).size).toBe(sockets.length)
        for (const [own, row] of owners) {
          expect(sockets[row]?.isRefused).toBe(sockets[own]?.isRefused)
          if (row !== own) expect({ own, row, isGuess: guesses.includes(row) }).toEqual({ own, row, isGuess: true })
        }
      }),
      { numRuns: 300 },
    )
  })

  const callsOf = (kind: Kind, count: number): TestCall[] =>
    Array.from({ length: count }, (_, row) => ({ row, kind, start: 1_000 + row / 10, latest }))

  test.each([2, 3, 6])('%i EventSources are joined in the order in which they open, as a guess', count => {
    const { joined, guesses, calls, requests, opened } = createJoin()
    for (let row = 0; row < count; row++) opened.set(row, 1_020 + 5 * ((row * 7) % count))
    calls(...callsOf('eventsource', count))
    for (let row = 0; row < count; row++) requests(requestOf({ type: 'eventsource', duration: 3_000 + row }))
    expect(joined.map(([row]) => row).toSorted()).toEqual([...Array(count).keys()])
    expect(new Set(guesses)).toEqual(new Set(Array(count).keys()))
  })

  test('EventSources that are opened one after the other are no guess', () => {
    const { joined, guesses, calls, requests, opened } = createJoin()
    for (const row of [0, 1, 2]) opened.set(row, 1_020 + row * 1_000)
    calls(...[0, 1, 2].map(row => ({ row, kind: 'eventsource' as const, start: 1_000 + row * 1_000, latest })))
    for (const row of [2, 0, 1]) {
      requests(requestOf({ type: 'eventsource', status: 200 + row, startTime: 1_001 + row * 1_000, duration: 9_000 }))
    }
    expect(joined.map(([row, status]) => status - row)).toEqual([200, 200, 200])
    expect(guesses).toEqual([])
  })

  test.each<[string, Kind, Partial<NetworkRequest>]>([
    ['a server refused', 'websocket', { status: 403 }],
    ['failed to connect', 'websocket', { status: 0, error: 'net::ERR_CONNECTION_REFUSED' }],
    ['the page closed', 'eventsource', { status: 0, error: 'net::ERR_ABORTED' }],
    ['got an error', 'eventsource', { status: 503 }],
  ])('one that %s is not taken for one that opened: %s', (_, kind, failure) => {
    const { join, statuses, guesses, calls, requests, opened } = createJoin()
    opened.set(1, 1_060)
    calls(...callsOf(kind, 2))
    const answered = kind === 'websocket' ? 101 : 200
    requests(requestOf({ type: kind, ...failure, duration: 20 }))
    requests(requestOf({ type: kind, status: answered, startTime: 1_002, duration: 3_000 }))
    expect(statuses()).toEqual({ 0: failure.status, 1: answered })
    expect([guesses, join.unjoined]).toEqual([[], 0])
  })
})

test('a service worker’s own request gives way to that of the page', () => {
  const { join, joined, calls, requests } = createJoin()
  calls({ row: 1, start: 1_000, latest: 1_002 })
  requests(requestOf({ startTime: 1_003, status: 203 }))
  requests(requestOf({ serviceWorker: true }))
  expect(joined.at(-1)).toEqual([1, 200, 0])
  expect(join.unjoinedRequests().map(({ status }) => status)).toEqual([203])
})

describe('a call whose method or URL is not known', () => {
  test.each([
    ['URL', { url: '' }],
    ['method', { method: '' }],
    ['either', { url: '', method: '' }],
  ])('is found by its time: %s', (_, unknown) => {
    const { join, joined, calls, requests } = createJoin()
    calls({ row: 1, start: 1_000, ...unknown }, { row: 2, start: 1_000, url: `${URL}/other` })
    requests(requestOf({ url: `${URL}/other`, status: 201 }), requestOf())
    expect(joined).toEqual([
      [2, 201, 0],
      [1, 200, 0],
    ])
    expect(join.unjoined).toBe(0)
  })

  test.each<[string, Partial<NetworkRequest>]>([
    ['of another time', { startTime: 1_010 }],
    ['of another kind', { type: 'xhr' }],
    ['of another method', { method: 'POST' }],
  ])('takes no request %s', (_, change) => {
    const { joined, calls, requests } = createJoin()
    calls({ row: 1, start: 1_000, url: '' })
    requests(requestOf(change))
    expect(joined).toEqual([])
  })
})

describe('a request without a response', () => {
  const keys = new Set([`GET ${URL}`])

  test('is reported once, whichever side comes first', () => {
    const { join, running, calls, settle, requests, joined } = createJoin()
    join.noteRunning([requestOf({ status: 0 })], keys)
    settle()
    calls({ row: 1, start: 1_000 }, { row: 2, start: 1_100 })
    join.noteRunning([requestOf({ status: 0, startTime: 1_100 })], keys)
    settle()
    join.noteRunning([], keys)
    settle()
    expect(running).toEqual([1, 2])
    expect(join.unjoined).toBe(0)
    requests(requestOf())
    expect(joined).toEqual([[1, 200, 0]])
  })

  test('is forgotten when it has one', () => {
    const { join, running, calls, settle } = createJoin()
    join.noteRunning([requestOf({ status: 0 })], keys)
    join.noteRunning([], new Set())
    settle()
    calls({ row: 1, start: 1_000 })
    expect(running).toEqual([])
  })
})

test('a preload answers the latest call after it, once', () => {
  const { join, calls, requests } = createJoin()
  const preload = requestOf({ type: 'other', startTime: 500, duration: 40 })
  requests(preload, requestOf({ startTime: 600 }))
  calls({ row: 1, start: 1_000 }, { row: 2, start: 400 })
  expect(join.takePreload(2 as Row, 'GET', URL)).toBeUndefined()
  expect(join.takePreload(1 as Row, 'GET', URL)).toBe(preload)
  expect(join.takePreload(1 as Row, 'GET', URL)).toBeUndefined()
  expect(join.unjoined).toBe(1)
})

test.each([1, 3])('a preload that was redirected %i times answers a call of its first URL', count => {
  const { join, calls, requests } = createJoin()
  const urlOf = (hop: number): string => `${URL}/${hop}`
  const hops = Array.from({ length: count }, (_, hop) =>
    requestOf({ type: 'other', url: urlOf(hop), redirectUrl: urlOf(hop + 1), status: 302, startTime: 500 + hop * 10 }),
  )
  const last = requestOf({ type: 'other', url: urlOf(count), startTime: 600 })
  calls({ row: 1, start: 1_000, url: urlOf(0) })
  requests(...hops)
  // Where it leads to is not known yet.
  expect(join.takePreload(1 as Row, 'GET', urlOf(0))).toBeUndefined()
  requests(last)
  expect(join.takePreload(1 as Row, 'GET', urlOf(0))).toBe(last)
  expect(join.unjoined).toBe(0)
})

test('a preload that is redirected to itself answers nothing', () => {
  const { join, calls, requests } = createJoin()
  calls({ row: 1, start: 1_000 })
  requests(requestOf({ type: 'other', redirectUrl: URL, status: 302, startTime: 500 }))
  expect(join.takePreload(1 as Row, 'GET', URL)).toBeUndefined()
})

test('forgets the URLs at which nothing waits', () => {
  const { join, joined, settle } = createJoin()
  const count = 3 * MAX_JOINED_CALLS
  for (let row = 0; row < count; row++) {
    const start = 1_000 + 10 * row
    join.addCall(newCall({ row, url: `${URL}/${row}`, start }))
    join.addRequest(requestOf({ url: `${URL}/${row}`, startTime: start }))
    settle()
  }
  expect(joined).toHaveLength(count)
  expect(join.size).toBeLessThanOrEqual(2 * MAX_JOINED_CALLS)
})

test('forgets calls that ended long ago without a request, and keeps those that run or ended lately', () => {
  const { join, joined, settle, ends } = createJoin()
  const count = 4 * MAX_UNSEEN_CALLS
  const callAt = (row: number, start: number): void => join.addCall(newCall({ row, url: `${URL}/${row}`, start }))
  const late = 1_200 + LATEST_REQUEST
  const running = Array.from({ length: 100 }, (_, i) => i * 100)
  for (let row = 0; row < count; row++) {
    callAt(row, 1_000)
    if (!running.includes(row)) ends.set(row, 1_100)
  }
  settle(1_200)
  expect(join.size).toBe(count)
  for (let i = 0; i < 4; i++) settle(late)
  expect(join.size).toBeLessThanOrEqual(MAX_UNSEEN_CALLS + running.length)
  for (const row of running) {
    join.addRequest(requestOf({ url: `${URL}/${row}`, startTime: 1_000, duration: LATEST_REQUEST }))
  }
  callAt(count, late)
  ends.set(count, late)
  join.addRequest(requestOf({ url: `${URL}/${count}`, startTime: late }))
  settle(late)
  settle(late + LATEST_REQUEST)
  expect(joined.map(([row]) => row).toSorted((a, b) => a - b)).toEqual([...running, count])
})

describe('a redirect', () => {
  const hop = requestOf({ status: 302, redirectUrl: `${URL}/next`, duration: 300 })

  test('that was refused is followed by no request', () => {
    const { join, joined, calls, requests } = createJoin()
    const aborted = requestOf({ url: `${URL}/next`, startTime: 1_300, status: 0, error: 'net::ERR_ABORTED' })
    calls({ row: 1, start: 1_000 })
    requests({ ...hop, error: 'net::ERR_FAILED' }, aborted)
    expect(joined).toEqual([[1, 302, 0]])
    expect(join.unjoinedRequests()).toEqual([aborted])
  })
  const next = requestOf({ url: `${URL}/next`, startTime: 1_300 })

  test.each(['in order', 'the last first'])('goes on with the next request, %s', order => {
    const { join, joined, calls, requests } = createJoin()
    if (order === 'the last first') requests(next)
    calls({ row: 1, start: 1_000 })
    requests(hop)
    if (order === 'in order') requests(next)
    expect(joined).toEqual([
      [1, 302, 0],
      [1, 200, 300],
    ])
    expect(join.unjoined).toBe(0)
  })

  test.each([200, -200])('goes on with a request that seems to start %i ms late, as on a busy machine', late => {
    const { join, joined, calls, requests } = createJoin()
    calls({ row: 1, start: 1_000 })
    requests(hop, { ...next, startTime: next.startTime + late })
    expect(joined.map(([, status]) => status)).toEqual([302, 200])
    expect(join.unjoined).toBe(0)
  })

  test.each([300, 1_900])('goes on with one that seems to start %i ms late once no other call can own it', late => {
    const { join, joined, calls, requests, settle, reported } = createJoin()
    reported.calls = 1_100
    calls({ row: 1, start: 1_000 })
    const final = { ...next, startTime: next.startTime + late }
    requests(hop, final)
    expect(joined.map(([, status]) => status)).toEqual([302])
    expect(join.unjoined).toBe(0)
    reported.calls = final.startTime + 100
    settle()
    expect(joined.map(([, status]) => status)).toEqual([302, 200])
  })

  test('leaves a request to the call that made it, which the page reports later', () => {
    const { join, joined, calls, requests, settle, reported } = createJoin()
    reported.calls = 1_400
    calls({ row: 1, start: 1_000 })
    const own = { ...next, startTime: next.startTime + 500, status: 201 }
    requests(hop, own)
    reported.calls = 2_000
    calls({ row: 2, url: next.url, start: own.startTime })
    settle(own.startTime + own.duration + MAX_UNDECIDED_TIME + 1)
    requests(next)
    expect(joined.map(([row, status]) => [row, status])).toEqual([
      [1, 302],
      [2, 201],
      [1, 200],
    ])
    expect(join.unjoined).toBe(0)
  })

  test.each([
    ['a call that ended sooner is not its own', { duration: 10, status: 404 }, 1],
    ['what follows shows how long each took', { duration: 2_510, status: 200 }, 0],
  ])('of calls of one moment gets the end of its own: %s', (_, end, row) => {
    const { join, calls, requests, settle, pageEnds, statuses } = createJoin()
    pageEnds.set(row, end)
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000 })
    const [soon, late] = [
      { ...hop, duration: 0 },
      { ...hop, duration: 2_500 },
    ]
    requests(soon, { ...next, startTime: 1_000, duration: 10, status: 404 })
    requests(late, { ...next, startTime: 3_500, duration: 10 })
    settle(3_510 + MAX_UNDECIDED_TIME + 1)
    expect(statuses()).toEqual({ 0: 200, 1: 404 })
    expect(join.unjoined).toBe(0)
  })

  test.each([0, 1, 50])('that leads back to where it came from after %i ms is no circle without an end', duration => {
    const { join, joined, calls, requests, settle } = createJoin()
    calls({ row: 0, start: 1_000 }, { row: 1, start: 1_000 })
    const back = { ...hop, startTime: 1_000 + duration, url: next.url, redirectUrl: hop.url, duration }
    const last = requestOf({ startTime: 1_000 + 2 * duration })
    for (const _ of [0, 1]) requests({ ...hop, duration }, back, last)
    settle(1_110 + MAX_SILENT_TIME + 1)
    expect(joined.filter(([, status]) => status === 200)).toHaveLength(2)
    expect(join.unjoined).toBe(0)
  })

  test('counts from the first request through all hops', () => {
    const { joined, calls, requests } = createJoin()
    calls({ row: 1, start: 1_000 })
    requests(
      requestOf({ url: `${URL}/last`, startTime: 1_400 }),
      { ...next, status: 307, redirectUrl: `${URL}/last`, duration: 100 },
      hop,
    )
    expect(joined.at(-1)).toEqual([1, 200, 400])
  })

  test.each([
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'POST', 'GET'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
  ])('of status %i makes %s into %s', (status, method, then) => {
    const { joined, calls, requests } = createJoin()
    calls({ row: 1, method, start: 1_000 })
    requests({ ...hop, status, method }, { ...next, method: then })
    expect(joined).toHaveLength(2)
  })
})

describe('in any order of arrival', () => {
  interface MadeCall {
    row: number
    url: string
    kind: 'fetch' | 'xhr'
    /** Milliseconds of the page's clock: around the native call, and when its request started. */
    start: number
    latest: number
    requested: number
    duration: number
    /** Undefined where the browser refused the call. */
    status: number | undefined
    /** The page hears nothing of the end of a body that it does not read. */
    read: boolean
  }

  /** The calls of one thread, which follow each other; times are tenths of milliseconds, as a page's clock has them. */
  function callsOf(gaps: fc.Arbitrary<number>, status: fc.Arbitrary<number | undefined>, read: fc.Arbitrary<boolean>) {
    const call = fc.record({
      url: fc.constantFrom(`${URL}/a`, `${URL}/b`),
      kind: fc.constantFrom('fetch' as const, 'xhr' as const),
      gap: gaps,
      took: fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(800) }),
      /** Where within the call the request starts. */
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      duration: fc.nat(3_000),
      status,
      read,
    })
    return fc.array(call, { minLength: 1, maxLength: 40 }).map(calls => {
      let clock = 10_000
      return calls.map(({ gap, took, at, ...rest }, row): MadeCall => {
        const start = clock + gap
        clock = start + took
        return { ...rest, row, start: start / 10, latest: clock / 10, requested: (start + took * at) / 10 }
      })
    })
  }
  const close = fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(300) })
  const far = fc.integer({ min: 20 * CLOCK_ERROR, max: 500 })
  const answered = fc.constantFrom(200, 200, 503)
  const answeredOrRefused = fc.constantFrom(200, 503, undefined)
  /** How far the wall clock is ahead of the page's. It is measured in whole milliseconds. */
  const offsets = fc.double({ min: 0, max: 5, noNaN: true })
  /** Whose reports come next, and how many of them. */
  const orders = fc.array(fc.record({ pages: fc.boolean(), count: fc.integer({ min: 1, max: 6 }) }), { maxLength: 60 })

  /** Returns the rows that requests were joined to, by the row of the call that made them. */
  function play(
    calls: readonly MadeCall[],
    offset: number,
    order: { pages: boolean; count: number }[],
    others = false,
  ) {
    const owners = new Map<number, number>()
    const { join, guesses, pageEnds, reported, settle } = createJoin((row, { transferSize = -1 }) =>
      owners.set(transferSize, row),
    )
    const measured = Math.floor(offset)
    const reportTo = (next: number): void => {
      reported.calls = (calls[next]?.start ?? Number.POSITIVE_INFINITY) + measured
    }
    reportTo(0)
    const fromPage = calls.map(({ row, kind, url, start, latest, requested, duration, status, read }) => () => {
      const [from, to] = [start + measured, latest + measured]
      join.addCall(newCall({ row, kind, url, start: from, latest: to }))
      reportTo(row + 1)
      if (read && status !== undefined) pageEnds.set(row, { duration: requested - start + duration, status })
    })
    const requests = calls.flatMap(({ row, kind, url, requested, duration, status }) => {
      const startTime = Math.floor(requested + offset)
      return status === undefined ? [] : requestOf({ url, type: kind, startTime, duration, status, transferSize: row })
    })
    // A worker's, long before and after all calls.
    const foreign = others ? [100, 900, 60_000].map(startTime => requestOf({ url: `${URL}/a`, startTime })) : []
    const fromDevtools = [...requests, ...foreign]
      .sort((a, b) => a.startTime + a.duration - b.startTime - b.duration)
      .map(request => () => join.addRequest(request))
    for (const { pages, count } of order) {
      for (const report of (pages ? fromPage : fromDevtools).splice(0, count)) report()
      settle()
    }
    for (const report of [...fromPage, ...fromDevtools]) report()
    settle()
    settle(Number.POSITIVE_INFINITY)
    return { join, owners, guesses, requests, foreign }
  }

  test('each request gets a call of its own, as a look at all of them at once would find', () => {
    fc.assert(
      fc.property(callsOf(close, answeredOrRefused, fc.boolean()), offsets, orders, (calls, offset, order) => {
        const { join, owners, requests, foreign } = play(calls, offset, order, true)
        expect(owners.size).toBe(requests.length)
        expect(new Set(owners.values()).size).toBe(requests.length)
        expect(join.unjoinedRequests()).toEqual(foreign)
        for (const [made, owner] of owners) {
          expect([calls[owner]?.url, calls[owner]?.kind]).toEqual([calls[made]?.url, calls[made]?.kind])
        }
      }),
      { numRuns: 500 },
    )
  })

  test('each request gets its own call where the clocks distinguish them', () => {
    fc.assert(
      fc.property(callsOf(far, answeredOrRefused, fc.boolean()), offsets, orders, (calls, offset, order) => {
        for (const [made, owner] of play(calls, offset, order).owners) expect(owner).toBe(made)
      }),
      { numRuns: 200 },
    )
  })

  test('distinguishes calls that fail from others by how the page saw them end', () => {
    fc.assert(
      fc.property(callsOf(close, answered, fc.constant(true)), offsets, orders, (calls, offset, order) => {
        // All calls of a moment are in one batch.
        const { owners } = play(calls, offset, [{ pages: true, count: calls.length }, ...order])
        for (const [made, owner] of owners) expect(calls[owner]?.status).toBe(calls[made]?.status)
      }),
      { numRuns: 500 },
    )
  })
})
