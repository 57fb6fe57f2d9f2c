import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../../../model/numbers.ts'
import type { SessionModel } from '../../../../../model/session/session-model.ts'
import type { SessionFile } from '../../../../../session/format.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { richSessionFile } from '../../../../support/rich-session.ts'
import { anySession } from '../any-session.ts'
import { imported, problemOf } from '../session/imported.ts'
import { writtenText } from '../written.ts'

const opened = (file: object | string) => imported(new Blob([typeof file === 'string' ? file : JSON.stringify(file)]))
const asFile = (session: SessionModel) => JSON.parse(writtenText(session, 'perf')) as SessionFile

test('session to HAR to session keeps what HAR can hold', async () => {
  const session = richSessionFile(200)
  const again = await opened(writtenText(await opened(session), 'har'))
  const file = asFile(again)
  expect(schemaErrors(file)).toEqual([])
  const requests = session.operations.filter(({ http, connection }) => http ?? connection)
  expect(file.operations).toHaveLength(requests.length)
  for (const [i, { startTime, kind, outcome, duration, http, connection }] of requests.entries()) {
    const found = file.operations[i]
    expect(found).toMatchObject({ kind, outcome })
    expect(Math.abs((found?.startTime ?? 0) - startTime)).toBeLessThan(0.001)
    expect(found?.http?.url).toBe(http?.url)
    expect(found?.http?.status).toBe(http?.status)
    expect(found?.http?.transferSize).toBe(http?.transferSize)
    expect(found?.http?.fromCache).toBe(http?.fromCache)
    expect(found?.connection?.messagesIn).toBe(connection?.messagesIn)
    expect(found?.connection?.closeCode).toBe(connection?.closeCode)
    expect(found?.connection?.closeReason).toBe(connection?.closeReason)
    if (duration === undefined) continue
    expect(Math.abs((found?.duration ?? 0) - duration)).toBeLessThan(0.001)
  }
  expect(file.networkRequests).toHaveLength(session.networkRequests.length)
  expect(file.marks.map(({ time }) => time)).toEqual(session.marks.slice(0, 1).map(({ time }) => time))
  expect(again.origin).toBe('har')
})

test('what a HAR file says is a valid session, whatever session it was written from', async () => {
  await fc.assert(
    fc.asyncProperty(anySession, async given => {
      const har = writtenText(await opened(given), 'har')
      const file = asFile(await opened(har))
      expect(schemaErrors(file)).toEqual([])
      // Once more, nothing is lost.
      expect(asFile(await opened(writtenText(await opened(har), 'har'))).operations.length).toBe(file.operations.length)
    }),
    { numRuns: 15 },
  )
})

test('keeps the priority of a request, and no secrets of a close reason', async () => {
  const entries = [
    { startedDateTime: started, time: 5, request, response: {}, _resourceType: 'fetch', _priority: 'VeryHigh' },
    {
      ...{ startedDateTime: started, time: 5, response: {} },
      request: { ...request, url: 'wss://shop.example/s' },
      _messages: { closeReason: 'see https://shop.example/login?token=s3cretvalue' },
    },
  ]
  const first = await opened(log(entries))
  for (const session of [first, await opened(writtenText(first, 'har'))]) {
    const [fetched, socket] = asFile(session).operations
    expect(fetched?.http?.devtools?.priority).toBe('VeryHigh')
    expect(socket?.connection?.closeReason).toBe('see https://shop.example/login?token=REDACTED')
  }
})

const request = { method: 'GET', url: 'https://shop.example/api?token=s3cretvalue', headers: [], cookies: [] }
const started = '2026-11-23T12:00:00.123Z'
const log = (entries: unknown[], more: object = {}) => ({
  log: { version: '1.2', creator: { name: 'Charles Proxy', version: '5.0' }, entries, ...more },
})

