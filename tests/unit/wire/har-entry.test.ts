import { expect, test } from 'vitest'
import { type HarEntry, isUnanswered, toNetworkRequest as readEntry } from '../../../wire/har-entry.ts'

const NOW = Date.UTC(2026, 10, 24)
const toNetworkRequest = (entry: HarEntry, ...names: string[]) => readEntry(entry, new Set(names), NOW)

const ENTRY: HarEntry = {
  startedDateTime: '2026-11-23T12:00:00.123Z',
  time: 34.5,
  request: { url: 'https://shop.example/api?token=s3cret', method: 'POST', headersSize: 120 },
  response: { status: 200, httpVersion: 'h2', redirectURL: '', headersSize: -1, bodySize: 500, _transferSize: 620 },
  timings: { blocked: 1.5, dns: -1, connect: -1, ssl: -1, send: 0, wait: 30, receive: 3 },
  _resourceType: 'fetch',
}

test('reads an entry, and leaves out what does not apply', () => {
  expect(toNetworkRequest(ENTRY)).toEqual({
    url: 'https://shop.example/api?token=REDACTED',
    method: 'POST',
    status: 200,
    type: 'fetch',
    startTime: Date.UTC(2026, 10, 23, 12, 0, 0, 123),
    duration: 34.5,
    phases: { queued: 1.5, send: 0, wait: 30, receive: 3 },
    protocol: 'h2',
    transferSize: 620,
    requestHeadersSize: 120,
    bodySize: 500,
  })
})

test('reads what a diagnosis needs of the headers, whatever their case, and no other header', () => {
  const headersOf = (...headers: [name: string, value: string][]) => {
    const listed = headers.map(([name, value]) => ({ name, value }))
    const found = toNetworkRequest({ ...ENTRY, response: { ...ENTRY.response, headers: listed } })
    const { cacheControl, etag, retryAfter } = found ?? {}
    expect(JSON.stringify(found)).not.toContain('s3cret')
    return { cacheControl, etag, retryAfter }
  }
  expect(headersOf(['cache-control', 'no-store'], ['etag', 'W/"1"'], ['retry-after', '120'])).toEqual({
    cacheControl: 'no-store',
    etag: 'W/"1"',
    retryAfter: '120',
  })
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
  expect(
    headersOf(
      ['Cache-Control', 'max-age=60'],
      ['CACHE-CONTROL', 'private'],
      ['Retry-After', date],
      ['Set-Cookie', 's3cret'],
    ),
  ).toEqual({ cacheControl: 'max-age=60, private', etag: undefined, retryAfter: date })
  expect(headersOf(['etag', ''])).toEqual({ cacheControl: undefined, etag: undefined, retryAfter: undefined })
  expect(headersOf(['etag', 'x'.repeat(100_000)]).etag).toHaveLength(1_000)
})

test('reads the MIME type and the size of the request’s body, where they are known', () => {
  const mimeTypeOf = (mimeType: string) =>
    toNetworkRequest({ ...ENTRY, response: { ...ENTRY.response, content: { mimeType } } })?.mimeType
  expect(mimeTypeOf('application/json')).toBe('application/json')
  expect(mimeTypeOf('text/html; charset=utf-8')).toBe('text/html')
  expect(mimeTypeOf('x-unknown')).toBeUndefined()
  expect(mimeTypeOf('')).toBeUndefined()
  const bodySizeOf = (bodySize: number) =>
    toNetworkRequest({ ...ENTRY, request: { ...ENTRY.request, bodySize } })?.requestBodySize
  expect([12, 0, -1, Number.NaN].map(bodySizeOf)).toEqual([12, undefined, undefined, undefined])
})

test('without a response no phase is known: Chromium calls all of its time blocked', () => {
  const timings = { blocked: 503, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 }
  const response = { status: 0, _error: 'net::ERR_CONNECTION_REFUSED' }
  expect(toNetworkRequest({ ...ENTRY, response, timings })?.phases).toEqual({})
})

test('a socket without a handshake, whose start Chromium does not know, starts when it is reported', () => {
  const entry = { ...ENTRY, startedDateTime: '1969-12-31T23:59:59.000Z', time: 2_011_752.2, _resourceType: 'websocket' }
  expect(toNetworkRequest({ ...entry, response: { status: 0 } })).toMatchObject({ startTime: NOW, duration: 0 })
})

test('takes a redirect as the browser does, without secrets', () => {
  const redirected = (redirectURL: string) =>
    toNetworkRequest({ ...ENTRY, response: { ...ENTRY.response, status: 302, redirectURL } })?.redirectUrl
  expect(redirected('/b?code=s3cret')).toBe('https://shop.example/b?code=REDACTED')
  expect(redirected('http://[')).toBeUndefined()
})

