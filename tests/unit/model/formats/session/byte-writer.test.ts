import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter } from '../../../../../model/formats/session/byte-writer.ts'

function written(write: (to: ByteWriter) => void): string {
  const writer = new ByteWriter()
  write(writer)
  return new TextDecoder().decode(writer.take())
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

test('writes numbers as JSON.stringify does', () => {
  const number = fc.oneof(
    finite,
    fc.integer().map(n => n / 10),
    fc.integer().map(n => n / 1000),
    fc.maxSafeNat(),
    // Epoch milliseconds with the digits of a page's clock, and sums of them.
    fc
      .tuple(fc.integer({ min: 1_790_000_000_000, max: 1_790_000_099_999 }), fc.nat(9))
      .map(([n, tenth]) => n + tenth / 10),
    fc
      .tuple(fc.integer({ min: 1_790_000_000_000, max: 1_790_000_099_999 }), finite)
      .map(([n, some]) => n + (some % 1e6)),
    fc.constantFrom(0, 5e-324, 1e308, 1e21, 999_999_999, 1e9, 2 ** 42, 2 ** 42 - 0.001, 2 ** 53, 0.1 + 0.2, 1e-7),
  )
  fc.assert(
    fc.property(number, value => {
      expect(written(to => to.number(value))).toBe(Object.is(value, -0) ? '0' : JSON.stringify(value))
    }),
    { numRuns: 5_000 },
  )
})

test('writes pieces of any length one after the other', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'grapheme', minLength: 200, maxLength: 300 }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, finite, piece)), fc.nat(200_000), (pieces, long) => {
      const text = 'é'.repeat(long)
      const all = written(to => {
        to.text(text)
        for (const [bytes, number, more] of pieces) {
          to.bytes(new TextEncoder().encode(bytes))
          to.number(number)
          to.text(more)
        }
      })
      expect(all).toBe(
        text + pieces.map(([bytes, number, more]) => `${bytes}${JSON.stringify(number)}${more}`).join(''),
      )
    }),
    { numRuns: 50 },
  )
})
