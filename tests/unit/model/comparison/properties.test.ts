// Test (Node): what holds of every comparison.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fisherExact } from '../../../../model/comparison/fisher.ts'
import { rankSum } from '../../../../model/comparison/rank-sum.ts'
import { emptySamples, type Samples } from '../../../../model/comparison/samples.ts'
import { shiftBetween } from '../../../../model/comparison/shift.ts'
import { tailOf } from '../../../../model/comparison/tail.ts'
import { DEFAULT_THRESHOLDS, difference, type Verdict, verdictOf } from '../../../../model/comparison/verdict.ts'
import { finish } from '../operation-rows.ts'

const sorted = (values: Iterable<number>): Float64Array<ArrayBuffer> => Float64Array.from(values).sort()
/** Multiples of an eighth, so that sums are exact; few of them, so that there are ties. */
const values = fc.array(
  fc.integer({ min: 1, max: 400 }).map(value => value / 8),
  { minLength: 1, maxLength: 60 },
)
const sides = fc.tuple(values, values).map(([a, b]) => [sorted(a), sorted(b)] as const)

function samplesOf(...runs: Float64Array<ArrayBuffer>[]): Samples {
  const durations = sorted(runs.flatMap(run => [...run]))
  return { ...emptySamples(), runs, durations, ended: durations.length }
}

function verdict(before: Samples, after: Samples): Verdict {
  const found = finish(difference(before, after))
  const counts = { before: before.durations.length, after: after.durations.length }
  return verdictOf(found, found.test.p, counts, DEFAULT_THRESHOLDS)
}

describe('the shift', () => {
  test('is the median of all differences, and its bounds are differences', () => {
    fc.assert(
      fc.property(sides, ([a, b]) => {
        const all = sorted([...a].flatMap(x => [...b].map(y => y - x)))
        const { estimate, low, high } = shiftBetween(a, b)
        const half = all.length / 2
        const median =
          all.length % 2 === 1
            ? (all[Math.floor(half)] as number)
            : ((all[half - 1] as number) + (all[half] as number)) / 2
        expect(estimate).toBe(median)
        expect(all).toContain(low)
        expect(all).toContain(high)
        expect(low).toBeLessThanOrEqual(estimate)
        expect(high).toBeGreaterThanOrEqual(estimate)
      }),
    )
  })

  test('turns round when the sides are swapped', () => {
    fc.assert(
      fc.property(sides, ([a, b]) => {
        const there = shiftBetween(a, b)
        const back = shiftBetween(b, a)
        expect([back.estimate + 0, back.low + 0, back.high + 0]).toEqual([
          0 - there.estimate,
          0 - there.high,
          0 - there.low,
        ])
      }),
    )
  })

  test('grows by what one side is shifted, and with the scale of both', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: -40, max: 40 }), fc.constantFrom(2, 4, 0.5), ([a, b], by, scale) => {
        const plain = shiftBetween(a, b)
        expect(
          shiftBetween(
            a,
            b.map(value => value + by),
          ).estimate,
        ).toBe(plain.estimate + by)
        const scaled = shiftBetween(
          a.map(value => value * scale),
          b.map(value => value * scale),
        )
        expect([scaled.low, scaled.estimate, scaled.high]).toEqual(
          [plain.low, plain.estimate, plain.high].map(value => value * scale),
        )
      }),
    )
  })

  test('is hardly moved by thinning', () => {
    const large = (offset: number): Float64Array => Float64Array.from({ length: 30_000 }, (_, i) => offset + i / 100)
    const { estimate, low, high } = shiftBetween(large(0), large(25))
    expect(estimate).toBeCloseTo(25, 6)
    expect(low).toBeGreaterThan(20)
    expect(high).toBeLessThan(30)
  })
})

