import '../page-globals.ts'

import { afterEach, expect, test } from 'vitest'
import type { CheckedNews } from '../../../../injected/guarded-source.ts'
import { takeCallStacks } from '../../../../injected/requests/call-stack.ts'
import { logFetch } from '../../../../injected/requests/request-call.ts'
import {
  createRequestSource,
  MAX_IN_FLIGHT_REQUESTS,
  MAX_UNSENT_REQUESTS,
} from '../../../../injected/requests/request-source.ts'
import { resolveAgainstBase, resolveInEncoding } from '../../../../injected/requests/resolve-url.ts'
import { httpDetailOf } from '../../../../model/session/row-detail.ts'
import { KINDS, OUTCOMES } from '../../../../wire/operations.ts'
import { END_REASONS } from '../../../../wire/reason-codes.ts'
import { END_REASON_BITS } from '../../../../wire/request-columns.ts'
import { finished } from '../../model/operation-rows.ts'
import { PageLink, pageEncoding, pageUrl } from '../page-globals.ts'

const open: { stop(): void }[] = []
afterEach(() => {
  for (const source of open.splice(0)) source.stop()
})

function createSource() {
  const source = createRequestSource()
  open.push(source)
  return source
}

/** Of a copy, as the relay gets it. */
function rowsOf(news: CheckedNews) {
  const { operations } = structuredClone(news)
  if (!operations) return []
  const details = new Map(operations.details)
  return Array.from(operations.id, (id, i) => ({
    id,
    kind: KINDS[operations.kind[i] as number],
    outcome: OUTCOMES[operations.outcome[i] as number],
    duration: operations.duration[i],
    ...details.get(i),
    http: httpDetailOf(finished(operations), i),
    endUnknown: END_REASONS[(operations.requests?.state[i] ?? 0) & END_REASON_BITS],
  }))
}

const fetchOf = (source: ReturnType<typeof createSource>, input: unknown, init?: unknown): void =>
  logFetch(source, input, init, 10, 11)

test('reports method and URL of requests as the page gave them, and resolves relative URLs', () => {
  const source = createSource()
  fetchOf(source, 'users?page=1')
  fetchOf(source, new URL('https://other.example/a?token=s3cret'), { method: 'post' })
  fetchOf(source, new Request('https://page.example/b', { method: 'DELETE' }))
  const rows = rowsOf(source.read(10))
  expect(rows.map(({ http }) => [http?.method, http?.url])).toEqual([
    ['GET', 'https://page.example/app/users?page=1'],
    ['post', 'https://other.example/a?token=s3cret'],
    ['DELETE', 'https://page.example/b'],
  ])
  expect(rows.every(({ outcome }) => outcome === 'pending')).toBe(true)
})

test('resolves a URL as the page meant it when it called', () => {
  const source = createSource()
  const before = pageUrl.current
  for (const url of [
    'x',
    '',
    '?q',
    '#h',
    'ab/c',
    '../up',
    'much/longer',
    '/root',
    '//host/',
    'blob:x',
    'https://other.example/',
  ]) {
    fetchOf(source, url)
  }
  pageUrl.current = 'https://page.example/elsewhere/page'
  const urls = rowsOf(source.read(20)).map(({ http }) => http?.url)
  pageUrl.current = before
  expect(urls).toEqual([
    `${before}x`,
    before,
    `${before}?q`,
    `${before}#h`,
    `${before}ab/c`,
    'https://page.example/up',
    `${before}much/longer`,
    'https://page.example/root',
    'https://host/',
    'blob:x',
    'https://other.example/',
  ])
})

class VersionedUrl extends URL {
  override toString(): string {
    return `${this.href}?v=2`
  }
}
const url = (more: PropertyDescriptorMap): URL => Object.defineProperties(new URL('https://page.example/own'), more)

