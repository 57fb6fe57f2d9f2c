// Test (Node): a batch that goes through storage is the same afterwards, whatever a page has put into it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBatch, encodeBatch, readUnloadKey, unloadKey } from '../../../wire/unload-batch.ts'
import { columnsOf } from '../model/operation-rows.ts'

const numbers = fc.array(fc.double(), { maxLength: 5 })
const column = fc.oneof(
  fc.uint8Array({ maxLength: 5 }),
  fc.uint16Array({ maxLength: 5 }),
  fc.uint32Array({ maxLength: 5 }),
  fc.float32Array({ maxLength: 5 }),
  numbers.map(list => new Float64Array(list)),
)
/** Keys and texts that a format could take for its own. */
const word = fc.constantFrom(
  'perf:type',
  'Uint8Array',
  'bytes',
  '!!!',
  'batch',
  'columns',
  'path',
  '__proto__',
  '0',
  '',
)
const metadata = fc
  .jsonValue({ maxDepth: 3 })
  .chain(value =>
    fc.oneof(
      fc.constant(value),
      fc.dictionary(fc.oneof(word, fc.string({ unit: 'binary' })), fc.oneof(word, fc.constant(value)), { maxKeys: 4 }),
    ),
  )

test('keeps typed arrays and what stands beside them', () => {
  const batch = fc.record({
    operations: fc.array(fc.record({ source: fc.nat(3), columns: fc.dictionary(fc.string(), column), metadata })),
    losses: fc.array(fc.record({ count: fc.nat(), summary: column })),
  })
  fc.assert(
    fc.property(batch, given => {
      const text = encodeBatch(given)
      // What JSON itself makes of it: -0 is 0, and no object lacks a prototype.
      const { losses, operations } = decodeBatch(text) as typeof given
      expect(losses).toEqual(given.losses)
      expect(operations.map(({ columns }) => columns)).toEqual(given.operations.map(({ columns }) => ({ ...columns })))
      expect(JSON.stringify(operations.map(each => each.metadata))).toBe(
        JSON.stringify(given.operations.map(each => each.metadata)),
      )
    }),
    { numRuns: 200 },
  )
})

test('keeps a batch whose metadata looks like a typed array of any format', () => {
  const columns = columnsOf([{ id: 1, name: 'a', outcome: 'ok', start: 1, duration: 2 }])
  const forged = [
    { 'perf:type': 'Uint8Array', bytes: '!!!' },
    { batch: null, columns: [[['a'], 'Uint8Array', '!!!']] },
    [['operations', 0], 'Float64Array', 'AAAA'],
    JSON.parse('{"__proto__": {"polluted": true}}') as object,
  ]
  columns.details = [[0, { metadata: forged }]]
  const batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  expect(decodeBatch(encodeBatch(batch))).toEqual(batch)
  expect('polluted' in {}).toBe(false)
})

test.each(['', 'null', '{}', '[1]', '{"batch":{},"columns":[[["a"],"Uint8Array",""]]}', '{"batch":1,"columns":5}'])(
  'refuses %s',
  text => {
    expect(() => decodeBatch(text)).toThrow()
  },
)

test('writes nothing to a prototype', () => {
  const columns = [[['__proto__', 'polluted'], 'Uint8Array', '']]
  expect(() => decodeBatch(JSON.stringify({ batch: { a: null }, columns }))).toThrow()
  expect('polluted' in {}).toBe(false)
})

test('reads its own keys, and no others', () => {
  expect(readUnloadKey(unloadKey('1-2', 5))).toEqual({ stream: '1-2', seq: 5 })
  expect(readUnloadKey(unloadKey('1-2'))).toEqual({ stream: '1-2' })
  expect(readUnloadKey('settings')).toBeUndefined()
})
