// Test (Node): the statistics against published or independently computed values.
import { describe, expect, test } from 'vitest'
import { adjustP } from '../../../../model/comparison/benjamini-hochberg.ts'
import { fisherExact } from '../../../../model/comparison/fisher.ts'
import { harrellDavis } from '../../../../model/comparison/harrell-davis.ts'
import { rankSum } from '../../../../model/comparison/rank-sum.ts'
import { shiftBetween } from '../../../../model/comparison/shift.ts'
import { finish } from '../operation-rows.ts'

const sorted = (values: number[]): Float64Array => Float64Array.from(values).sort()

describe('two samples of 40 and 60', () => {
  const a = sorted(Array.from({ length: 40 }, (_, i) => 100 + ((37 * i) % 101)))
  const b = sorted(Array.from({ length: 60 }, (_, i) => 110 + 1.1 * ((53 * i) % 97)))

  test('rank sum', () => {
    const { u, p, superiority } = finish(rankSum(a, b))
    expect(u).toBe(1418)
    expect(p).toBeCloseTo(0.125934115413072, 12)
    expect(superiority).toBeCloseTo(0.590833, 6)
  })

  test('shift and ratio with their intervals', () => {
    const shift = shiftBetween(a, b)
    expect(shift.estimate).toBeCloseTo(10.1, 9)
    expect(shift.low).toBeCloseTo(-3, 9)
    expect(shift.high).toBeCloseTo(23.1, 9)
    const ratio = shiftBetween(a, b, Math.log)
    expect(Math.exp(ratio.estimate)).toBeCloseTo(1.067804, 6)
    expect(Math.exp(ratio.low)).toBeCloseTo(0.980311, 6)
    expect(Math.exp(ratio.high)).toBeCloseTo(1.162264, 6)
  })

  test.each([
    [0.5, 149.04981184, 160.42200241],
    [0.75, 175.8588758, 186.06778532],
    [0.95, 195.89961776, 209.01835008],
  ])('Harrell-Davis quantile %f', (q, ofA, ofB) => {
    expect(harrellDavis(a, q)).toBeCloseTo(ofA, 8)
    expect(harrellDavis(b, q)).toBeCloseTo(ofB, 8)
  })
})

test('samples with ties', () => {
  const x = sorted([10, 11, 12, 12, 13, 15, 18, 22, 30, 60])
  const y = sorted([12, 13, 14, 14, 16, 19, 24, 30, 41, 90, 95, 100])
  const { u, p } = finish(rankSum(x, y))
  expect(u).toBe(86)
  expect(p).toBeCloseTo(0.09203622561, 11)
  expect(shiftBetween(x, y).estimate).toBeCloseTo(5.5, 12)
})

describe('small samples without ties are exact', () => {
  test('ten and five', () => {
    const x = sorted([0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])
    const y = sorted([1.15, 0.88, 0.9, 0.74, 1.21])
    const { u, p } = finish(rankSum(y, x))
    expect(u).toBe(35)
    expect(p).toBeCloseTo(0.2544122544, 10)
    const shift = shiftBetween(y, x)
    expect(shift.estimate).toBeCloseTo(0.305, 12)
    expect(shift.low).toBeCloseTo(-0.15, 12)
    expect(shift.high).toBeCloseTo(0.76, 12)
  })

  test('five and five, three and three', () => {
    expect(finish(rankSum(sorted([1, 2, 3, 4, 5]), sorted([6, 7, 8, 9, 10]))).p).toBeCloseTo(0.00793650794, 11)
    expect(finish(rankSum(sorted([1, 2, 3]), sorted([4, 5, 6]))).p).toBeCloseTo(0.1, 12)
  })
})

test('Benjamini and Hochberg’s example', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]
  const adjusted = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486, 0.5811818, 0.714875,
    0.7532308, 0.8132143, 1,
  ]
  for (const [i, value] of adjustP(p).entries()) expect(value).toBeCloseTo(adjusted[i] as number, 7)
})

test('Fisher’s exact test', () => {
  expect(fisherExact(3, 200, 12, 180)).toBeCloseTo(0.0149948, 7)
  expect(fisherExact(12, 180, 3, 200)).toBeCloseTo(0.0149948, 7)
})
