import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkColumns, ROWS_PER_PART } from '../../../../model/session/chunk-columns.ts'
import { columnsOf, rowsOf, type TestRow } from '../operation-rows.ts'

test('parts are small, and have all operations together', () => {
  const counts = fc.constantFrom(0, 1, ROWS_PER_PART, ROWS_PER_PART + 1, 3 * ROWS_PER_PART + 7)
  fc.assert(
    fc.property(counts, fc.nat(20), fc.nat(7), fc.boolean(), (count, names, metadata, requests) => {
      const rows = Array.from(
        { length: count },
        (_, i): TestRow => ({
          id: i + 1,
          name: names === 0 ? `own ${i}` : `name ${i % names}`,
          outcome: 'ok',
          start: i / 3,
          duration: i,
          ...(i % (metadata + 2) === 0 ? { detail: { metadata: i } } : {}),
          ...(requests
            ? { kind: 'fetch', detail: { http: { method: 'GET', url: `/${i}`, status: 200 + (i % 300) } } }
            : {}),
        }),
      )
      const columns = columnsOf(rows)
      const parts = [...chunkColumns(columns)]
      expect(parts.flatMap(rowsOf)).toEqual(rowsOf(columns))
      expect(parts.every(({ id, strings }) => id.length <= ROWS_PER_PART && strings.length <= count)).toBe(true)
    }),
    { numRuns: 30 },
  )
})