test('truncates long URLs and other texts', () => {
  const url = `data:text/plain,${'x'.repeat(1_000_000)}`
  expect(JSON.stringify(toNetworkRequest({ ...ENTRY, request: { url } })).length).toBeLessThan(20_000)
  const long = 'x'.repeat(1_000_000)
  const callFrames = [{ functionName: long, url: 'https://shop.example/' }]
  const found = toNetworkRequest({
    ...ENTRY,
    request: { url: 'https://shop.example/', method: long },
    response: { status: 200, httpVersion: long, _error: long, content: { mimeType: long } },
    _resourceType: long,
    _initiator: { type: long, stack: { callFrames } },
  })
  expect(JSON.stringify(found).length).toBeLessThan(10_000)
})

test('keeps the innermost frames of the stack of what made the request', () => {
  const frame = (i: number) => ({ functionName: `f${i}`, url: 'https://shop.example/a.js?key=s3cret', lineNumber: i })
  const parent = { callFrames: Array.from({ length: 40 }, (_, i) => frame(i + 2)) }
  const stack = { callFrames: [frame(0), { ...frame(1), functionName: '' }], parent }
  const found = toNetworkRequest({ ...ENTRY, _initiator: { type: 'script', stack } })?.initiator
  expect(found?.stack).toHaveLength(20)
  expect(found?.stack?.slice(0, 2)).toEqual([
    'f0 https://shop.example/a.js?key=REDACTED:1:1',
    '(anonymous) https://shop.example/a.js?key=REDACTED:2:1',
  ])
})

test('leaves the page script out of the stack, wherever it stands, and out of the number that is kept', () => {
  const own = [
    'perf://perf/node_modules/perf-page-script.js',
    'chrome-extension://dbaomjlhjkkcpflehkinlkcholhogmmc/injected/main.js',
    'moz-extension://6f5ba2c4-0d2e-4b0e-9d3b-2f9a1d3c4e5f/injected/main.js',
  ].map(url => ({ functionName: 'apply', url, lineNumber: 0, columnNumber: 1193 }))
  const page = (i: number) => ({ functionName: `f${i}`, url: 'https://shop.example/a.js', lineNumber: i })
  const last = { callFrames: Array.from({ length: 18 }, (_, i) => page(i + 2)) }
  const parent = { callFrames: own, parent: { callFrames: [...own, page(1), ...own], parent: last } }
  const stack = { callFrames: [...own, page(0)], parent }
  const found = toNetworkRequest({ ...ENTRY, _initiator: { type: 'script', stack } })?.initiator
  expect(found?.stack).toEqual(Array.from({ length: 20 }, (_, i) => `f${i} https://shop.example/a.js:${i + 1}:1`))
  const alone = toNetworkRequest({ ...ENTRY, _initiator: { type: 'script', stack: { callFrames: own } } })
  expect(alone?.initiator).toEqual({ type: 'script' })
})

test.each<[string, HarEntry]>([
  ['nothing', {}],
  ['no URL', { ...ENTRY, request: { method: 'GET' } }],
  ['no start', { ...ENTRY, startedDateTime: 'today' }],
])('is nothing of %s', (_, entry) => {
  expect(toNetworkRequest(entry)).toBeUndefined()
})

test('knows what waits for its response', () => {
  const waiting: HarEntry = { ...ENTRY, time: 0, response: { status: 0 } }
  expect(isUnanswered(waiting)).toBe(true)
  expect(isUnanswered(ENTRY)).toBe(false)
  expect(isUnanswered({ ...waiting, response: { status: 0, _error: 'net::ERR_FAILED' } })).toBe(false)
  for (const [type, isCall] of [
    ['xhr', true],
    ['ping', true],
    ['eventsource', true],
    ['image', false],
    ['websocket', false],
  ] as const) {
    expect(isUnanswered({ ...waiting, _resourceType: type })).toBe(isCall)
  }
})

test('keeps out what the user has called secret, wherever it stands', () => {
  const url = 'https://shop.example/api?voucher=s3cret'
  const stack = { callFrames: [{ functionName: 'load', url, lineNumber: 1, columnNumber: 2 }] }
  const request = toNetworkRequest(
    {
      ...ENTRY,
      request: { url },
      response: { status: 302, redirectURL: '/b?voucher=s3cret' },
      _initiator: { type: 'script', stack },
    },
    'voucher',
  )
  expect(JSON.stringify(request)).not.toContain('s3cret')
  expect(request?.initiator?.stack).toEqual(['load https://shop.example/api?voucher=REDACTED:2:3'])
})
