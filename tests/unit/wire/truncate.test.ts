// Test (Node): a truncated text is short enough, and is text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { truncate } from '../../../wire/truncate.ts'

test('truncates long texts, and never within a character', () => {
  expect(truncate('short', 5)).toBe('short')
  expect(truncate('ab😀cd', 3)).toBe('ab')
  expect(truncate('ab😀cd', 4)).toBe('ab😀')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, maxLength) => {
      const short = truncate(text, maxLength)
      expect(text.startsWith(short)).toBe(true)
      expect(short.length).toBeLessThanOrEqual(maxLength)
      expect(short.length).toBeGreaterThanOrEqual(Math.min(text.length, maxLength - 1))
      expect(/[\ud800-\udbff](?![\udc00-\udfff])/.test(short)).toBe(false)
    }),
  )
})