test.each<[string, unknown, string]>([
  ['a URL', new URL('https://page.example/plain'), 'https://page.example/plain'],
  [
    'a URL of a class that adds nothing',
    new (class extends URL {})('https://page.example/plain'),
    'https://page.example/plain',
  ],
  ['a URL of a class with a toString', new VersionedUrl('https://page.example/own'), ''],
  ['a URL with a toString', url({ toString: { value: () => '/other' } }), ''],
  ['a URL with a getter for it', url({ toString: { get: () => () => '/other' } }), ''],
  ['a URL with a toPrimitive', url({ [Symbol.toPrimitive]: { value: () => '/other' } }), ''],
  ['a URL without a prototype', Object.setPrototypeOf(new URL('https://page.example/own'), null), ''],
  ['a link with a toString', Object.assign(new PageLink(), { href: '/linked', toString: () => '/other' }), ''],
  ['a String object with a toString', Object.assign(new String('/boxed'), { toString: () => '/other' }), ''],
  ['the location', Reflect.get(globalThis, 'location'), 'https://page.example/app/'],
  ['a link', Object.assign(new PageLink(), { href: '/linked' }), 'https://page.example/linked'],
  ['a String object', new String('/boxed'), 'https://page.example/boxed'],
  ['a number', 42, 'https://page.example/app/42'],
  ['nothing', undefined, 'https://page.example/app/undefined'],
  ['an object of the page', { toString: () => '/page' }, ''],
  ['a symbol', Symbol('url'), ''],
])('reads the URL that stands in %s', (_, input, url) => {
  const source = createSource()
  fetchOf(source, input)
  expect(rowsOf(source.read(1)).map(({ http }) => http?.url)).toEqual([url])
})

