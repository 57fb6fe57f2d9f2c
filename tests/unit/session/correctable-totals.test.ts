import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CorrectableTotals, type Ended } from '../../../session/correctable-totals.ts'

const end = fc.record({
  outcome: fc.integer({ min: 1, max: 3 }),
  duration: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constantFrom(0, 1, 10)),
})

function totalsOf(ends: readonly Ended[]): CorrectableTotals {
  const totals = new CorrectableTotals()
  for (const { duration, outcome } of ends) totals.record(duration, outcome)
  return totals
}

test('totals after corrections equal those of the corrected operations', () => {
  const corrections = fc.array(fc.tuple(fc.nat(), end), { maxLength: 30 })
  fc.assert(
    fc.property(fc.array(end, { minLength: 1, maxLength: 30 }), corrections, (ends, changes) => {
      const totals = totalsOf(ends)
      const current = [...ends]
      for (const [which, is] of changes) {
        const index = which % current.length
        const was = current[index] as Ended
        current[index] = is
        totals.replace(
          was,
          is,
          current.map(({ duration }) => duration),
        )
      }
      const { averageDuration, ...stats } = totals.stats()
      const { averageDuration: average, ...expected } = totalsOf(current).stats()
      expect(stats).toEqual(expected)
      expect(averageDuration).toBeCloseTo(average, 3)
      expect(totals.maxDuration).toBe(expected.maxDuration)
    }),
  )
})

test('the maximum is 0 while nothing was recorded', () => {
  expect(new CorrectableTotals().maxDuration).toBe(0)
})
