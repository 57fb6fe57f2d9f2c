import { signal } from '@preact/signals'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileFilter, matchingRows, type RowTest } from '../../../../model/filter/compile.ts'
import { formatFilter } from '../../../../model/filter/format.ts'
import { parseFilter } from '../../../../model/filter/parse.ts'
import { MAX_TERMS } from '../../../../model/filter/tokens.ts'
import { operationRow } from '../../../../model/formats/session/session-source.ts'
import type { Row } from '../../../../model/numbers.ts'
import { FIELDS_BY_KEY, FIELDS_BY_WORD } from '../../../../model/operation-fields.ts'
import { setHttp } from '../../../../model/session/devtools-corrections.ts'
import { documentIdOf } from '../../../../model/session/document-table.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { createFilterStore } from '../../../../panel/app/stores/filter-store.ts'
import { type HttpDetail, KINDS, type OperationDetail, OUTCOMES } from '../../../../wire/operations.ts'
import { leastOf, workOf } from '../../../support/work-of.ts'
import { columnsOf, documentOf } from '../operation-rows.ts'
import { anyTerm, passes } from './filter-terms.ts'

const url = fc.constantFrom(
  'https://shop.example/api/users/1',
  'https://Shop.example:8443/api/users/2?x=a b',
  'wss://api.shop.example/live',
  'data:text/plain,users',
  'x',
)
/** Values of the fields of a request: each that the filter knows, and others. */
const SOME_OF_EACH = {
  http: {
    method: fc.constantFrom('GET', 'POST', ''),
    url,
    status: fc.option(fc.constantFrom(200, 304, 404, 500, 503), { nil: undefined }),
    transferSize: fc.nat(1_000_000),
    fromCache: fc.constant(true as const),
    async: fc.constant(false as const),
  },
  devtools: {
    mimeType: fc.constantFrom('application/json', 'text/html'),
    cacheControl: fc.constantFrom('no-store', 'max-age=60'),
    etag: fc.constantFrom('"a b"', 'W/"GET"'),
    retryAfter: fc.constantFrom('0', '120'),
    requestBodySize: fc.nat(1_000),
  },
}
const http = fc.record(
  { ...SOME_OF_EACH.http, devtools: fc.record(SOME_OF_EACH.devtools, { requiredKeys: [] }) },
  { requiredKeys: ['method', 'url'] },
)
const row = fc.record({
  name: fc.constantFrom('GET /api/users/1', 'POST /api/users/1', 'GET /x', 'checkout', 'Load Users', ''),
  kind: fc.constantFrom(...KINDS),
  outcome: fc.constantFrom(...OUTCOMES),
  start: fc.nat(1_000),
  duration: fc.oneof(fc.nat(700), fc.double({ min: 0, max: 1e7, noNaN: true })),
  parent: fc.nat(2),
  http: fc.option(http, { nil: undefined }),
  error: fc.option(
    fc.constantFrom({ name: 'TypeError', message: 'users are gone' }, { name: 'Users', code: 'network' as const }),
    {
      nil: undefined,
    },
  ),
  metadata: fc.option(fc.constant({ cart: 3 }), { nil: undefined }),
  left: fc.boolean(),
})
type Generated = typeof row extends fc.Arbitrary<infer R> ? R : never

/** All requests have a URL. */
const PLAIN = { method: 'GET', url: 'https://shop.example/api/users/1' } as const
/** What DevTools always knows. */
const SEEN = { url: '', method: '', status: 0, startTime: 1, duration: 1, phases: {} }
const isRequest = (kind: Generated['kind']): boolean => kind === 'fetch' || kind === 'xhr' || kind === 'beacon'

