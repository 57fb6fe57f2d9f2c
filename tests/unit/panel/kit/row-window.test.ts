import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_HEIGHT, scrollStretch } from '../../../../panel/kit/row-window.ts'

test('stretches only lists that are higher than an element can be', () => {
  expect(scrollStretch(21_000_000, 400)).toEqual({ height: 21_000_000, factor: 1 })
  expect(scrollStretch(100, 400)).toEqual({ height: 100, factor: 1 })
  expect(scrollStretch(2 * MAX_HEIGHT, 400).height).toBe(MAX_HEIGHT)
})

test('reaches both ends of any list', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 5_000 }), (total, view) => {
      const { height, factor } = scrollStretch(total, view)
      expect(height).toBeLessThanOrEqual(MAX_HEIGHT)
      expect(factor).toBeGreaterThanOrEqual(1)
      const end = Math.max(0, height - view)
      expect(end * factor).toBeCloseTo(Math.max(0, total - view), 3)
    }),
  )
})
