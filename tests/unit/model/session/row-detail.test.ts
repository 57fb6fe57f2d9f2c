// Test (Node): what the page script writes of a request's timing is what is shown of it, whatever a page makes of it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRawRequestColumns } from '../../../../extension/background/request-guard.ts'
import { httpDetailOf } from '../../../../model/session/row-detail.ts'
import { createOperationColumns, KINDS, type RawOperationColumns } from '../../../../wire/operations.ts'
import {
  createRawRequestColumns,
  INFERRED,
  type RawRequestColumns,
  TIMING_FIELDS,
  TIMING_WIDTH,
} from '../../../../wire/request-columns.ts'
import { finished } from '../operation-rows.ts'

const ENTRY: Record<(typeof TIMING_FIELDS)[number], number> = {
  startTime: 100,
  workerStart: 0,
  fetchStart: 110,
  domainLookupStart: 111,
  domainLookupEnd: 113,
  connectStart: 113,
  connectEnd: 120,
  secureConnectionStart: 116,
  requestStart: 121,
  responseStart: 150,
  responseEnd: 160,
  responseStatus: 201,
  transferSize: 400,
  encodedBodySize: 100,
  decodedBodySize: 300,
  finalResponseHeadersStart: 152,
}

/** One request that was called at 99, as the page script tells of it. */
function requestOf(timing: readonly number[]): RawOperationColumns {
  const requests = createRawRequestColumns(1)
  requests.methods.push('GET')
  requests.urls.push('https://host/a')
  requests.protocols.push('h2')
  requests.state.fill(INFERRED)
  requests.entryIndex = Uint32Array.of(1)
  requests.timings = Float64Array.from(timing)
  const columns = createOperationColumns(1, requests)
  columns.kind.fill(KINDS.indexOf('fetch'))
  columns.start.fill(99)
  return columns
}

/** As the background completes it. */
function detailOf(columns: RawOperationColumns) {
  return httpDetailOf(finished(columns), 0)
}

const timingOf = (change: Partial<typeof ENTRY> = {}): number[] => {
  const entry = { ...ENTRY, ...change }
  return [...TIMING_FIELDS.map(field => entry[field]), 0, 0]
}

test('has phases and sizes', () => {
  expect(detailOf(requestOf(timingOf()))).toEqual({
    method: 'GET',
    url: 'https://host/a',
    endSource: 'resource-timing',
    match: 'inferred',
    status: 201,
    headersDuration: 53,
    transferSize: 400,
    encodedBodySize: 100,
    decodedBodySize: 300,
    phases: { redirect: 10, queued: 2, dns: 2, connect: 7, tls: 4, wait: 29, receive: 10 },
    protocol: 'h2',
  })
})

test('takes the first byte for the headers where the browser does not say more', () => {
  expect(detailOf(requestOf(timingOf({ finalResponseHeadersStart: 0 })))?.headersDuration).toBe(51)
})

test('does not count the start of a service worker as a redirect', () => {
  const phases = { workerStart: 105, fetchStart: ENTRY.requestStart, domainLookupStart: 0, domainLookupEnd: 0 }
  const timing = timingOf({ ...phases, startTime: 100, connectStart: 0, connectEnd: 0, secureConnectionStart: 0 })
  const found = detailOf(requestOf(timing))
  expect(found?.phases).toMatchObject({ queued: ENTRY.requestStart - 100 })
  expect(found?.phases).not.toHaveProperty('redirect')
})

test('leaves out what the browser withholds', () => {
  const withheld = TIMING_FIELDS.map(field => [field, 0] as const)
  const timing = timingOf({ ...Object.fromEntries(withheld), startTime: 100, fetchStart: 100, responseEnd: 160 })
  expect(detailOf(requestOf(timing))).toEqual({
    method: 'GET',
    url: 'https://host/a',
    endSource: 'resource-timing',
    match: 'inferred',
    protocol: 'h2',
  })
})

test('an operation that is no request has no details of a request', () => {
  const columns = requestOf(timingOf())
  columns.kind.fill(KINDS.indexOf('custom'))
  expect(detailOf(columns)).toBeUndefined()
})

test('measures of any entry that passes the guard are positive', () => {
  const number = fc.oneof(fc.double(), fc.integer({ min: -1_000, max: 1_000 }), fc.constant(Number.NaN))
  fc.assert(
    fc.property(fc.array(number, { minLength: TIMING_WIDTH, maxLength: TIMING_WIDTH }), timing => {
      const columns = requestOf(timing)
      if (!isRawRequestColumns(columns.requests, 1, 1)) return
      const { phases, method, url, ...http } = detailOf(columns) ?? { method: '', url: '' }
      for (const value of Object.values({ ...http, ...phases }))
        if (typeof value === 'number') expect(value >= 0).toBe(true)
    }),
  )
})

test.each<[string, (columns: RawRequestColumns) => unknown]>([
  ['a URL too few', ({ urls }) => urls.pop()],
  ['a method that is none', ({ methods }) => methods.splice(0, 1, 5 as unknown as string)],
  ['a hole among the protocols', ({ protocols }) => delete protocols[0]],
  ['an entry that is not there', ({ entryIndex }) => entryIndex.fill(2)],
  ['a negative time', ({ timings }) => timings.fill(-1, 3, 4)],
  ['an endless time', ({ timings }) => timings.fill(Number.POSITIVE_INFINITY, 3, 4)],
  ['half an entry', columns => Object.assign(columns, { timings: columns.timings.slice(1) })],
  ['numbers that are none', columns => Object.assign(columns, { abandoned: [1] })],
  ['a state too many', columns => Object.assign(columns, { state: new Uint8Array(2) })],
  ['times of another type', columns => Object.assign(columns, { timings: [...columns.timings] })],
])('refuses %s', (_, change) => {
  const { requests } = requestOf(timingOf())
  expect(isRawRequestColumns(requests, 1, 1)).toBe(true)
  change(requests as RawRequestColumns)
  expect(isRawRequestColumns(requests, 1, 1)).toBe(false)
})

test.each([undefined, null, 5, 'text', {}, []])('refuses %s', value => {
  expect(isRawRequestColumns(value, 1, 1)).toBe(false)
})