function sessionOf(frames: Generated[][]): SessionModel {
  const session = new SessionModel(0)
  for (const [frameId, rows] of frames.entries()) {
    const document = documentOf({
      stream: `${frameId}`,
      frameId,
      url: `https://shop.example/frame-${frameId}`,
      timeOrigin: 0,
    })
    const columns = columnsOf(
      rows.map(({ http: request, error, metadata, outcome, duration, left: _, ...rest }, i) => {
        const failed = outcome === 'failed' || outcome === 'cancelled'
        const detail: OperationDetail = {
          ...(error && failed ? { error } : {}),
          ...(metadata ? { metadata } : {}),
          ...(isRequest(rest.kind) ? { http: known(request ?? PLAIN) } : {}),
        }
        const ended = outcome === 'pending' ? {} : { duration }
        return { ...rest, outcome, ...ended, id: i + 1, ...(Object.keys(detail).length > 0 ? { detail } : {}) }
      }),
    )
    session.apply({
      type: 'batch',
      document,
      batch: { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] },
    })
    const before = session.operations.length - rows.length
    for (const [i, { left, outcome, kind, http: { devtools } = {} }] of rows.entries()) {
      const row = (before + i) as Row
      if (left && outcome === 'pending') session.operations.setEndReason(row, 'page-left')
      const http = session.operations.details.get(row)?.http
      if (http && devtools)
        setHttp(session.operations, row, { ...http, devtools: { ...SEEN, type: kind, ...devtools } })
    }
  }
  return session
}

function known({ status, devtools: _, ...request }: NonNullable<Generated['http']>): HttpDetail {
  return { ...request, ...(status === undefined ? {} : { status }) }
}

function idsThatPass(session: SessionModel, text: string, slowThreshold = 500): string[] {
  const filter = compileFilter(parseFilter(text).terms, { slowThreshold, onTooComplex: () => undefined })
  const steps = matchingRows(session, filter ?? (() => true))
  for (;;) {
    const step = steps.next()
    if (!step.done) continue
    return Array.from({ length: step.value.length }, (_, i) => session.operations.idOf(step.value.row(i)))
  }
}

test('formats terms as text that parses to the same terms', () => {
  fc.assert(
    fc.property(fc.array(anyTerm), terms => {
      expect(parseFilter(formatFilter(terms))).toMatchObject({ terms, errors: [] })
    }),
    { numRuns: 1_000 },
  )
})

test('a text that begins with a slash makes no regular expression with what follows it', () => {
  for (const text of ['/', '/api', '/a b']) {
    const part = { type: 'text', key: null, pattern: { match: 'part', text }, negated: false } as const
    const terms = [part, { ...part, key: 'method' }, { ...part, negated: true }] as const
    expect(parseFilter(formatFilter(terms))).toMatchObject({ terms, errors: [] })
  }
})

test('never throws, reports where each invalid term stands, and parses the others', () => {
  const pieces = fc.constantFrom(
    'kind:fetch',
    'kind:',
    'status:',
    'duration>',
    '-',
    '"',
    '\\',
    '/',
    ' ',
    '..',
    '5xx',
    'foo:',
    '=',
    'size:1k..',
    '(',
    '[',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(pieces, fc.string())).map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(text, typed => {
      const { terms, errors } = parseFilter(typed)
      let end = 0
      for (const { from, to, message } of errors) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(typed.length)
        expect(message).not.toBe('')
        end = to
      }
      expect(parseFilter(formatFilter(terms))).toMatchObject({ terms, errors: [] })
      expect(() => compileFilter(terms, { slowThreshold: 1, onTooComplex: () => undefined })).not.toThrow()
      expect(parseFilter(`${typed.replaceAll('"', '')} kind:xhr`).terms).toContainEqual({
        type: 'word',
        key: 'kind',
        word: 'xhr',
        negated: false,
      })
    }),
    { numRuns: 1_000 },
  )
})

test.each([...FIELDS_BY_KEY, ...FIELDS_BY_WORD])('%s: the sessions of the next test have values of it', (_, field) => {
  expect(Object.keys(SOME_OF_EACH[field.ofDevtools ? 'devtools' : 'http'])).toContain(field.name)
})

