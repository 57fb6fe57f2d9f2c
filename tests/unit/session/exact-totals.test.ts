import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ExactHistogram, ExactTotals, MAX_EXACT } from '../../../session/exact-totals.ts'
import { OperationTotals } from '../../../session/operation-totals.ts'

/** Under any clock's step: what is shorter counts as 0. */
const SMALLEST = 2 ** -14
const SHARES = [0.01, 0.5, 0.95, 0.99, 1]

const duration = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(0, -0, 0.1, 1, 64))

function histogramOf(values: readonly number[]): ExactHistogram {
  const histogram = new ExactHistogram()
  for (const value of values) histogram.record(value)
  return histogram
}

/** Nearest rank. */
function exactQuantile(values: readonly number[], share: number): number {
  return ([...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] as number) + 0
}

test('quantiles of few values are exact, also after merging and removing', () => {
  const some = fc.array(duration, { maxLength: MAX_EXACT })
  fc.assert(
    fc.property(some, some, some, (own, merged, withdrawn) => {
      const histogram = histogramOf([...own, ...withdrawn])
      for (const value of withdrawn) histogram.record(value, -1)
      histogram.merge(histogramOf(merged))
      const values = [...own, ...merged]
      if (values.length === 0 || values.length + withdrawn.length > MAX_EXACT) return
      for (const share of SHARES) expect(histogram.quantile(share)).toBe(exactQuantile(values, share))
    }),
    { numRuns: 1_000 },
  )
})

test('quantiles are within 1 % after any counting and removing', () => {
  const steps = fc.array(fc.tuple(duration, fc.boolean()), { minLength: 1, maxLength: 4 * MAX_EXACT })
  fc.assert(
    fc.property(steps, all => {
      const histogram = new ExactHistogram()
      const values: number[] = []
      for (const [value, back] of all) {
        const taken = back ? values.splice(Math.floor(values.length / 2), 1)[0] : undefined
        if (taken !== undefined) histogram.record(taken, -1)
        else values.push(value)
        if (taken === undefined) histogram.record(value)
      }
      if (values.length === 0) return
      const exact = exactQuantile(values, 0.5)
      const found = histogram.quantile(0.5) as number
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(exact * 0.01, SMALLEST))
    }),
  )
})

test('quantiles are estimates once lost operations are included, of which only a histogram is known', () => {
  const [listed, dropped] = [new ExactTotals(), new OperationTotals()]
  for (const value of [62.5, 74.4, 82.3]) listed.record(value, 1)
  expect(listed.stats().p50).toBe(74.4)
  dropped.record(74.4, 1)
  listed.merge(dropped)
  expect(listed.stats()).toMatchObject({ totalOperations: 4, maxDuration: 82.3 })
  expect(Math.abs((listed.stats().p50 as number) - 74.4)).toBeLessThan(0.75)
})
