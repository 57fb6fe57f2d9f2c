import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, MAX_GROUPS, OTHER_GROUPS } from '../../../../model/analysis/analyse.ts'
import { groupByName } from '../../../../model/analysis/grouping.ts'
import { matchingRows } from '../../../../model/filter/compile.ts'
import { OUTCOMES } from '../../../../wire/operations.ts'
import { finish, sessionOf } from '../operation-rows.ts'

const ENDED = ['ok', 'failed', 'cancelled'] as const

const rows = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    start: fc.integer({ min: 0, max: 1_000 }),
    outcome: fc.constantFrom(...OUTCOMES),
    duration: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
  }),
  { maxLength: 300 },
)

test('statistics of a filtered and zoomed range equal a naive computation', () => {
  const zooms = fc.option(fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([a, b]) => ({ from: a, to: a + b })))
  fc.assert(
    fc.property(rows, zooms, fc.constantFrom('', 'a'), (all, zoom, unwanted) => {
      const session = sessionOf(all)
      const matches = finish(matchingRows(session, ({ operations }, row) => operations.nameOf(row) !== unwanted))
      const grouping = groupByName(session.operations)
      const analysis = finish(analyse({ session, matches, zoom, grouping, slowThreshold: 500 }))

      const shown = all.filter(
        ({ name, start }) => name !== unwanted && (!zoom || (start >= zoom.from && start <= zoom.to)),
      )
      const names = new Set(shown.map(({ name }) => name))
      expect(new Set([...analysis.groups.keys()].map(grouping.nameOf))).toEqual(names)
      for (const [group, totals] of [...analysis.groups, [undefined, analysis.all] as const]) {
        const own = shown.filter(({ name }) => group === undefined || name === grouping.nameOf(group))
        const ended = own.filter(({ outcome }) => ENDED.some(each => each === outcome))
        const durations = ended.map(({ duration = 0 }) => duration).sort((a, b) => a - b)
        const stats = totals.stats()
        expect(totals.running).toBe(own.length - ended.length)
        expect(stats.totalOperations).toBe(ended.length)
        expect(stats.failedOperations).toBe(ended.filter(({ outcome }) => outcome === 'failed').length)
        expect(stats.cancelledOperations).toBe(ended.filter(({ outcome }) => outcome === 'cancelled').length)
        expect(stats.maxDuration).toBe(durations.at(-1) ?? 0)
        expect(stats.minDuration).toBe(durations[0] ?? 0)
        expect(sumOf(totals.trendSums)).toBeCloseTo(sumOf(durations), 3)
        expect(sumOf(totals.trendCounts)).toBe(durations.length)
        for (const [share, value] of [
          [0.5, stats.p50],
          [0.95, stats.p95],
          [0.99, stats.p99],
        ] as const) {
          const exact = durations[Math.max(0, Math.ceil(share * durations.length) - 1)]
          if (exact === undefined) expect(value).toBeUndefined()
          else expect(Math.abs((value ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.01)
        }
      }
    }),
  )
})

test('counts operations without an end separately from running ones', () => {
  const runs = { name: 'a', outcome: 'pending' as const, start: 0 }
  const session = sessionOf([runs, { ...runs, endUnknown: 'page-left' }])
  const inputs = { session, matches: session.operations.order, zoom: null, slowThreshold: 500 }
  const { all } = finish(analyse({ ...inputs, grouping: groupByName(session.operations) }))
  expect([all.count, all.running, all.endUnknown]).toEqual([2, 1, 1])
})

test('groups names beyond the limit together', () => {
  const names = Array.from({ length: MAX_GROUPS + 5 }, (_, i) => `operation ${i}`)
  const session = sessionOf(names.map(name => ({ name, start: 0, outcome: 'ok' as const, duration: 1 })))
  const inputs = { session, matches: session.operations.order, zoom: null, slowThreshold: 500 }
  const { groups } = finish(analyse({ ...inputs, grouping: groupByName(session.operations) }))
  expect(groups.size).toBe(MAX_GROUPS + 1)
  expect(groups.get(OTHER_GROUPS)?.stats().totalOperations).toBe(5)
})

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, number) => sum + number, 0)
}
