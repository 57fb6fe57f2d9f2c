import '../page-globals.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageSize } from '../../../../injected/patches/message-size.ts'

const bytesOf = (text: string): number => Buffer.byteLength(text)

test('a primitive has the bytes of its text, as it is sent', () => {
  const primitive = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.bigInt(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
  )
  fc.assert(
    fc.property(primitive, data => {
      expect(messageSize(data)).toBe(bytesOf(String(data)))
    }),
  )
})

test('bytes count as they are; of anything else nothing is asked', () => {
  const bytes = new Uint8Array(12)
  for (const data of [bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes])]) {
    expect(messageSize(data)).toBe(12)
  }
  expect(messageSize(new Uint8Array(bytes.buffer, 4, 3))).toBe(3)
  let asked = 0
  const text = { toString: () => String(++asked) }
  expect([messageSize(text), messageSize(() => 1), messageSize({}), asked]).toEqual([0, 0, 0, 0])
})
