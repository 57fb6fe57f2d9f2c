// Test (Node): what a leak test claims, and what it does not.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../bench/insights/generator/random.ts'
import { type LeakReadings, leakVerdict } from '../../../session/leak-verdict.ts'

/** Readings that grow by these amounts. */
function from(start: number, growth: readonly number[]): number[] {
  const readings = [start]
  for (const bytes of growth) readings.push((readings.at(-1) as number) + bytes)
  return readings
}
const readings = (growth: readonly number[], more: Partial<LeakReadings> = {}): LeakReadings => ({
  used: from(20e6, growth),
  callsPerRound: 10,
  idle: [],
  ...more,
})
const IDLE = from(20e6, [100, -300, 200, -100, 50, 10])

describe('a leak test', () => {
  test('finds what each call keeps, whatever the first round does', () => {
    const found = leakVerdict(readings([5e6, 1e6, 1.01e6, 0.99e6, 1e6, 1.02e6, 0.98e6]))
    expect(found).toMatchObject({ verdict: 'keeps', confidence: 'likely' })
    expect(found.perCall.bytes).toBeCloseTo(100_000, 0)
    expect(found.perCall.low).toBeGreaterThan(97_000)
    expect(found.perCall.high).toBeLessThan(103_000)
  })

  test('is certain with a quiet control and a hundred calls', () => {
    const growth = [9e6, 2e6, 2.01e6, 1.99e6, 2e6, 2e6, 2e6]
    expect(leakVerdict(readings(growth, { idle: IDLE, callsPerRound: 20 })).confidence).toBe('certain')
    expect(leakVerdict(readings(growth, { idle: IDLE, callsPerRound: 10 })).confidence).toBe('likely')
    expect(leakVerdict(readings(growth, { callsPerRound: 20 })).confidence).toBe('likely')
  })

  test.each([
    ['one reading that is too high', [9e6, 1e6, 1.4e6, 0.6e6, 1e6, 1e6, 1e6]],
    ['a first reading that is too high', [9.4e6, 0.6e6, 1e6, 1e6, 1e6, 1e6, 1e6]],
    ['a last reading that is too high', [9e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1.4e6]],
    ['a round in which code is compiled', [9e6, 1e6, 1e6, 1e6, 1.4e6, 1e6, 1e6]],
  ])('finds the same amount beside %s', (_, growth) => {
    const { verdict, perCall } = leakVerdict(readings(growth))
    expect(verdict).toBe('keeps')
    expect(perCall.bytes).toBeCloseTo(100_000, 0)
    expect(perCall.low).toBeLessThanOrEqual(100_000)
    expect(perCall.high).toBeGreaterThanOrEqual(100_000)
  })

  test('has the true amount within its bounds in 95 of 100 tests, with any number of rounds', () => {
    const random = createRandom(7)
    for (const rounds of [6, 9, 13, 40]) {
      let held = 0
      for (let i = 0; i < 2_000; i++) {
        const growth = Array.from(
          { length: rounds + 1 },
          () => 1e6 + (random.chance(0.5) ? 1 : -1) * random.between(0, 5e5),
        )
        const { low, high } = leakVerdict(readings(growth)).perRound
        if (low <= 1e6 && high >= 1e6) held++
      }
      expect(held).toBeGreaterThan(1_880)
    }
    expect(leakVerdict(readings(new Array<number>(100_000).fill(1e6))).perRound).toEqual({
      bytes: 1e6,
      low: 1e6,
      high: 1e6,
    })
  })

  test.each([
    ['a cache that fills and is then full', [5e6, 4e6, 3e6, 1e6, 0, 0, 0]],
    ['what a later collection frees', [1e6, 1e6, 1e6, -3e6, 1e6, 1e6, 1e6]],
    ['next to nothing', [9e5, 900, 1_100, 1_000, 950, 1_050, 1_000]],
    ['too few rounds', [1e6, 1e6, 1e6, 1e6]],
    ['rounds that vary wildly', [1e6, 9e6, 10, 20, 9e6, 15, 5]],
  ])('claims nothing of %s', (_, growth) => {
    expect(leakVerdict(readings(growth)).verdict).toBe('nothing')
  })

  test('claims nothing where the page grows as fast by itself', () => {
    const growth = [1e6, 1e6, 1.01e6, 0.99e6, 1e6, 1e6, 1e6]
    const idle = from(20e6, [1e6, 1e6, 0.98e6, 1.02e6, 1e6, 1e6])
    expect(leakVerdict(readings(growth, { idle })).verdict).toBe('nothing')
  })

  test('says the same whatever the heap holds beside, and in proportion to what is kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000, max: 4_000_000 }), { minLength: 7, maxLength: 12 }),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        (growth, offset) => {
          const plain = leakVerdict(readings(growth))
          expect(leakVerdict({ ...readings(growth), used: from(offset, growth) })).toEqual(plain)
          expect(plain.perRound.low).toBeLessThanOrEqual(plain.perRound.bytes)
          if (growth.slice(1).some(bytes => bytes <= 0)) expect(plain.verdict).toBe('nothing')
          const doubled = leakVerdict(readings(growth.map(bytes => bytes * 2)))
          expect(doubled.perCall.bytes).toBeCloseTo(plain.perCall.bytes * 2, 3)
        },
      ),
    )
  })
})
