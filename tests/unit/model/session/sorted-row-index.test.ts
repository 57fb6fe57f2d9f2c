import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../../model/numbers.ts'
import { SortedRowIndex } from '../../../../model/session/sorted-row-index.ts'

const batches = fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }), { maxLength: 8 })

test('sorts by start, and equal starts by arrival', () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: -1, max: 51 }), (added, time) => {
      const starts = Float64Array.from(added.flat())
      const order = new SortedRowIndex()
      let from = 0
      for (const batch of added) {
        order.add(from, from + batch.length, starts)
        from += batch.length
      }
      const expected = [...starts.keys()].sort((a, b) => (starts[a] as number) - (starts[b] as number) || a - b)
      expect([...order.rows.subarray(0, order.length)]).toEqual(expected)
      expect(order.positionOf(time, starts)).toBe([...starts].filter(start => start < time).length)
      for (const [position, row] of expected.entries()) expect(order.positionOfRow(row as Row, starts)).toBe(position)
    }),
  )
})