test('matches the same operations as a naive evaluation of the export', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(row, { maxLength: 40 }), { minLength: 1, maxLength: 3 }),
      fc.array(anyTerm, { maxLength: 3 }),
      (frames, terms) => {
        const session = sessionOf(frames)
        const { operations } = session
        const rows = Array.from({ length: operations.length }, (_, position) => operations.order.row(position))
        const exported = rows.map(each => operationRow(session, each))
        const documents = session.documents.all.map(document => ({ ...document, documentId: documentIdOf(document) }))
        const soFar = new Map(exported.map(({ id, startTime }) => [id, session.latest - startTime]))
        const expected = exported.filter(each => passes(each, terms, { documents, slowThreshold: 500, soFar }))
        expect(idsThatPass(session, formatFilter(terms))).toEqual(expected.map(({ id }) => id))
      },
    ),
    { numRuns: 500 },
  )
})

test('parses the examples of the documentation', () => {
  const examples = [
    'kind:fetch outcome:failed duration>300 duration:100..500 status:5xx status:404 status>=400 method:POST name:/users/',
    'domain:*.example.com larger-than:100k smaller-than:1.5M frame:top is:running is:slow has:error -status:200',
    'duration:1s..2min duration<=0.5s size:..10kB url=https://a/b outcome:running "quoted text" https://shop.example/x?a=b',
  ]
  for (const example of examples) expect(parseFilter(example).errors).toEqual([])
  const range = (text: string) => parseFilter(text).terms.map(term => term.type === 'number' && term.range)
  expect(range('duration:1s..2min')).toEqual([{ least: 1_000, most: 120_000, open: false }])
  expect(range('duration<500µs')).toEqual([{ least: Number.NEGATIVE_INFINITY, most: 0.5, open: true }])
  expect(range('larger-than:100k')).toEqual([{ least: 100_000, most: Number.POSITIVE_INFINITY, open: true }])
  expect(range('status:5xx')).toEqual([{ least: 500, most: 599, open: false }])
})

test.each([
  ['kind:fetch stauts:404', 11, 'There is no key "stauts". Did you mean status?'],
  ['durtion>300', 0, 'Did you mean duration? To search for the text, put it in quotes: "durtion>300"'],
  ['-methd=GET', 0, 'Did you mean method? To search for the text, put it in quotes: "methd=GET"'],
  ['users rank<=3', 6, 'There is no key "rank". To search for the text, put it in quotes: "rank<=3"'],
  ['Promise<void>', 0, 'There is no key "promise".'],
  ['outcome:fail', 0, 'Unknown value "fail". Use one of: ok, failed, cancelled, pending.'],
  ['duration>fast', 0, '"fast" isn\'t a number or range (e.g. 300, 1.5s, 100..500).'],
  ['larger-than:big', 0, '"big" isn\'t a number or range (e.g. 500, 1.5M, 1k..20k).'],
  ['duration:500..100', 0, 'ends before it begins'],
  ['duration:300', 0, 'Use a range: duration>300, duration:100..500.'],
  ['status:', 0, 'needs a value'],
  ['x name:/(/', 2, 'Invalid regular expression'],
  ['name:/^get/g', 0, 'take no flags'],
  ['x /users\\/\\d/mi', 2, 'take no flags'],
  ['a "b', 2, 'The closing quote is missing.'],
  ['kind>fetch', 0, "kind can't be compared with >. Use kind:"],
])('%s: an error at %i', (text, from, message) => {
  const { errors } = parseFilter(text)
  expect(errors).toHaveLength(1)
  expect(errors[0]?.from).toBe(from)
  expect(errors[0]?.message).toContain(message)
})

test('tells all that it does not understand', () => {
  const { terms, errors } = parseFilter('durtion>300 users kind:fech status:abc')
  expect(errors.map(({ from }) => from)).toEqual([0, 18, 28])
  expect(terms).toHaveLength(1)
})

test('a regular expression may have the flag that it needs not, and a path is none', () => {
  expect(parseFilter('/x/i').terms).toEqual(parseFilter('/x/').terms)
  expect(parseFilter('-name:/^get \\/a/i').terms).toEqual(parseFilter('-name:/^get \\/a/').terms)
  for (const path of ['/api/users', '/static/img', '/a/b/', '/users/me', '/v/us']) {
    expect(parseFilter(path).terms).toEqual([
      { type: 'text', key: null, pattern: { match: 'part', text: path }, negated: false },
    ])
  }
})

