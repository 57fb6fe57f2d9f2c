import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LostTotals } from '../../../session/lost-totals.ts'
import { OperationTotals } from '../../../session/operation-totals.ts'
import { isLossSummary } from '../../../wire/loss-summary.ts'

const ended = fc.record({
  duration: fc.double({ min: 0, max: 1e9, noNaN: true }),
  outcome: fc.integer({ min: 1, max: 3 }),
})
const totalsOf = (operations: { duration: number; outcome: number }[]): OperationTotals => {
  const totals = new OperationTotals()
  for (const { duration, outcome } of operations) totals.record(duration, outcome)
  return totals
}

test('statistics of packed parts add up to those of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.array(ended, { minLength: 1 }), { minLength: 1 }), parts => {
      const lost = new LostTotals()
      for (const part of parts) {
        const packed = totalsOf(part).pack()
        expect(isLossSummary(packed, part.length)).toBe(true)
        expect(isLossSummary(packed, part.length + 1)).toBe(false)
        lost.add(packed)
      }
      const { averageDuration, ...whole } = totalsOf(parts.flat()).stats()
      const { averageDuration: average, ...added } = lost.stats()
      expect(added).toEqual(whole)
      // A sum of sums rounds otherwise.
      expect(average).toBeCloseTo(averageDuration, 3)
    }),
  )
})

const VALID = [0, 1, 0, 0, 1, 1, 1, 5, 1]

test('a summary of one operation is valid', () => {
  expect(isLossSummary(Float64Array.from(VALID), 1)).toBe(true)
})

test.each([
  undefined,
  VALID,
  Float64Array.from(VALID.slice(0, -1)),
  Float64Array.from(VALID.with(4, Number.NaN)),
  Float64Array.from(VALID.with(4, -1)),
  Float64Array.from(VALID.with(8, 2)),
  Float64Array.from(VALID.with(1, 2)),
  Float64Array.from(VALID.with(7, 1e9)),
  Float64Array.from(VALID.with(7, 0.5)),
  new Float64Array(100_000),
])('refuses summary %#', stats => {
  expect(isLossSummary(stats, 1)).toBe(false)
})
