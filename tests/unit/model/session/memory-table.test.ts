import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentNumber } from '../../../../model/numbers.ts'
import { MemoryTable } from '../../../../model/session/memory-table.ts'

test('keeps samples sorted by time, in whatever order they arrive', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000)), fc.integer({ min: -1, max: 1_001 }), (times, moment) => {
      const table = new MemoryTable()
      for (const time of times) {
        const sizes = { usedJSHeapSize: time + 1, totalJSHeapSize: time + 2, jsHeapSizeLimit: time + 3 }
        table.add(time as DocumentNumber, 100, { time, ...sizes, source: 'performance.memory' })
      }
      const sorted = [...times].sort((a, b) => a - b)
      expect([...table.time.filled]).toEqual(sorted.map(time => time + 100))
      expect([...table.used.filled]).toEqual(sorted.map(time => time + 1))
      expect([...table.total.filled]).toEqual(sorted.map(time => time + 2))
      expect([...table.limit.filled]).toEqual(sorted.map(time => time + 3))
      expect([...table.document.filled]).toEqual(sorted)
      expect(table.indexAt(moment + 100)).toBe(sorted.filter(time => time <= moment).length - 1)
    }),
  )
})
