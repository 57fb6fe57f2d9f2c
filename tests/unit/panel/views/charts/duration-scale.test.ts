import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DROPPED_BITS,
  type DurationScale,
  durationAt,
  durationScaleOf,
  lineLookup,
  shareOf,
} from '../../../../../panel/views/charts/duration-scale.ts'

test.each([
  [0, 0.1, 0.1, 1_000],
  [0, 0, 0.1, 1_000],
  [500, 0.005, 0.001, 1_000],
  [2_000, 0.1, 0.1, 10_000],
  [80_000, 16, 1, 100_000],
])('durations up to %d ms with a timer resolution of %d ms are between %d and %d', (longest, resolution, min, max) => {
  const scale = durationScaleOf(longest, resolution, 'log')
  expect(scale.min).toBeCloseTo(min, 9)
  expect(scale.max).toBeCloseTo(max, 9)
})

test.each([
  [0, 20],
  [98, 100],
  [100, 200],
  [4_000, 5_000],
])('durations up to %d ms are between 0 and %d on a linear scale', (longest, max) => {
  expect(durationScaleOf(longest, 0.1, 'linear')).toEqual({ type: 'linear', min: 0, max })
})

const types = fc.constantFrom<DurationScale['type']>('log', 'linear')
const durations = fc.double({ min: 0, max: 1e6, noNaN: true })

test('converts a height back to the duration', () => {
  fc.assert(
    fc.property(types, fc.double({ min: 0, max: 1, noNaN: true }), durations, (type, share, longest) => {
      const scale = durationScaleOf(longest, 0.1, type)
      expect(shareOf(scale, durationAt(scale, share))).toBeCloseTo(share, 6)
    }),
  )
})

test('looks up the calculated line or the next one', () => {
  fc.assert(
    fc.property(types, durations, durations, fc.integer({ min: 40, max: 900 }), (type, duration, longest, height) => {
      const scale = durationScaleOf(Math.max(duration, longest), 0.1, type)
      const side = 2
      const upper = new Uint32Array(Float64Array.of(duration).buffer)[1] as number
      const found = lineLookup(scale, height, side)[upper >>> DROPPED_BITS] as number
      const calculated = Math.floor(((1 - shareOf(scale, duration)) * height) / side)
      expect(Math.abs(found - calculated)).toBeLessThanOrEqual(1)
    }),
  )
})
