import '../page-globals.ts'

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphqlName, isGraphql, MAX_BODY_LENGTH, readGraphql } from '../../../../injected/requests/graphql-name.ts'

const name = fc.stringMatching(/^[_A-Za-z][_0-9A-Za-z]{0,99}$/)
const kind = fc.constantFrom('query', 'mutation', 'subscription')
const space = fc.stringMatching(/^[ \n\r\t]{1,5}$/)
const document = fc.tuple(fc.oneof(fc.constant(''), space), kind, space, name).map(([before, kind, between, name]) => ({
  name,
  text: `${before}${kind}${between}${name}($id: ID!) { user { id } }`,
}))
const spelled = fc.constantFrom<[indent?: number]>([], [2])

test('takes the name that a client gives, before the one in the document', () => {
  fc.assert(
    fc.property(name, document, fc.json(), spelled, (operationName, { text }, variables, [indent]) => {
      const given = { operationName, query: text, variables: { given: variables } }
      expect(graphqlName(JSON.stringify(given, null, indent))).toBe(operationName)
    }),
  )
})

test('takes the name of a document, in JSON and by itself', () => {
  fc.assert(
    fc.property(document, spelled, ({ name, text }, [indent]) => {
      expect(graphqlName(JSON.stringify({ variables: {}, query: text, operationName: null }, null, indent))).toBe(name)
      expect(graphqlName(text)).toBe(name)
    }),
  )
})

test('returns an identifier of at most a hundred characters, whatever a body contains', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"operationName"', ':', '"', 'query ', '{"query":"', '\\n', 'password', 'x'.repeat(150)),
  )
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      expect(graphqlName(pieces.join('')) ?? 'none').toMatch(/^[_A-Za-z][_0-9A-Za-z]{0,99}$/)
    }),
  )
})

test.each([
  '{ user { id } }',
  '{"query":"{ user { id } }"}',
  '{"operationName":null}',
  '{"operationName":"not a name"}',
  `{"operationName":"${'x'.repeat(101)}"}`,
  `{"query":"query ${'x'.repeat(101)} { a }"}`,
  '{"query":"queryUser { a }"}',
  '{"note":"\\"operationName\\":\\"Secret\\""}',
  '',
])('finds no name in %s', body => expect(graphqlName(body)).toBeUndefined())

test('looks at strings alone, at no more than their beginning, and only where GraphQL is spoken', () => {
  const unread = (): never => {
    throw new Error('read')
  }
  expect(['/users', '/graphql', 'https://host/v1/graphql?x'].map(isGraphql)).toEqual([false, true, true])
  expect(readGraphql({ toString: unread })).toBeUndefined()
  expect(readGraphql(new Blob(['query A { a }']))).toBeUndefined()
  expect(readGraphql('query A { a }')).toBe('query A { a }')
  expect(readGraphql('x'.repeat(1_000_000))?.length).toBe(MAX_BODY_LENGTH)
})