describe('the rank sum', () => {
  test('counts pairs', () => {
    fc.assert(
      fc.property(sides, ([a, b]) => {
        let wins = 0
        for (const x of a) for (const y of b) wins += y > x ? 1 : y === x ? 0.5 : 0
        expect(finish(rankSum(a, b)).u).toBe(wins)
      }),
    )
  })

  test('has the same p when the sides are swapped', () => {
    fc.assert(
      fc.property(sides, ([a, b]) => {
        const [there, back] = [finish(rankSum(a, b)), finish(rankSum(b, a))]
        expect(back.p).toBeCloseTo(there.p, 10)
        expect(back.u + there.u).toBe(a.length * b.length)
        expect(there.p).toBeGreaterThanOrEqual(0)
        expect(there.p).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the verdict', () => {
  const opposite: Record<Verdict, Verdict> = {
    slower: 'faster',
    faster: 'slower',
    same: 'same',
    inconclusive: 'inconclusive',
    new: 'gone',
    gone: 'new',
  }

  test('is the opposite when the sides are swapped', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 1, max: 4 }), ([a, b], factor) => {
        const [before, after] = [samplesOf(a), samplesOf(b.map(value => value * factor))]
        expect(verdict(after, before)).toBe(opposite[verdict(before, after)])
      }),
    )
  })

  test('is the same for samples that are all alike, also where they are constant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 20, max: 80 }), (value, count) => {
        const constant = samplesOf(new Float64Array(count).fill(value))
        expect(verdict(constant, constant)).toBe('same')
      }),
    )
  })

  test('finds a change between constant samples', () => {
    const constant = (value: number): Samples => samplesOf(new Float64Array(30).fill(value))
    expect(verdict(constant(100), constant(130))).toBe('slower')
    expect(verdict(constant(130), constant(100))).toBe('faster')
    // Less than the 5 ms that anybody notices.
    expect(verdict(constant(10), constant(14))).toBe('inconclusive')
  })

  test('is inconclusive with few samples, and where runs differ by more than the sides do', () => {
    expect(verdict(samplesOf(sorted([1])), samplesOf(sorted([1_000])))).toBe('inconclusive')
    const run = (median: number): Float64Array<ArrayBuffer> =>
      Float64Array.from({ length: 100 }, (_, i) => median + i / 10)
    const [before, after] = [samplesOf(run(100), run(200), run(300)), samplesOf(run(150), run(260), run(390))]
    expect(verdict(before, after)).toBe('inconclusive')
    expect(verdict(samplesOf(before.durations), samplesOf(after.durations))).toBe('slower')
  })
})

test('the interval of a p95 holds for any size and any number of runs', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), values, (runs, other) => {
      const [before, after] = [samplesOf(...runs.map(sorted)), samplesOf(sorted(other))]
      const { low, high, ...found } = finish(tailOf(before, after))
      expect(Number.isFinite(low) && Number.isFinite(high) && low <= high).toBe(true)
      expect(found.before).toBeGreaterThanOrEqual(before.durations[0] as number)
      expect(found.before).toBeLessThanOrEqual((before.durations.at(-1) as number) * (1 + 1e-9))
      expect(finish(tailOf(before, after))).toEqual({ ...found, low, high })
    }),
    { numRuns: 30 },
  )
})

describe('Fisher’s exact test', () => {
  /** Term by term, with binomial coefficients as integers. */
  function exact(failedA: number, allA: number, failedB: number, allB: number): number {
    const choose = (n: number, k: number): bigint => {
      let result = 1n
      for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1)
      return result
    }
    const failed = failedA + failedB
    const ways = (k: number): bigint => choose(allA, k) * choose(allB, failed - k)
    let as = 0n
    for (let k = Math.max(0, failed - allB); k <= Math.min(failed, allA); k++) {
      if (ways(k) <= ways(failedA)) as += ways(k)
    }
    return Number((as * 10n ** 15n) / choose(allA + allB, failed)) / 1e15
  }

  test('adds up every table that is as unlikely', () => {
    const side = fc
      .integer({ min: 1, max: 40 })
      .chain(all => fc.tuple(fc.integer({ min: 0, max: all }), fc.constant(all)))
    fc.assert(
      fc.property(side, side, ([failedA, allA], [failedB, allB]) => {
        expect(fisherExact(failedA, allA, failedB, allB)).toBeCloseTo(exact(failedA, allA, failedB, allB), 9)
      }),
    )
  })

  test('takes a million of each in a few thousand terms', () => {
    expect(fisherExact(500_000, 1_000_000, 500_000, 1_000_000)).toBeCloseTo(1, 6)
    expect(fisherExact(500_000, 1_000_000, 501_500, 1_000_000)).toBeLessThan(0.05)
    expect(fisherExact(0, 1_000_000, 1_000_000, 1_000_000)).toBeLessThan(1e-12)
  })
})
