// Test: the join of a machine that is too busy. A page's calls are known here, with the requests that they made. What the
// page and DevTools report of them is derived from that as a browser does it, with clocks that are read late and reports
// that are late.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentNumber, Row } from '../../../../model/numbers.ts'
import { CLOCK_ERROR } from '../../../../model/session/call-list.ts'
import { NetworkJoin } from '../../../../model/session/network-join.ts'
import type { PageEnd } from '../../../../model/session/request-fit.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const ORIGIN = 'https://shop.example'
const START = 10_000
/** Milliseconds that a report takes at most. More is a page that hangs. */
const MAX_LAG = 4_000

/** Times are milliseconds of a clock that all of them could read, and that nobody reads exactly. */
interface TrueCall {
  row: number
  path: string
  kind: 'fetch' | 'xhr'
  /** Around the native call. */
  start: number
  returned: number
  /** When the browser made the request by its own clock, and when it read the wall clock for DevTools. */
  made: number
  stamped: number
  /** Undefined unless it was redirected: milliseconds to the redirect, and by how much the wall clock was read late after it. */
  redirect: { after: number; late: number } | undefined
  /** Milliseconds from `made` to the end of the body. */
  took: number
  status: number
  size: number
  /** The page hears nothing of the end of a body that it does not read. */
  isRead: boolean
}

const part = fc.double({ min: 0, max: 1, noNaN: true })
const often = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: rare })
const milliseconds = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true })

/** The calls of one thread, which follow each other. @param gap milliseconds between two of them. */
function callsWith(gap: fc.Arbitrary<number>, isRead: fc.Arbitrary<boolean>): fc.Arbitrary<TrueCall[]> {
  const call = fc.record({
    path: fc.constantFrom('/same', '/same', '/other', '/redirect'),
    kind: fc.constantFrom('fetch' as const, 'fetch' as const, 'xhr' as const),
    gap,
    length: often(milliseconds(2), milliseconds(80)),
    madeAt: part,
    stampedAt: part,
    took: often(milliseconds(60), milliseconds(5_000)),
    redirectAt: part,
    late: often(milliseconds(3), milliseconds(300)),
    status: fc.constantFrom(200, 200, 503, 404),
    size: fc.nat(3),
    isRead,
  })
  return fc.array(call, { minLength: 1, maxLength: 30 }).map(all => {
    let clock = START
    return all.map((each, row) => {
      const start = clock + each.gap
      clock = start + each.length
      const made = start + each.madeAt * each.length
      const stamped = made + each.stampedAt * (clock - made)
      const redirect = each.path === '/redirect' ? { after: each.redirectAt * each.took, late: each.late } : undefined
      return { ...each, row, start, returned: clock, made, stamped, redirect }
    })
  })
}

/** By how much the wall clock is ahead of the page's, and by how much the reading of that is wrong. */
const clocks = fc.record({ offset: milliseconds(50), misread: fc.double({ min: -0.15, max: 0.15, noNaN: true }) })
/** Milliseconds by which each report is late, in turn. Each side's reports stay in their order. */
const lags = fc.array(often(milliseconds(300), milliseconds(MAX_LAG)), { minLength: 1, maxLength: 20 })

/** As pages read their clock. */
const coarse = (time: number): number => Math.floor(time * 10) / 10

interface Outcome {
  /** By the row of the call that made it: the row that the request was joined to. */
  owners: Map<number, number>
  guessed: Set<number>
  unjoined: NetworkRequest[]
}

