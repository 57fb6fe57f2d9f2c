import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from '../../../session/histogram.ts'

/** Under any clock's step: what is shorter counts as 0. */
const SMALLEST = 2 ** -14
const QUANTILES = [
  [50, 100],
  [95, 100],
  [99, 100],
  [1, 100],
  [1, 1],
] as const

/** Durations as they come: most of them short, some very long, all of a sudden the same. */
const duration = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1_000, noNaN: true }),
  fc.double({ min: 0, max: 2 ** 33 - 1, noNaN: true }),
  fc.constantFrom(0, -0, 0.1, 1, 2 ** -14, 2 ** -13, 64, 1_000),
)
const durations = fc.array(duration, { minLength: 1, maxLength: 300 })

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

/** Nearest rank, in whole numbers. */
function exactQuantile(values: readonly number[], part: number, of: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil((part * sorted.length) / of)) - 1] as number
}

test('gives quantiles within 1 % of the exact ones', () => {
  fc.assert(
    fc.property(durations, values => {
      const histogram = histogramOf(values)
      expect(histogram.count).toBe(values.length)
      for (const [part, of] of QUANTILES) {
        const exact = exactQuantile(values, part, of)
        const found = histogram.quantile(part / of) as number
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(exact * 0.01, SMALLEST))
      }
    }),
    { numRuns: 1_000 },
  )
})

test.each([1 + Number.EPSILON, 1.001, 65 / 64 - Number.EPSILON, 65 / 64, 1.5])(
  'is within 1 % for a duration at the edge of the smallest bucket: factor %d',
  factor => {
    const value = SMALLEST * factor
    expect(Math.abs((histogramOf([value]).quantile(1) as number) - value)).toBeLessThanOrEqual(value * 0.01)
  },
)

test('quantiles use the exact rank at every count', () => {
  for (let count = 1; count <= 2_000; count++) {
    for (const [part, of] of QUANTILES) {
      expect(Math.max(1, Math.ceil((part / of) * count))).toBe(Math.max(1, Math.ceil((part * count) / of)))
    }
  }
})

test('merging two histograms equals counting all values in one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(duration, { maxLength: 50 }), { maxLength: 5 }), parts => {
      const merged = new Histogram()
      for (const part of parts) merged.merge(histogramOf(part))
      const all = histogramOf(parts.flat())
      expect(merged.count).toBe(all.count)
      for (let q = 0; q <= 1; q += 0.01) expect(merged.quantile(q)).toBe(all.quantile(q))
    }),
  )
})

test('merging does not change the merged histogram', () => {
  const [a, b] = [histogramOf([1, 2]), histogramOf([1_000])]
  a.merge(b)
  a.record(5)
  expect([b.count, b.quantile(0.5)]).toEqual([1, histogramOf([1_000]).quantile(0.5)])
})

test('an empty histogram has no quantiles', () => {
  expect(new Histogram().quantile(0.5)).toBeUndefined()
})

test('counts 0 and -0 in the first bucket, and durations past the last bucket in the last one', () => {
  expect(histogramOf([0]).quantile(1)).toBe(0)
  expect(histogramOf([-0]).quantile(1)).toBe(0)
  const longest = histogramOf([1e300, 2 ** 40]).quantile(0.5) as number
  expect(longest).toBeGreaterThan(2 ** 32)
  expect(Number.isFinite(longest)).toBe(true)
})
