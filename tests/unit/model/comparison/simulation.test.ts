// Test (Node): how often the comparison is wrong, on invented runs whose truth is known. The seeds are fixed.
import { describe, expect, test } from 'vitest'
import { simulate } from '../../../../bench/compare/simulate.ts'

/** `npm run bench:compare` takes more. */
const SEEDS = 100

describe.each([0, 0.05, 0.1])('five runs a side that differ by %d', noise => {
  test('alarms in at most 2 % of comparisons without a change', () => {
    const { slower, faster } = simulate({ runs: 5, samples: 100, noise, ratio: 1 }, SEEDS)
    expect(slower + faster).toBeLessThanOrEqual(SEEDS * 0.02)
  })

  test('never calls +20 % the same', () => {
    expect(simulate({ runs: 5, samples: 100, noise, ratio: 1.2 }, SEEDS).same).toBe(0)
  })
})

test('finds +30 % in at least 80 % of comparisons with 5 % noise, and never calls it faster', () => {
  const { slower, faster } = simulate({ runs: 5, samples: 100, noise: 0.05, ratio: 1.3 }, SEEDS)
  expect(slower).toBeGreaterThanOrEqual(SEEDS * 0.8)
  expect(faster).toBe(0)
})

test('says that nothing changed where runs do not differ', () => {
  const { same } = simulate({ runs: 5, samples: 200, noise: 0, ratio: 1 }, SEEDS / 2)
  expect(same).toBeGreaterThanOrEqual((SEEDS / 2) * 0.8)
})
