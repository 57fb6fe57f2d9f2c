// Test (Node): a truncated text is short enough, and is text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headOf } from '../../../wire/head-of.ts'
import { truncate } from '../../../wire/truncate.ts'
import { retainedBytes } from '../monitor/collected.ts'

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

test.each([headOf, truncate])('%o cuts long texts, and never within a character', cut => {
  expect(cut('short', 5)).toBe('short')
  expect(cut('ab😀cd', 3)).toBe('ab')
  expect(cut('ab😀cd', 4)).toBe('ab😀')
  expect([cut('😀', 1), cut('😀', 0), cut('', 0)]).toEqual(['', '', ''])
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '👩‍👧', '字') }), fc.nat(20), (text, maxLength) => {
      const short = cut(text, maxLength)
      expect(text.startsWith(short)).toBe(true)
      expect(short.length).toBeLessThanOrEqual(maxLength)
      expect(short.length).toBeGreaterThanOrEqual(Math.min(text.length, maxLength - 1))
      expect(short).not.toMatch(LONE_SURROGATE)
    }),
  )
})

test('makes well-formed text of any', () => {
  expect(truncate('a\ud83d', 5)).toBe('a\ufffd')
  expect(truncate('\ude00b\ud83d\ude00', 5)).toBe('\ufffdb😀')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, maxLength) => {
      const short = truncate(text, maxLength)
      expect(short).not.toMatch(LONE_SURROGATE)
      expect(short.length).toBeLessThanOrEqual(maxLength)
      if (!LONE_SURROGATE.test(text)) expect(text.startsWith(short)).toBe(true)
    }),
  )
})

test('lets go of the rest of a text', async () => {
  const before = await retainedBytes()
  const kept = Array.from({ length: 50 }, (_, i) => truncate(Buffer.alloc(1_000_000, 65 + i).toString('latin1'), 2_000))
  expect((await retainedBytes()) - before).toBeLessThan(5_000_000)
  expect(kept).toHaveLength(50)
})
