import { expect, test } from 'vitest'
import { resultOf } from '../../../playwright/leak-test.ts'

test('tells what each call keeps, without the first round', () => {
  const { keptPerCall, grows } = resultOf([50_000, 100_000, 150_500, 199_500, 250_000], 5)
  expect(keptPerCall.mean).toBeCloseTo(10_000)
  expect(keptPerCall.low).toBeGreaterThan(9_000)
  expect(grows).toBe(true)
})

test.each([
  ['falls once', [0, 100_000, 90_000, 200_000, 300_000]],
  ['stays', [5_000_000, 5_000_100, 5_000_200, 5_000_300]],
  ['varies more than it rises', [0, 400_000, 410_000, 420_000, 1_900_000]],
])('does not call it a leak where the heap %s', (_, heap) => {
  expect(resultOf(heap, 5).grows).toBe(false)
})
