import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OperationTotals } from '../../../session/operation-totals.ts'
import { OUTCOMES, type Outcome } from '../../../wire/operations.ts'

const operation = fc.record({
  duration: fc.double({ min: 0, max: 1e6, noNaN: true }),
  outcome: fc.constantFrom<Outcome>('ok', 'failed', 'cancelled'),
})
type Operation = { duration: number; outcome: Outcome }

function totalsOf(operations: readonly Operation[]): OperationTotals {
  const totals = new OperationTotals()
  for (const { duration, outcome } of operations) totals.record(duration, OUTCOMES.indexOf(outcome))
  return totals
}

/** As one would first write it. */
function naiveStats(operations: readonly Operation[]) {
  const count = (wanted: Outcome): number => operations.filter(({ outcome }) => outcome === wanted).length
  const durations = operations.map(({ duration }) => duration)
  return {
    totalOperations: operations.length,
    successfulOperations: count('ok'),
    failedOperations: count('failed'),
    cancelledOperations: count('cancelled'),
    maxDuration: Math.max(0, ...durations),
    minDuration: operations.length === 0 ? 0 : Math.min(...durations),
  }
}

test('statistics equal those of a naive computation', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), operations => {
      const stats = totalsOf(operations).stats()
      expect(stats).toMatchObject(naiveStats(operations))
      const sum = operations.reduce((total, { duration }) => total + duration, 0)
      expect(stats.averageDuration).toBeCloseTo(sum / Math.max(1, operations.length), 6)
    }),
  )
})

test('merged totals equal the totals of all operations', () => {
  fc.assert(
    fc.property(fc.array(fc.array(operation, { maxLength: 30 }), { maxLength: 5 }), parts => {
      const merged = new OperationTotals()
      for (const part of parts) merged.merge(totalsOf(part))
      const { averageDuration, ...stats } = merged.stats()
      const { averageDuration: average, ...expected } = totalsOf(parts.flat()).stats()
      expect(stats).toEqual(expected)
      expect(averageDuration).toBeCloseTo(average, 6)
    }),
  )
})

test('quantiles are sorted, and between minimum and maximum', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 50 }), operations => {
      const { minDuration, p50, p95, p99, maxDuration } = totalsOf(operations).stats()
      const stats = [minDuration, p50, p95, p99, maxDuration]
      expect(stats).toEqual([...stats].sort((a, b) => Number(a) - Number(b)))
    }),
  )
  expect(totalsOf([{ duration: 10, outcome: 'ok' }]).stats()).toMatchObject({ p50: 10, p95: 10, p99: 10 })
})

test('statistics without operations have no NaN and no Infinity', () => {
  expect(new OperationTotals().stats()).toEqual({
    totalOperations: 0,
    successfulOperations: 0,
    failedOperations: 0,
    cancelledOperations: 0,
    averageDuration: 0,
    maxDuration: 0,
    minDuration: 0,
    p50: undefined,
    p95: undefined,
    p99: undefined,
  })
})