test.each<[string, object, string, string]>([
  ['Chrome’s type', { _resourceType: 'xhr' }, 'xhr', 'ok'],
  ['Playwright’s type', { _resourceType: 'Fetch' }, 'fetch', 'ok'],
  [
    'Firefox’s headers',
    { request: { ...request, headers: [{ name: 'Sec-Fetch-Dest', value: 'empty' }] } },
    'fetch',
    'ok',
  ],
  [
    'jQuery’s header',
    { request: { ...request, headers: [{ name: 'x-requested-with', value: 'XMLHttpRequest' }] } },
    'xhr',
    'ok',
  ],
  ['JSON', { response: { status: 404, content: { mimeType: 'application/json; charset=utf-8' } } }, 'fetch', 'failed'],
  ['a WebSocket', { request: { ...request, url: 'wss://shop.example/s' } }, 'websocket', 'ok'],
  ['an event stream', { response: { status: 200, content: { mimeType: 'text/event-stream' } } }, 'eventsource', 'ok'],
  [
    'a cancelled one',
    { _resourceType: 'fetch', response: { status: 0, _error: 'net::ERR_ABORTED' } },
    'fetch',
    'cancelled',
  ],
  ['a failed one', { _resourceType: 'fetch', response: { status: 0, _error: 'net::ERR_FAILED' } }, 'fetch', 'failed'],
  ['one that runs', { _resourceType: 'fetch', time: 0, response: { status: 0 } }, 'fetch', 'pending'],
  [
    'one whose status Firefox does not know yet',
    { _resourceType: 'fetch', response: { status: 0, headers: [{ name: 'Date', value: 'Mon' }] } },
    'fetch',
    'pending',
  ],
  ['null as status and time', { _resourceType: 'fetch', time: null, response: { status: null } }, 'fetch', 'pending'],
])('knows %s', async (_, change, kind, outcome) => {
  const entry = {
    startedDateTime: started,
    time: 30,
    request,
    response: { status: 200 },
    timings: { wait: 25, receive: 5 },
  }
  const { operations } = asFile(await opened(log([{ ...entry, ...change }])))
  expect(operations).toMatchObject([{ kind, outcome }])
})

test('an icon within the page is no call', async () => {
  const entry = { startedDateTime: started, time: 0, response: { status: 200, content: { mimeType: 'text/plain' } } }
  const urls = ['data:,', 'blob:https://shop.example/1']
  const { operations, networkRequests } = asFile(
    await opened(log(urls.map(url => ({ ...entry, request: { ...request, url } })))),
  )
  expect(operations).toEqual([])
  expect(networkRequests.map(({ url }) => url)).toEqual(urls)
})

test('documents, images and the like are requests that only DevTools saw', async () => {
  const entry = { startedDateTime: started, time: 30, request, response: { status: 200 }, timings: {} }
  const html = { ...entry, response: { status: 200, content: { mimeType: 'text/html' } } }
  const { operations, networkRequests } = asFile(await opened(log([html, { ...entry, _resourceType: 'image' }])))
  expect(operations).toEqual([])
  expect(networkRequests.map(({ type }) => type)).toEqual(['document', 'image'])
})

test('connections are counted, and are in no statistic of durations', async () => {
  const entry = { startedDateTime: started, request, response: { status: 200, content: {} }, timings: {} }
  const file = asFile(
    await opened(
      log([
        { ...entry, time: 20, _resourceType: 'fetch' },
        { ...entry, time: 60_000, _resourceType: 'websocket' },
        { ...entry, time: 90_000, _resourceType: 'eventsource' },
      ]),
    ),
  )
  expect(file.metrics).toMatchObject({ totalOperations: 3, averageDuration: 20, maxDuration: 20, p95: 20 })
})

test.each([
  // By the specification `ssl` is within `connect`; Firefox has them apart, and adds both to the time.
  ['Chrome', { blocked: 2, dns: 3, connect: 30, ssl: 20, send: 1, wait: 40, receive: 4 }, 80, 30],
  ['Firefox', { blocked: 2, dns: 3, connect: 10, ssl: 20, send: 1, wait: 40, receive: 4 }, 80, 30],
  [
    'Firefox, in a connection that was open',
    { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 50, receive: 1 },
    51,
    0,
  ],
  ['Charles, where TLS is not known', { dns: 3, connect: 10, ssl: -1, send: 1, wait: 40, receive: 4 }, 58, 10],
])('the phases of %s are those of the network', async (program, timings, time, connect) => {
  const entry = { startedDateTime: started, time, request, response: { status: 200 }, timings, _resourceType: 'fetch' }
  const creator = { name: program.split(',', 1)[0], version: '1' }
  const [operation] = asFile(await opened(log([entry], { creator }))).operations
  expect(operation).toMatchObject({ duration: time, http: { phases: { connect } } })
})

test('takes the size of the headers out of the bodies of Firefox', async () => {
  const sizes = (headersSize: number, bodySize: number) => ({
    status: 200,
    headersSize,
    bodySize,
    content: { size: 24 },
  })
  const responses = [sizes(203, 227), sizes(203, 0), sizes(-1, 500), sizes(203, -1)]
  const entries = responses.map(response => {
    return { startedDateTime: started, time: 5, request, response, timings: {}, _resourceType: 'fetch' }
  })
  const creator = { name: 'Firefox', version: '153.8.0' }
  const { operations } = asFile(await opened(log(entries, { creator })))
  expect(operations.map(({ http }) => [http?.transferSize, http?.encodedBodySize, http?.decodedBodySize])).toEqual([
    [227, 24, 24],
    [0, 0, 24],
    [500, 500, 24],
    [undefined, undefined, 24],
  ])
})

