import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainData } from '../../../monitor/plain-data.ts'
import { isBoundedJson, MAX_JSON_DEPTH, MAX_JSON_LENGTH, MAX_JSON_VALUES } from '../../../wire/bounded-json.ts'

test('takes all JSON within bounds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
      fc.pre(JSON.stringify(value).length < MAX_JSON_VALUES)
      expect(isBoundedJson(value)).toBe(true)
    }),
  )
})

test('takes whatever the monitor makes of anything', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withNullPrototype: true,
      }),
      value => {
        expect(isBoundedJson(toPlainData(value))).toBe(true)
      },
    ),
  )
})

test('takes absent properties', () => {
  expect(isBoundedJson({ a: undefined })).toBe(true)
})

const nested = (depth: number): object => (depth === 0 ? {} : { inner: nested(depth - 1) })

test.each<[string, unknown]>([
  ['a function', () => {}],
  ['a symbol', Symbol('s')],
  ['a bigint', 5n],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a Date', new Date()],
  ['a Map', new Map()],
  ['a class’s instance', new (class Thing {})()],
  ['a deep object', nested(MAX_JSON_DEPTH + 1)],
  ['many values', new Array(MAX_JSON_VALUES + 1).fill(1)],
  ['a sparse array of any length', new Array(4_000_000_000)],
  ['a long string', 'x'.repeat(MAX_JSON_LENGTH + 1)],
  ['long keys', { ['x'.repeat(MAX_JSON_LENGTH + 1)]: 1 }],
])('refuses %s, however deep', (_, value) => {
  expect(isBoundedJson(value)).toBe(false)
  expect(isBoundedJson([{ value }])).toBe(false)
})
