import { expect, test } from 'vitest'
import { measureResolution } from '../../../wire/clock-resolution.ts'

/** A clock that moves by `step` at every `reads`th reading. */
function clockOf(step: number, reads: number): () => number {
  let count = 0
  return () => 1_000 + step * Math.floor(count++ / reads)
}

test.each([0.1, 0.005, 1, 16.67, 100])('finds a step of %d ms, however often it is read', step => {
  for (const reads of [1, 2, 7, 1_000]) {
    expect(Math.abs(measureResolution(clockOf(step, reads)) / step - 1)).toBeLessThan(0.02)
  }
})

test('finds the smallest of uneven steps', () => {
  const times = [0, 0.3, 0.4, 0.4, 0.9, 1.5, 1.7]
  expect(measureResolution(() => times.shift() as number)).toBe(0.1)
})

test('finds a positive step of the true clock', () => {
  const step = measureResolution(() => performance.now())
  expect(step).toBeGreaterThan(0)
  expect(step).toBeLessThan(20)
})

test('ends with a clock that stands still', () => {
  expect(measureResolution(() => 5)).toBe(1_000)
})
