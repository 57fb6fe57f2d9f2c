import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  MIN_ZOOM,
  panRange,
  rangeAfterKey,
  rangeAfterWheel,
  zoomRange,
} from '../../../../../panel/views/charts/time-navigation.ts'

const all = { from: 1_000, to: 11_000 }
const ranges = fc
  .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true }))
  .map(([start, share]) => {
    const from = all.from + start * 10_000
    return { from, to: from + share * (all.to - from) }
  })
const noKeys = { altKey: false, ctrlKey: false, metaKey: false }

test('never leaves the session, and never zooms below the shortest range', () => {
  const factors = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(ranges, factors, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (range, factor, by) => {
      for (const found of [zoomRange(range, all, range.from, factor), panRange(range, all, by)]) {
        if (!found) continue
        expect(found.from).toBeGreaterThanOrEqual(all.from)
        expect(found.to).toBeLessThanOrEqual(all.to + 1e-6)
        expect(found.to - found.from).toBeGreaterThanOrEqual(Math.min(MIN_ZOOM, range.to - range.from) - 1e-6)
      }
    }),
  )
})

test('zooms around the pointer', () => {
  const range = { from: 5_000, to: 7_000 }
  expect(zoomRange(range, all, 5_500, 0.5)).toEqual({ from: 5_250, to: 6_250 })
  expect(zoomRange(range, all, 5_500, 100)).toBeNull()
})

test('zooms by the wheel, and pans horizontally or with Shift', () => {
  const range = { from: 5_000, to: 7_000 }
  const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, shiftKey: false }
  const inwards = rangeAfterWheel(range, all, { ...wheel, deltaY: -100 }, 6_000, 2)
  expect((inwards?.from ?? 0) + (inwards?.to ?? 0)).toBeCloseTo(12_000)
  expect((inwards?.to ?? 0) - (inwards?.from ?? 0)).toBeCloseTo(2_000 * Math.exp(-0.2))
  expect(rangeAfterWheel(range, all, { ...wheel, deltaX: 50 }, 6_000, 2)).toEqual({ from: 5_100, to: 7_100 })
  expect(rangeAfterWheel(range, all, { ...wheel, deltaY: 50, shiftKey: true }, 6_000, 2)).toEqual({
    from: 5_100,
    to: 7_100,
  })
})

test('pans, zooms and goes to the ends by keys', () => {
  const range = { from: 5_000, to: 7_000 }
  expect(rangeAfterKey(range, all, { ...noKeys, key: 'Home' })).toEqual({ from: 1_000, to: 3_000 })
  expect(rangeAfterKey(range, all, { ...noKeys, key: 'End' })).toEqual({ from: 9_000, to: 11_000 })
  expect(rangeAfterKey(range, all, { ...noKeys, key: 'ArrowRight' })).toEqual({ from: 5_300, to: 7_300 })
  expect(rangeAfterKey(range, all, { ...noKeys, key: '+' })).toEqual({ from: 5_300, to: 6_700 })
  expect(rangeAfterKey(range, all, { ...noKeys, key: '0' })).toBeNull()
  expect(rangeAfterKey(range, all, { ...noKeys, key: 'x' })).toBeUndefined()
  expect(rangeAfterKey(range, all, { ...noKeys, ctrlKey: true, key: '+' })).toBeUndefined()
})