test('Safari: knows the caches, counts no phase twice, and opens a page that was there before', async () => {
  const phases = (blocked: number, dns: number, connect: number, send: number) => {
    return { blocked, dns, connect, ssl: -1, send, wait: 40, receive: 4 }
  }
  const open = phases(2, -1, -1, 2)
  const responses: [fetchType: string, timings: object][] = [
    ['Network Load', open],
    ['Network Load', phases(2, 3, 10, 1)],
    ['Network Load', phases(2, -1, -1, 0.5)],
    ['Memory Cache', open],
    ['Disk Cache', open],
    ['Service Worker', open],
  ]
  const entries = responses.map(([_fetchType, timings]) => {
    const response = { status: 200, content: { mimeType: 'application/json', size: 24, compression: 0 } }
    return { pageref: 'page_0', startedDateTime: started, time: 60, request, response, timings, cache: {}, _fetchType }
  })
  const session = await opened(
    log(entries, {
      creator: { name: 'WebKit Web Inspector', version: '20621.1.15' },
      pages: [{ startedDateTime: '', id: 'page_0', title: 'https://shop.example/cart', pageTimings: {} }],
    }),
  )
  expect(session.documents.all).toMatchObject([{ url: 'https://shop.example/cart', timeOrigin: Date.parse(started) }])
  const { operations, marks } = asFile(session)
  // No navigation was recorded.
  expect(marks).toEqual([])
  expect(operations.map(({ http }) => http?.phases)).toEqual([
    { queued: 2, wait: 40, receive: 4 },
    { queued: 2, dns: 3, connect: 10, send: 1, wait: 40, receive: 4 },
    { queued: 2, send: 0.5, wait: 40, receive: 4 },
    { queued: 2, wait: 40, receive: 4 },
    { queued: 2, wait: 40, receive: 4 },
    { queued: 2, wait: 40, receive: 4 },
  ])
  expect(operations.map(({ http }) => [http?.fromCache, http?.devtools?.cache, http?.serviceWorker])).toEqual([
    [undefined, undefined, undefined],
    [undefined, undefined, undefined],
    [undefined, undefined, undefined],
    [true, 'memory', undefined],
    [true, 'disk', undefined],
    [undefined, undefined, true],
  ])
})

test('Charles: takes null for a text, dates of other time zones, bodies in Base64, and no pages', async () => {
  const response = {
    _charlesStatus: 'COMPLETE',
    status: 200,
    statusText: null,
    httpVersion: 'HTTP/2.0',
    redirectURL: null,
    cookies: [],
    headers: [{ name: ':status', value: '200' }],
    content: {
      size: 18,
      mimeType: 'application/json; charset=utf-8',
      text: btoa('private answer'),
      encoding: 'base64',
    },
    headersSize: 0,
    bodySize: 12,
  }
  const timings = { dns: -1, connect: -1, ssl: -1, send: 1, wait: 50, receive: 7 }
  const entry = { time: 58, request, response, serverIPAddress: '203.0.113.7', cache: {}, timings }
  const dates = ['2026-11-23T12:00:00.123Z', '2026-11-23T13:00:00.123+01:00', '2026-11-22T20:30:00.123-15:30']
  const file = asFile(await opened(log(dates.map(startedDateTime => ({ ...entry, startedDateTime })))))
  expect(file.operations).toHaveLength(dates.length)
  for (const operation of file.operations) {
    expect(operation).toMatchObject({ kind: 'fetch', outcome: 'ok', startTime: Date.parse(started), duration: 58 })
    expect(operation.http).toMatchObject({
      status: 200,
      encodedBodySize: 12,
      decodedBodySize: 18,
      protocol: 'HTTP/2.0',
    })
    expect(operation.http?.devtools?.redirectUrl).toBeUndefined()
  }
  expect(JSON.stringify(file)).not.toContain(btoa('private answer'))
})

test('counts the bytes of messages, not the characters that a file writes for them', async () => {
  const messages = [
    { type: 'send', opcode: 1, data: 'caf\u00e9' },
    { type: 'receive', opcode: 2, data: btoa('12345') },
    { type: 'receive', opcode: 2, data: btoa('123456') },
    { type: 'receive', opcode: 1, data: '\u{1f600}' },
    { type: 'error', data: 'closed' },
  ]
  const entry = { startedDateTime: started, time: 5, request, response: {}, _resourceType: 'websocket' }
  const [socket] = asFile(await opened(log([{ ...entry, _webSocketMessages: messages }]))).operations
  expect(socket?.connection).toMatchObject({ messagesOut: 1, bytesOut: 5, messagesIn: 3, bytesIn: 15 })
})

