import { expect, test } from 'vitest'
import { now, timeOrigin } from '../../../monitor/clock.ts'

test('is the clock of performance', () => {
  expect(timeOrigin).toBe(performance.timeOrigin)
  const before = performance.now()
  expect(now()).toBeGreaterThanOrEqual(before)
})
