import { serialize } from 'node:v8'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { approximateBytes } from '../../../storage/entry-size.ts'
import { createOperationColumns } from '../../../wire/operations.ts'

test('is near to what the structured clone of a batch takes', () => {
  const columns = { ...createOperationColumns(5_000), strings: Array.from({ length: 100 }, (_, i) => `GET /api/${i}`) }
  columns.details = Array.from({ length: 100 }, (_, i) => [i, { metadata: { cart: i, items: ['a', 'b'] } }])
  const written = serialize(columns).byteLength
  expect(approximateBytes(columns) / written).toBeGreaterThan(0.8)
  expect(approximateBytes(columns) / written).toBeLessThan(1.5)
})

test('is a number of bytes for whatever can be stored', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const bytes = approximateBytes(value)
      expect(Number.isSafeInteger(bytes) && bytes > 0).toBe(true)
      expect(bytes).toBeGreaterThanOrEqual(JSON.stringify(value).length / 8)
    }),
  )
})