test('an entry that names no page belongs to the last one before it, however many and in whatever order they are', async () => {
  const count = 5_000
  const startOf = (i: number) => new Date(Date.parse(started) + i * 10).toISOString()
  const pages = Array.from({ length: count }, (_, i) => {
    const page = (i * 7_919) % count
    return { id: `p${page}`, startedDateTime: startOf(page), title: `https://shop.example/${page}`, pageTimings: {} }
  })
  const entries = Array.from({ length: count }, (_, i) => {
    return { startedDateTime: startOf(i + 0.5), time: 1, request, response: { status: 200 }, _resourceType: 'fetch' }
  })
  const session = await opened(log(entries, { pages }))
  const urlOf = (row: number) => session.documents.get(session.operations.document.get(row as Row))?.url
  for (const i of [0, 1, 777, count - 1]) expect(urlOf(i)).toBe(`https://shop.example/${i}`)
  expect(session.marks).toHaveLength(count)
})

test('keeps no header, no body and no secret', async () => {
  const headers = [
    { name: 'Authorization', value: 'Bearer abcdefghij' },
    { name: 'Cookie', value: 'sid=123456' },
  ]
  const entry = {
    startedDateTime: started,
    time: 30,
    request: { ...request, headers, postData: { text: 'password=hunter22' } },
    response: { status: 200, headers, content: { text: 'private answer', mimeType: 'application/json' } },
    timings: { wait: 30 },
  }
  const text = JSON.stringify(asFile(await opened(log([entry]))))
  for (const secret of ['abcdefghij', '123456', 'hunter22', 'private answer', 's3cretvalue']) {
    expect(text).not.toContain(secret)
  }
})

test('pages may come after the entries', async () => {
  const page = {
    id: 'p1',
    startedDateTime: '2026-11-23T12:00:00.000Z',
    title: 'https://shop.example/cart',
    pageTimings: {},
  }
  const entry = {
    startedDateTime: started,
    time: 30,
    request,
    response: { status: 200 },
    timings: {},
    pageref: 'p1',
    _resourceType: 'xhr',
  }
  const session = await opened({ log: { entries: [entry], pages: [page], creator: { name: 'x', version: '1' } } })
  expect(session.documents.all).toMatchObject([{ url: 'https://shop.example/cart' }])
  expect(session.operations.nameOf(0 as Row)).toBe('GET /api')
  expect(session.operations.length).toBe(1)
})

test.each(['Firefox', 'WebKit Web Inspector'])('%s may be named after the entries', async name => {
  const timings = { blocked: 2, dns: -1, connect: -1, ssl: 20, send: 2, wait: 40, receive: 4 }
  const entry = {
    startedDateTime: started,
    time: 48,
    request,
    response: { status: 200 },
    timings,
    _resourceType: 'xhr',
  }
  const [creator, entries] = [{ name, version: '1' }, [entry]]
  const file = asFile(await opened({ log: { entries, version: '1.2', creator } }))
  expect(file).toEqual(asFile(await opened({ log: { version: '1.2', creator, entries } })))
  expect(file.operations).toHaveLength(1)
})

const good = JSON.stringify(
  log([{ startedDateTime: started, time: 30, request, response: { status: 200 }, timings: { wait: 30 } }], {
    pages: [],
  }),
)
const entryWith = (change: object) => {
  const entry = { startedDateTime: started, time: 30, request, response: { status: 200 }, timings: { wait: 30 } }
  return JSON.stringify(log([{ ...entry, ...change }]))
}

