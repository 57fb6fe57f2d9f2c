import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphqlOperation, groupByRoute } from '../../../../model/analysis/grouping.ts'
import { routeOf } from '../../../../model/analysis/route.ts'
import type { Row } from '../../../../model/numbers.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { workOf } from '../../../support/work-of.ts'
import { columnsOf, documentOf } from '../operation-rows.ts'

const letters = (from: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...from), minLength, maxLength })
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const hex = (minLength: number, maxLength: number) =>
  letters('0123456789abcdef', minLength, maxLength).filter(text => /\d/.test(text))
const ulid = fc.ulid()
const date = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
/** Ids like those of nanoid, with at least one digit. */
const token = letters(`${LOWER}${LOWER.toUpperCase()}${DIGITS}`, 16, 32).filter(
  text => (text.match(/\d+/g) ?? []).length > 1 && /[a-z]/.test(text) && /[A-Z]/.test(text),
)
const base64 = fc.base64String({ minLength: 8 }).filter(text => text.endsWith('=') && !text.includes('/'))

const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 1n << 70n }).map(String),
  fc.uuid(),
  fc.uuid().map(text => text.toUpperCase()),
  hex(8, 64),
  ulid,
  token,
  base64,
)
const word = fc.oneof(
  letters(LOWER, 1, 20),
  letters(LOWER.toUpperCase(), 1, 12),
  fc.array(letters(LOWER, 1, 8), { minLength: 1, maxLength: 4 }).map(parts => parts.map(capitalised).join('')),
  fc.array(letters(LOWER, 1, 8), { minLength: 1, maxLength: 5 }).map(parts => parts.join('-')),
  fc.constantFrom(
    'v1',
    'v2.1',
    'utf-8',
    'oauth2',
    'OAuth2Callback',
    'getUserById2',
    'iphone-15-pro-max-256gb',
    '@scope',
  ),
)
const method = fc.constantFrom('', 'GET ', 'POST ')
const host = fc.constantFrom('', 'api.example', 'd1a2b3c4d5e6f7.cdn.example:8080', '127.0.0.1')

function capitalised(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`
}

test('replaces ids of all kinds, and keeps words and hosts', () => {
  const segment = fc.oneof(
    word.map(text => ({ text, sign: text })),
    id.map(text => ({ text, sign: ':id' })),
    date.map(day => ({ text: day.toISOString().slice(0, 10), sign: ':date' })),
    date.map(day => ({ text: encodeURIComponent(day.toISOString()), sign: ':date' })),
    fc
      .tuple(word, hex(6, 40))
      .filter(([, hash]) => /[a-f]/.test(hash))
      .map(([name, hash]) => ({ text: `${name}.${hash}.js`, sign: `${name}.:hash.js` })),
    word.map(name => ({ text: `${name}.css`, sign: `${name}.css` })),
  )
  fc.assert(
    fc.property(method, host, fc.array(segment), (verb, origin, segments) => {
      const path = (part: 'text' | 'sign') => segments.map(each => `/${each[part]}`).join('')
      expect(routeOf(`${verb}${origin}${path('text')}`)).toBe(`${verb}${origin}${path('sign')}`)
    }),
    { numRuns: 2_000 },
  )
})

test('is idempotent for any name', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.webPath(),
    fc.string().map(text => `/${text}`),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        anything,
        fc.array(fc.oneof(id, word, anything)).map(parts => `GET /${parts.join('/')}`),
      ),
      name => {
        const route = routeOf(name)
        expect(routeOf(route)).toBe(route)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('takes linear time', () => {
  const units = [
    'a',
    '0',
    'aA',
    'a1',
    'A0a',
    '-',
    '.',
    'a.',
    'a@',
    '%40',
    'a%40',
    'Ab',
    'ab-',
    '2024-01-01T',
    '=',
    '%3D',
    ' ',
    '/',
    '\u{1f600}',
  ]
  for (const unit of units) {
    for (const name of [
      unit.repeat(200_000),
      `/${unit.repeat(200_000)}`,
      `/${unit.repeat(200_000)}!`,
      `/a.b@${unit.repeat(200_000)}!`,
    ]) {
      // A few milliseconds. Quadratic time would be minutes.
      expect(workOf(() => routeOf(name))).toBeLessThan(2_000)
    }
  }
})

test('finds the name of a GraphQL operation in the URL', () => {
  expect(graphqlOperation('/graphql?operationName=GetUser&variables=%7B%7D')).toBe('GetUser')
  expect(
    graphqlOperation(`/graphql?query=${encodeURIComponent('query GetCart($id: ID!) { cart(id: $id) { id } }')}`),
  ).toBe('GetCart')
  expect(graphqlOperation('/graphql?query=mutation+Pay%20%7B+pay+%7D')).toBe('Pay')
  expect(graphqlOperation('/search?query=query')).toBeUndefined()
  expect(graphqlOperation('/search?query=shoes%')).toBeUndefined()
  expect(graphqlOperation(`/graphql?query=${encodeURIComponent('{ cart { id } }')}`)).toBeUndefined()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), url => void graphqlOperation(`?operationName=${url}&query=${url}`)),
  )
})

test('groups requests by route and GraphQL operation, and custom operations by name', () => {
  const request = (method: string, url: string, named = {}) => ({
    kind: 'fetch' as const,
    detail: { http: { method, url, ...named } },
  })
  const rows = [
    { name: 'GET /users/1', ...request('GET', 'https://shop.example/users/1') },
    { name: 'GET /users/2', ...request('GET', 'https://shop.example/users/2') },
    { name: 'GET /graphql', ...request('GET', 'https://shop.example/graphql?operationName=A') },
    { name: 'GET /graphql', ...request('GET', 'https://shop.example/graphql?operationName=B') },
    { name: 'GET /graphql', ...request('GET', 'https://shop.example/graphql') },
    { name: 'POST /graphql', ...request('POST', 'https://shop.example/graphql', { graphql: 'A' }) },
    { name: 'POST /graphql', ...request('POST', 'https://shop.example/graphql', { graphql: 'C' }) },
    { name: 'load /users/1' },
    { name: 'GET /users/1' },
  ]
  const session = new SessionModel(0)
  const columns = columnsOf(rows.map((row, i) => ({ ...row, id: i + 1, start: i, outcome: 'ok', duration: 1 })))
  session.apply({
    type: 'batch',
    document: documentOf(),
    batch: { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] },
  })
  const { groupOf, nameOf } = groupByRoute(session.operations)
  expect(rows.map((_, row) => nameOf(groupOf(row as Row)))).toEqual([
    'GET /users/:id',
    'GET /users/:id',
    'GET /graphql A',
    'GET /graphql B',
    'GET /graphql',
    'POST /graphql A',
    'POST /graphql C',
    'load /users/1',
    'GET /users/1',
  ])
})