test.each([
  ['kind:fetch OR kind:xhr', 11, 'All terms must match'],
  ['users && NOT x', 6, 'All terms must match'],
  ['/x/gi', 0, 'without flags: /x/'],
  ['-/users/s', 0, 'without flags: /users/'],
  ['a page=2', 2, 'there is no key "page"'],
])('%s: the text is searched for, and a hint at %i says what else may be meant', (text, from, message) => {
  const { errors, hints } = parseFilter(text)
  expect(errors).toEqual([])
  expect(hints[0]?.from).toBe(from)
  expect(hints[0]?.message).toContain(message)
})

test('nothing is said of what is clear', () => {
  for (const text of ['or', '"OR"', 'https://shop.example/x?a=b', '/api/users', 'name=checkout', 'a-b', '"page=2"']) {
    expect(parseFilter(text)).toMatchObject({ errors: [], hints: [] })
  }
})

test('leaves out what is more than anybody types, and says so', () => {
  const { terms, errors } = parseFilter('/a/ '.repeat(MAX_TERMS + 50))
  expect(terms).toHaveLength(MAX_TERMS)
  expect(errors).toEqual([
    {
      from: 4 * MAX_TERMS,
      to: 4 * MAX_TERMS + 3,
      message: expect.stringContaining('at most 100 terms'),
      unfinished: false,
    },
  ])
})

/** A session with one operation of each name. */
const named = (...names: string[]): SessionModel =>
  sessionOf([
    names.map(
      (name, start) =>
        ({ name, kind: 'custom', outcome: 'ok', start, duration: 1, parent: 0, left: false }) as Generated,
    ),
  ])

/** Alternating at random, so that nothing that was found out of one part helps with the next. */
const scrambled = (length: number): string => {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state % 2 === 0 ? 'a' : 'b'
  }).join('')
}

test('a regular expression that takes too much work is reported once, and matches nothing from then on', () => {
  const tooComplex: string[] = []
  const session = named('ab', scrambled(100_000), 'abba')
  const terms = parseFilter('/[ab]*a[ab]{500}c/').terms
  const filter = compileFilter(terms, { slowThreshold: 0, onTooComplex: regex => tooComplex.push(regex) })
  expect(([0, 1, 2, 1] as Row[]).map(row => filter?.(session, row))).toEqual([false, false, false, false])
  expect(tooComplex).toEqual(['[ab]*a[ab]{500}c'])
})

test('long names are gone through with pauses', () => {
  const session = named(...Array.from({ length: 300 }, (_, i) => `${i}${'ab'.repeat(50_000)}`))
  const terms = parseFilter('/(a|b)*c/ -/(ab)+x/').terms
  const filter = compileFilter(terms, { slowThreshold: 0, onTooComplex: () => undefined })
  const longestStep = (): number => {
    const steps = matchingRows(session, filter as NonNullable<typeof filter>)
    let most = 0
    let done = false
    while (!done) {
      const took = workOf(() => {
        done = steps.next().done === true
      })
      most = Math.max(most, took)
    }
    return most
  }
  expect(leastOf(longestStep, 50)).toBeLessThan(50)
})

test('a term that turns out to be too complex is left out, and the filter’s text says why', async () => {
  const view = { filter: signal<RowTest | null>(null), withOthers: signal(false), slowThreshold: signal(0) }
  const { text, parsed, stop } = createFilterStore(view)
  const session = named('ab', scrambled(100_000), 'abba')
  text.value = 'bb /[ab]*a[ab]{500}c/i'
  for (const row of [0, 1, 2] as Row[]) view.filter.value?.(session, row)
  await Promise.resolve()
  expect(parsed.value.errors).toMatchObject([{ from: 3, message: expect.stringContaining('too complex') }])
  expect(([0, 1, 2] as Row[]).map(row => view.filter.value?.(session, row))).toEqual([false, true, true])
  text.value = 'abba /[ab]{2,3}$/'
  expect(parsed.value.errors).toEqual([])
  expect(([0, 1, 2] as Row[]).map(row => view.filter.value?.(session, row))).toEqual([false, true, true])
  stop()
})
