import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFormatters, digitsOf } from '../../../../model/text/formatters.ts'

const formatters = createFormatters('en-US')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test.each([
  [0, 0.1, '< 0.1 ms'],
  [0.05, 0.1, '< 0.1 ms'],
  [0.1, 0.1, '0.1 ms'],
  [31.2345, 0.1, '31.2 ms'],
  [31.2345, 1, '31 ms'],
  [1.23456, 0.005, '1.23 ms'],
  [0.003, 0.005, '< 0.005 ms'],
  [338.4, 0.1, '338 ms'],
  [999.6, 0.1, '1.00 s'],
  [1_240, 0.1, '1.24 s'],
  [12_345, 0.1, '12.3 s'],
  [90_000, 0.1, '1.5 min'],
  [83_400_000, 0.1, '23.2 h'],
  [Number.NaN, 0.1, '—'],
])('a duration of %d ms with a timer resolution of %d ms is %s', (duration, resolution, text) => {
  expect(plain(formatters.duration(duration, resolution))).toBe(text)
})

test('shows no more digits than the timer has', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1_000, noNaN: true }),
      fc.constantFrom(0.005, 0.1, 1),
      (duration, resolution) => {
        const [, digits = ''] = /\.(\d+)/.exec(formatters.duration(duration, resolution)) ?? []
        expect(digits.length).toBeLessThanOrEqual(digitsOf(resolution) + (duration >= 999.5 ? 3 : 0))
      },
    ),
  )
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.50 kB'],
  [24_100_000, '24.1 MB'],
  [2_147_483_648, '2.15 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(plain(formatters.bytes(bytes))).toBe(text)
})

test('shows the times of an axis with the digits that its step needs', () => {
  expect(plain(formatters.axisMoment(5_000, 5_000))).toBe('5 s')
  expect(plain(formatters.axisMoment(7_500, 2_500))).toBe('7.5 s')
  expect(plain(formatters.axisMoment(2_500, 500))).toBe('2.5 s')
  expect(plain(formatters.axisMoment(250, 50))).toBe('250 ms')
})

test.each([
  [0.1, 1],
  [0.005, 3],
  [0.02, 2],
  [1, 0],
  [16, 0],
  [2.5, 1],
  [0, 0],
])('a step of %d needs %d digits', (step, digits) => {
  expect(digitsOf(step)).toBe(digits)
})

test('uses the singular and the plural', () => {
  expect(formatters.count(1, 'message')).toBe('1 message')
  expect(formatters.count(0, 'message')).toBe('0 messages')
  expect(formatters.count(1_204, 'message')).toBe('1,204 messages')
  expect(formatters.count(1)).toBe('1')
})