test('reads the method that is sent, and leaves it unknown where reading it would run page code', () => {
  class Options {
    method = 'PUT'
  }
  class Getters {
    get method(): string {
      throw new Error('ran')
    }
  }
  const source = createSource()
  const inits: unknown[] = [
    new Request('https://page.example/b', { method: 'DELETE' }),
    Object.create({ method: 'PATCH' }),
    Object.create(new Options()),
    { method: undefined },
    { method: 7 },
    null,
    new Getters(),
    { method: new String('POST') },
    Object.create(Request.prototype),
    revoked(),
  ]
  for (const init of inits) fetchOf(source, '/a', init)
  fetchOf(source, new Request('https://page.example/b', { method: 'DELETE' }), { method: undefined })
  expect(rowsOf(source.read(20)).map(({ http }) => http?.method)).toEqual([
    ...['DELETE', 'PATCH', 'PUT', 'GET', '7', 'GET'],
    ...['', '', '', ''],
    'DELETE',
  ])
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

test('reads options that are inherited, and those of a Request that stands for them', () => {
  const source = createSource()
  const aborted = AbortSignal.abort()
  for (const init of [
    Object.create({ signal: aborted }),
    Object.create(Object.create({ redirect: 'manual' })),
    new Request('https://page.example/b', { redirect: 'manual', keepalive: true }),
    { keepalive: 1 },
    { signal: null },
  ]) {
    fetchOf(source, '/a', init)
  }
  fetchOf(source, new Request('https://page.example/b', { signal: aborted }), { signal: null })
  const rows = rowsOf(source.read(10))
  expect(rows.map(({ outcome }) => outcome)).toEqual(['cancelled', ...Array(5).fill('pending')])
  expect(rows.map(({ http }) => http?.redirect)).toEqual([undefined, 'manual', 'manual', ...Array(3).fill(undefined)])
  expect(rows.map(({ http }) => http?.keepalive)).toEqual([undefined, undefined, true, true, undefined, undefined])
})

test.each([
  'localhost:3000/api',
  'ftp://host/file',
  'about:blank',
  'file:///etc/hosts',
  'mailto:me@page.example',
  'ws://page.example/',
  'web+shop:cart',
])('fetch makes no request of %s, and fails', url => {
  const source = createSource()
  fetchOf(source, url)
  expect(rowsOf(source.read(1))).toMatchObject([
    { outcome: 'failed', duration: 1, error: { name: 'TypeError', code: 'unsupported-scheme' } },
  ])
})

test.each(['data:,x', 'blob:https://page.example/1', 'chrome-extension://id/page', 'moz-extension://id/page'])(
  'fetch may load %s',
  url => {
    const source = createSource()
    fetchOf(source, url)
    expect(rowsOf(source.read(1))).toMatchObject([{ outcome: 'pending' }])
  },
)

test.each([
  ['windows-1252', 'é?é', '%E9'],
  ['ISO-8859-1', 'https://page.example/?é', '%E9'],
  ['UTF-8', 'é?é', '%C3%A9'],
])('writes a query of an XHR or a beacon as it is sent from a page in %s', (encoding, url, written) => {
  const { current } = pageEncoding
  pageEncoding.current = encoding
  const query = new URL(resolveInEncoding(url), pageUrl.current).search
  const fetched = new URL(resolveAgainstBase(url), pageUrl.current).search
  pageEncoding.current = current
  expect([query, fetched]).toEqual([`?${written}`, '?%C3%A9'])
})

test('reports a request with an invalid URL, and the others beside it', () => {
  const source = createSource()
  fetchOf(source, '/before')
  fetchOf(source, 'http://[?token=s3cret')
  fetchOf(source, 'https://bob:s3cret@host:99999/')
  fetchOf(source, '/after')
  const rows = rowsOf(source.read(10))
  expect(rows.map(({ outcome, duration }) => [outcome, duration])).toEqual([
    ['pending', Number.NaN],
    ['failed', 1],
    ['failed', 1],
    ['pending', Number.NaN],
  ])
})

test('keeps neither the data of a data: URL nor a path without end', () => {
  const source = createSource()
  fetchOf(source, `data:text/plain,${'x'.repeat(1_000_000)}`)
  fetchOf(source, `/${'x'.repeat(1_000_000)}`)
  const { operations } = source.read(10)
  expect(JSON.stringify([operations?.requests?.urls, operations?.details]).length).toBeLessThan(50_000)
})

test('takes a request aborted beforehand for cancelled', () => {
  const source = createSource()
  fetchOf(source, '/a', { signal: AbortSignal.abort() })
  expect(rowsOf(source.read(10))).toMatchObject([{ outcome: 'cancelled', duration: 1 }])
})

test('runs no code of the page to know a request', () => {
  const source = createSource()
  const trap = (): never => {
    throw new Error('ran')
  }
  fetchOf(source, {
    toString: trap,
    get url() {
      return trap()
    },
  })
  fetchOf(source, '/a', {
    get method() {
      return trap()
    },
    get signal() {
      return trap()
    },
  })
  fetchOf(source, new Proxy({}, { get: trap, getPrototypeOf: trap }))
  const rows = rowsOf(source.read(10))
  expect(rows.map(({ http }) => http?.url)).toEqual(['', 'https://page.example/a', ''])
  expect(rows[0]?.endUnknown).toBe('url-unreadable')
})

test('reports a call once if it ends before it is read, and twice if it ends later', () => {
  const source = createSource()
  let news = 0
  source.listen(() => news++)
  fetchOf(source, '/a', { signal: AbortSignal.abort() })
  expect(news).toBe(1)
  expect(rowsOf(source.read(10))).toHaveLength(1)
  expect(rowsOf(source.read(10))).toHaveLength(0)
})

test('reads at most what is asked for, and says that there is more', () => {
  const source = createSource()
  for (let i = 0; i < 5; i++) fetchOf(source, `/${i}`)
  const first = source.read(3)
  expect([rowsOf(first).length, first.more]).toEqual([3, true])
  const second = source.read(3)
  expect([rowsOf(second).length, second.more]).toEqual([2, false])
})

test('counts the calls that it could not keep', () => {
  const source = createSource()
  for (let i = 0; i < MAX_UNSENT_REQUESTS + 7; i++) fetchOf(source, '/a')
  const news = source.read(MAX_UNSENT_REQUESTS * 2)
  expect(rowsOf(news).length + news.lost).toBeGreaterThanOrEqual(MAX_UNSENT_REQUESTS + 7)
  expect(source.read(1).lost).toBe(0)
})

test('reports the id alone of a request that was sent as pending and is abandoned', () => {
  const source = createSource()
  for (let i = 0; i < MAX_IN_FLIGHT_REQUESTS; i++) fetchOf(source, `/${i % 7}`)
  expect(source.read(MAX_UNSENT_REQUESTS).operations?.requests?.abandoned).toBeUndefined()
  for (let i = 0; i < 3; i++) fetchOf(source, '/more')
  const { operations } = source.read(MAX_UNSENT_REQUESTS)
  expect([...(operations?.id ?? [])]).toEqual([1, 2, 3].map(i => MAX_IN_FLIGHT_REQUESTS + i))
  expect([...(operations?.requests?.abandoned ?? [])]).toEqual([1, 2, 3])
  expect(operations?.requests?.state.every(bits => bits === 0)).toBe(true)
})

test('reports the id of each abandoned request once, however little is read at a time', () => {
  const source = createSource()
  for (let i = 0; i < MAX_IN_FLIGHT_REQUESTS; i++) fetchOf(source, '/a')
  source.read(MAX_UNSENT_REQUESTS)
  const sent: number[] = []
  for (let more = 1; more <= 40; more++) {
    fetchOf(source, '/more', { signal: more % 2 ? new AbortController().signal : AbortSignal.abort() })
    if (more % 4) continue
    for (let news = source.read(1); news.operations; news = source.read(1)) {
      sent.push(...(news.operations.requests?.abandoned ?? []))
    }
  }
  expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test('sends what is in flight once more when asked to, and nothing else', () => {
  const source = createSource()
  fetchOf(source, '/1')
  fetchOf(source, '/2', { signal: AbortSignal.abort() })
  fetchOf(source, '/3')
  expect(rowsOf(source.read(2)).map(({ id }) => id)).toEqual([1, 2])
  let news = 0
  source.listen(() => news++)
  source.reportPending()
  expect(news).toBeGreaterThan(0)
  fetchOf(source, '/4')
  expect(rowsOf(source.read(10)).map(({ id }) => id)).toEqual([1, 3, 4])
  source.reportPending()
  expect([rowsOf(source.read(10)).length, rowsOf(source.read(10)).length]).toEqual([3, 0])
})

test('forgets requests that were sent with their end', () => {
  const source = createSource()
  let sent = 0
  for (let i = 0; i < 10 * MAX_IN_FLIGHT_REQUESTS; i++) {
    fetchOf(source, `/${i % 3}`, i % 5 ? undefined : { signal: AbortSignal.abort() })
    if (i % 777 === 0) sent += rowsOf(source.read(1_000)).length
  }
  const { operations, lost } = source.read(MAX_UNSENT_REQUESTS)
  expect(sent + (operations?.id.length ?? 0) + lost).toBe(10 * MAX_IN_FLIGHT_REQUESTS)
})

test('sends a request that is abandoned before it was sent, with the reason', () => {
  const source = createSource()
  for (let i = 0; i < MAX_IN_FLIGHT_REQUESTS + 2; i++) fetchOf(source, '/a')
  const news = source.read(MAX_UNSENT_REQUESTS)
  expect(news.operations?.requests?.abandoned).toBeUndefined()
  const unknown = rowsOf(news).filter(({ endUnknown }) => endUnknown === 'too-many-in-flight')
  expect(unknown.map(({ id }) => id)).toEqual([1, 2])
})

test('reports the GraphQL operation that a body names with each row, and nothing else of the body', () => {
  const source = createSource()
  const body = JSON.stringify({ operationName: 'GetUser', variables: { password: 's3cret' } })
  fetchOf(source, '/graphql', { method: 'POST', body })
  fetchOf(source, '/users', { method: 'POST', body })
  fetchOf(source, '/graphql', { method: 'POST', body, signal: AbortSignal.abort() })
  const { operations } = structuredClone(source.read(10))
  const names = operations?.details.map(([row, { graphql }]) => [row, graphql])
  expect(names).toEqual([
    [0, 'GetUser'],
    [2, 'GetUser'],
  ])
  expect(JSON.stringify(operations)).not.toContain('s3cret')
})

test('reports the call stack if the user asked for it, unless the page formats stacks itself', () => {
  const { prepareStackTrace } = Error
  const source = createSource()
  const buy = (): void => fetchOf(source, '/buy')
  try {
    Reflect.deleteProperty(Error, 'prepareStackTrace')
    buy()
    takeCallStacks(true)
    buy()
    let asked = 0
    Error.prepareStackTrace = () => ++asked
    buy()
    Object.defineProperty(Error, 'prepareStackTrace', { get: () => ++asked, configurable: true })
    buy()
    const stacks = rowsOf(source.read(10)).map(({ stack }) => stack)
    expect(stacks).toEqual([
      undefined,
      expect.stringMatching(/^Error\n +at callStack [\s\S]* at buy /),
      undefined,
      undefined,
    ])
    expect(asked).toBe(0)
  } finally {
    takeCallStacks(false)
    Object.defineProperty(Error, 'prepareStackTrace', { value: prepareStackTrace, writable: true, configurable: true })
  }
})
