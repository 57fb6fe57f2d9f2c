import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findChange } from '../../../../model/insights/change-point.ts'

/** Pettitt's statistic by its definition: the sum of signs over all pairs of both sides. */
function naiveSplit(values: readonly number[]): number {
  let best = -1
  for (let t = 8; t <= values.length - 8; t++) best = Math.max(best, Math.abs(pairs(values, t)))
  return best
}

function pairs(values: readonly number[], split: number): number {
  let sum = 0
  for (let i = 0; i < split; i++)
    for (let k = split; k < values.length; k++) sum += Math.sign((values[i] as number) - (values[k] as number))
  return sum
}

describe('findChange', () => {
  test('splits where the definition does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 16, maxLength: 80 }), values => {
        const change = findChange(values)
        const most = naiveSplit(values)
        if (!change) {
          expect(most).toBe(0)
          return
        }
        expect(Math.abs(pairs(values, change.index))).toBe(most)
        const later = pairs(values, change.index) / (change.index * (values.length - change.index))
        expect(change.superiority).toBeCloseTo(0.5 - later / 2, 9)
      }),
    )
  })

  test('finds a change that lasts', () => {
    const change = findChange([...Array(40).keys()].map(i => (i < 20 ? 100 : 200) + (i % 7)))
    expect(change).toMatchObject({ index: 20, lasts: true })
    expect(change?.p).toBeLessThan(1e-3)
  })

  test('says nothing of fewer than 16 values', () => {
    expect(findChange(Array(15).fill(1))).toBeUndefined()
  })
})
