import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWallOffset } from '../../../../extension/relay/wall-offset.ts'

/** Clocks of one machine, whose thread is stopped for so many milliseconds before each reading. */
function clocksOf(stops: readonly number[], offset: number) {
  let time = 1_000
  let reading = 0
  const read = (): number => {
    time += stops[reading++] ?? 0
    return time
  }
  return { wall: () => read() + offset, own: read }
}

test('is exact where the thread runs', () => {
  const { wall, own } = clocksOf([], 3_600_000)
  expect(readWallOffset(wall, own)).toBe(3_600_000)
})

test('is right when the thread is stopped between readings, unless it is each time', () => {
  const stop = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ max: 80, min: 1 }) },
  )
  fc.assert(
    fc.property(fc.array(stop, { minLength: 30, maxLength: 30 }), fc.integer(), (stops, offset) => {
      // Ten attempts of three readings each; the first stop of one is before its readings.
      const attempts = Array.from({ length: 10 }, (_, i) => (stops[3 * i + 1] ?? 0) + (stops[3 * i + 2] ?? 0))
      const { wall, own } = clocksOf(stops, offset)
      expect(Math.abs(readWallOffset(wall, own) - offset)).toBeLessThanOrEqual(Math.min(...attempts) / 2)
    }),
  )
})
