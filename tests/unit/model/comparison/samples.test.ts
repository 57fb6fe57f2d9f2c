// Test (Node): which operations of two sides are compared.
import { describe, expect, test } from 'vitest'
import { largeSession } from '../../../../bench/compare/large-session.ts'
import { compareSides } from '../../../../model/comparison/compare-sessions.ts'
import { MAX_NAMES, samplesOf } from '../../../../model/comparison/samples.ts'
import { finish, sessionOf, type TestRow } from '../../model/operation-rows.ts'

const calls = (name: string, durations: readonly number[]): Omit<TestRow, 'id'>[] =>
  durations.map((duration, i) => ({ name, outcome: 'ok', start: i * 1_000, duration }))

describe('the samples of a side', () => {
  test('are the durations of what ended well, run by run', () => {
    const one = sessionOf([
      ...calls('load', [3, 1]),
      { name: 'load', outcome: 'failed', start: 9, duration: 500 },
      { name: 'load', outcome: 'cancelled', start: 9, duration: 500 },
      { name: 'load', outcome: 'pending', start: 9 },
    ])
    const two = sessionOf(calls('load', [2]))
    const { byName } = finish(samplesOf([{ session: one }, { session: two }]))
    const samples = byName.get('load')
    expect(samples?.runs.map(run => [...run])).toEqual([[1, 3], [2]])
    expect([...(samples?.durations ?? [])]).toEqual([1, 2, 3])
    expect(samples).toMatchObject({ ended: 4, failed: 1, cancelled: 1, running: 1 })
  })

  test('are of a span of time alone', () => {
    const session = sessionOf(calls('load', [1, 2, 3, 4]))
    const { byName } = finish(samplesOf([{ session, span: { from: 1_000, to: 2_000 } }]))
    expect([...(byName.get('load')?.durations ?? [])]).toEqual([2, 3])
  })
})

describe('too many names', () => {
  const names = MAX_NAMES + 500
  const session = largeSession(names, names)

  test('are counted, and none of them is called new or gone', () => {
    const { names: compared, limits } = finish(
      compareSides([{ session }], [{ session: largeSession(names, names, 2) }]),
    )
    expect(compared).toHaveLength(MAX_NAMES)
    expect(compared.some(({ verdict }) => verdict === 'new' || verdict === 'gone')).toBe(false)
    expect(limits.join(' ')).toContain('1,000 operations were not compared')
  })

  test('of the new side alone leave room for those of the baseline', () => {
    const { names: compared } = finish(compareSides([{ session: largeSession(1_000, 10) }], [{ session }]))
    expect(compared.filter(({ verdict }) => verdict === 'gone')).toHaveLength(0)
    expect(compared.filter(({ verdict }) => verdict !== 'new')).toHaveLength(10)
  })
})

test('a name of one side alone is new or gone, and a side without operations is no error', () => {
  const [load, save] = [sessionOf(calls('load', [1, 2])), sessionOf(calls('save', [1, 2]))]
  const verdicts = (before: typeof load, after: typeof load): unknown =>
    finish(compareSides([{ session: before }], [{ session: after }])).names.map(({ name, verdict }) => [name, verdict])
  expect(verdicts(load, save)).toEqual([
    ['save', 'new'],
    ['load', 'gone'],
  ])
  expect(verdicts(sessionOf([]), load)).toEqual([['load', 'new']])
  expect(verdicts(sessionOf([]), sessionOf([]))).toEqual([])
})

test('a comparison pauses often, whatever it compares', () => {
  for (const names of [1, 50]) {
    const session = largeSession(20_000, names)
    let steps = 0
    for (const _ of compareSides([{ session }], [{ session }])) steps++
    expect(steps).toBeGreaterThan(20_000 / 4_096)
  }
})