function play(
  calls: readonly TrueCall[],
  { offset, misread }: { offset: number; misread: number },
  pageLags: readonly number[],
  devtoolsLags: readonly number[],
): Outcome {
  const owners = new Map<number, number>()
  const guessed = new Set<number>()
  const ends = new Map<number, PageEnd>()
  const until = { calls: Number.NEGATIVE_INFINITY, all: Number.NEGATIVE_INFINITY }
  const join = new NetworkJoin({
    joined(row, { redirectUrl, etag }, _, isGuess) {
      if (redirectUrl === undefined) owners.set(Number(etag), row)
      if (isGuess) guessed.add(row)
      return row
    },
    running: row => row,
    pageEnd: row => ends.get(row),
    endOf: () => undefined,
    opened: () => undefined,
    callsKnownUntil: () => until.calls,
    recordedUntil: () => until.all,
  })
  const wallOffset = Math.floor(offset) + misread
  const reports: { at: number; apply(): void }[] = []

  let latest = 0
  const last = Math.max(...calls.map(({ made, took, returned }) => Math.max(returned, made + took))) + 2 * MAX_LAG
  const pageNews: { at: number; apply(): void }[] = calls.flatMap(call => {
    const { row, path, kind, start, returned, made, took, status, size, isRead } = call
    const wallStart = coarse(start) + wallOffset
    const callDuration = Math.fround(coarse(returned) - coarse(start))
    const known = { row: row as Row, document: 0 as DocumentNumber, kind, method: 'GET', url: `${ORIGIN}${path}` }
    const add = (): void =>
      join.addCall({
        ...known,
        start: wallStart,
        latest: wallStart + callDuration,
        startWithin: callDuration,
        error: CLOCK_ERROR,
      })
    const end = (): void => {
      ends.set(row, { duration: coarse(made + took) - coarse(start), status, bodySize: size })
    }
    return [{ at: returned, apply: add }, ...(isRead ? [{ at: Math.max(returned, made + took), apply: end }] : [])]
  })
  pageNews.sort((a, b) => a.at - b.at)
  // A batch of what is new, now and then, but not while a native call keeps the thread.
  for (let batch = 0, time = START; time < last; batch++) {
    const lag = pageLags[batch % pageLags.length] as number
    time += 100 + lag / 2
    time = calls.find(({ start, returned }) => start <= time && time < returned)?.returned ?? time
    const [composed, news] = [time, pageNews.splice(0, firstIndex(pageNews, time))]
    latest = Math.max(latest, composed + lag)
    reports.push({
      at: latest,
      apply() {
        for (const { apply } of news) apply()
        until.calls = composed + wallOffset
        until.all = composed + wallOffset
      },
    })
  }

  const requests = calls.flatMap(requestsOf(offset)).sort((a, b) => a.at - b.at)
  latest = 0
  for (const [i, { at, request }] of requests.entries()) {
    latest = Math.max(latest, at + (devtoolsLags[i % devtoolsLags.length] as number))
    reports.push({ at: latest, apply: () => join.addRequest(request) })
  }
  for (const { at, apply } of reports.sort((a, b) => a.at - b.at)) {
    apply()
    for (const _ of join.settle(at));
  }
  until.all = Number.POSITIVE_INFINITY
  for (const _ of join.settle(Number.POSITIVE_INFINITY));
  return { owners, guessed, unjoined: join.unjoinedRequests() }
}

function firstIndex(news: readonly { at: number }[], time: number): number {
  const index = news.findIndex(({ at }) => at > time)
  return index < 0 ? news.length : index
}

/** What DevTools reports of a call's requests, and when. */
function requestsOf(offset: number) {
  return ({ row, path, kind, made, stamped, redirect, took, status, size }: TrueCall) => {
    const startTime = Math.floor(stamped + offset)
    const shared = { method: 'GET', type: kind, phases: {}, etag: `${row}` }
    const last = { ...shared, status, bodySize: size }
    const at = made + took
    if (!redirect) return [{ at, request: { ...last, url: `${ORIGIN}${path}`, startTime, duration: took } }]
    const { after, late } = redirect
    const [url, redirectUrl] = [`${ORIGIN}${path}`, `${ORIGIN}/landed`]
    const next = Math.floor(made + after + late + offset)
    return [
      { at: made + after, request: { ...shared, status: 302, url, redirectUrl, startTime, duration: after } },
      { at, request: { ...last, url: redirectUrl, startTime: next, duration: took - after } },
    ]
  }
}

/** Many calls of one millisecond, some of one tenth. */
const close = often(milliseconds(3), milliseconds(0.1))

test('each request is listed once, and no operation has the half of another without a mark', () => {
  fc.assert(
    fc.property(callsWith(close, fc.boolean()), clocks, lags, lags, (calls, clock, pageLags, devtoolsLags) => {
      const { owners, guessed, unjoined } = play(calls, clock, pageLags, devtoolsLags)
      expect(unjoined).toEqual([])
      expect(new Set(owners.values()).size).toBe(calls.length)
      for (const [made, owner] of owners)
        if (made !== owner) expect([made, owner, guessed.has(owner)]).toEqual([made, owner, true])
    }),
    { numRuns: 150 },
  )
})

/** Without redirects. */
function direct(gap: fc.Arbitrary<number>, isRead: fc.Arbitrary<boolean>): fc.Arbitrary<TrueCall[]> {
  return callsWith(gap, isRead).map(calls => calls.map(call => ({ ...call, redirect: undefined })))
}

test('each operation has its own half where calls are further apart than the clocks can be compared', () => {
  const apart = fc.double({ min: 2 * CLOCK_ERROR + 1, max: 30, noNaN: true })
  fc.assert(
    fc.property(direct(apart, fc.boolean()), clocks, lags, lags, (calls, clock, pageLags, devtoolsLags) => {
      const { owners, guessed } = play(calls, clock, pageLags, devtoolsLags)
      for (const [made, owner] of owners) expect(owner).toBe(made)
      expect([owners.size, guessed.size]).toEqual([calls.length, 0])
    }),
    { numRuns: 100 },
  )
})

test('calls of one moment are distinguished by how long their requests took', () => {
  // Each differs from any other by more than a native call and the steps of the clocks.
  const different = direct(close, fc.constant(true)).map(calls =>
    calls.map(call => ({ ...call, took: (call.took % 10) + 200 + 100 * ((call.row * 7) % 31) })),
  )
  fc.assert(
    fc.property(different, clocks, lags, lags, (calls, clock, pageLags, devtoolsLags) => {
      const { owners, guessed } = play(calls, clock, pageLags, devtoolsLags)
      for (const [made, owner] of owners) expect(owner).toBe(made)
      expect([owners.size, guessed.size]).toEqual([calls.length, 0])
    }),
    { numRuns: 100 },
  )
})