test.each<[string, string, string]>([
  ['the first half', good.slice(0, good.length / 2), 'cut off'],
  ['all but the end', good.slice(0, -1), 'cut off'],
  ['two of it', good + good, '{ where the end should be'],
  ['log as a list after an object', '{"log":{"entries":[]},"log":[]}', 'log must be an object'],
  ['log as a text after an object', '{"log":{"entries":[]},"log":"x"}', 'log must be an object'],
  ['text after the end', `${good}x`, 'where the end should be'],
  ['log twice', `${good.slice(0, -1)},"log":{}}`, 'log must be an object'],
  ['no entries', '{"log":{"version":"1.2"}}', 'log.entries is missing'],
  ['an empty log', '{"log":{}}', 'log.entries is missing'],
  ['entries as an object', '{"log":{"entries":{}}}', 'log.entries must be an array'],
  ['entries as null', '{"log":{"entries":null}}', 'log.entries must be an array'],
  ['entries twice', '{"log":{"entries":[],"entries":[]}}', 'entries appears twice'],
  ['pages as a text', '{"log":{"pages":"x","entries":[]}}', 'log.pages must be an array'],
  ['pages twice', '{"log":{"pages":[],"pages":[],"entries":[]}}', 'pages appears twice'],
  ['a page that is a number', '{"log":{"pages":[3],"entries":[]}}', 'log.pages[0] must be an object'],
  ['a page without a date', '{"log":{"pages":[{}],"entries":[]}}', 'log.pages[0].startedDateTime must be a date'],
  ['an entry that is a text', '{"log":{"entries":["x"]}}', 'log.entries[0] must be an object'],
  ['an entry that is null', '{"log":{"entries":[null]}}', 'log.entries[0] must be an object'],
  ['an entry that is a list', '{"log":{"entries":[[]]}}', 'log.entries[0] must be an object'],
  ['no request', entryWith({ request: undefined }), 'log.entries[0].request must be an object'],
  ['a request that is a text', entryWith({ request: 'GET' }), 'log.entries[0].request must be an object'],
  ['no response', entryWith({ response: null }), 'log.entries[0].response must be an object'],
  ['no URL', entryWith({ request: { method: 'GET' } }), 'log.entries[0].request.url must be a string'],
  ['a URL that is a number', entryWith({ request: { url: 1 } }), 'log.entries[0].request.url must be a string'],
  ['no date', entryWith({ startedDateTime: undefined }), 'log.entries[0].startedDateTime must be a string'],
  ['a date that is a number', entryWith({ startedDateTime: 5 }), 'log.entries[0].startedDateTime must be a string'],
  ['a date that is none', entryWith({ startedDateTime: 'yesterday' }), 'log.entries[0].startedDateTime must be a date'],
  ['a time that is a text', entryWith({ time: '30 ms' }), 'log.entries[0].time must be a number'],
  ['NaN', entryWith({}).replace('"time":30', '"time":NaN'), "isn't JSON"],
  ['a broken entry', good.replace('"status":200', '"status":200,,'), "isn't JSON"],
  ['deep nesting', entryWith({}).replace('"time":30', `"x":${'['.repeat(1e5)}${']'.repeat(1e5)}`), 'nested deeper'],
  ['a missing comma', good.replace(',"entries"', '"entries"'), "isn't JSON"],
  ['no UTF-8', good.replace('Charles', '\ud83d'), 'none'],
])('%s', async (_, file, problem) => {
  const found = await problemOf(file)
  expect(found).toContain(problem)
  if (problem !== 'none') expect(found).toMatch(/^ImportError: isn't a valid HAR file: /)
})

test('a damaged file opens, or there is a message; what opens is a valid session', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 3 })
  const whole = writtenText(await opened(richSessionFile(20)), 'har')
  await fc.assert(
    fc.asyncProperty(damage, async places => {
      let file = whole
      for (const [at, gone, put] of places) {
        file = file.slice(0, at % file.length) + put + file.slice((at % file.length) + gone)
      }
      const problem = await problemOf(file)
      expect(problem).toMatch(/^none$|^ImportError: /)
      if (problem === 'none') expect(schemaErrors(asFile(await opened(file)))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('any value at any place of an entry or a page opens as a valid session, or there is a message', async () => {
  const { log: given } = JSON.parse(writtenText(await opened(richSessionFile(3)), 'har')) as {
    log: { entries: object[]; pages: object[] }
  }
  const parts = { entries: [{ ...given.entries[1], _fetchType: 'Disk Cache' }], pages: given.pages.slice(0, 1) }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('Perf', 'Firefox', 'WebKit Web Inspector'),
      fc.constantFrom(...pathsOf(parts)),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(-1, 1e300, 1e15, 2 ** 60, '', 'x'.repeat(200_000))),
      async (name, path, value) => {
        const changed = structuredClone(parts) as Record<string, unknown>
        let owner = changed
        for (const key of path.slice(0, -1)) owner = owner[key] as Record<string, unknown>
        owner[path.at(-1) as string] = value
        const file = JSON.stringify({ log: { version: '1.2', creator: { name, version: '1' }, ...changed } })
        const problem = await problemOf(file)
        expect(problem).toMatch(/^none$|^ImportError: /)
        if (problem === 'none') expect(schemaErrors(asFile(await opened(file)))).toEqual([])
      },
    ),
    { numRuns: 80 },
  )
})

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, each]) => [[...path, name], ...pathsOf(each, [...path, name])])
}
