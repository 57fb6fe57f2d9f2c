import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, OTHER_GROUPS } from '../../../../model/analysis/analyse.ts'
import { type GroupKey, groupRows, sortedGroups } from '../../../../model/analysis/group-rows.ts'
import { groupByName } from '../../../../model/analysis/grouping.ts'
import { timeInFlightOf } from '../../../../model/insights/in-flight.ts'
import type { GroupId, Row } from '../../../../model/numbers.ts'
import { sparklinePath } from '../../../../panel/views/operations/group-grid.ts'
import { OUTCOMES } from '../../../../wire/operations.ts'
import { finish, sessionOf } from '../operation-rows.ts'

const rows = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    start: fc.nat(1_000),
    outcome: fc.constantFrom(...OUTCOMES),
    duration: fc.integer({ min: 1, max: 1_000 }),
  }),
  { maxLength: 100 },
)

test('sorts groups by any column in both directions', () => {
  const keys = fc.constantFrom<GroupKey>('name', 'count', 'failed', 'cancelled', 'max', 'total', 'running', 'slow')
  fc.assert(
    fc.property(rows, keys, fc.boolean(), (all, key, descending) => {
      const session = sessionOf(all)
      const grouping = groupByName(session.operations)
      const inputs = { session, matches: session.operations.order, zoom: null, grouping, slowThreshold: 500 }
      const groups = finish(groupRows(finish(analyse(inputs))))
      const keyOf = (name: string): string | number | undefined => {
        const own = all.filter(row => row.name === name)
        const ended = own.filter(({ outcome }) => outcome !== 'pending').map(({ duration }) => duration)
        const share = (outcome: string) => own.filter(row => row.outcome === outcome).length
        const group = groups.find(row => row.name === name)
        return {
          name,
          count: own.length,
          failed: share('failed'),
          cancelled: share('cancelled'),
          max: ended.length > 0 ? Math.max(...ended) : undefined,
          total: ended.reduce((sum, duration) => sum + duration, 0),
          running: share('pending'),
          slow: group?.totals.slow,
        }[key as 'name']
      }
      const sorted = finish(sortedGroups(groups, { key, descending })).map(({ name }) => keyOf(name))
      expect(sorted).toHaveLength(new Set(all.map(({ name }) => name)).size)
      const known = sorted.filter(value => value !== undefined)
      expect(sorted.slice(0, known.length)).toEqual(known)
      const sign = descending ? -1 : 1
      expect(known).toEqual(known.toSorted((a, b) => (a < b ? -sign : a > b ? sign : 0)))
    }),
  )
})

test('adds up sizes and statuses as far as they are known, and sorts by failed responses', () => {
  const request = (start: number, name: string, status: number, transferSize?: number) => ({
    ...{ name, kind: 'fetch' as const, outcome: 'ok' as const, start, duration: 1 },
    detail: {
      http: { method: 'GET', url: `https://a.example/${start}`, status, ...(transferSize && { transferSize }) },
    },
  })
  const session = sessionOf([
    request(1, 'good', 200, 100),
    request(2, 'good', 204),
    request(3, 'good', 304, 20),
    request(4, 'bad', 404, 7),
    request(5, 'bad', 503),
    request(6, 'bad', 0),
    request(7, 'worse', 500),
    request(8, 'worse', 502),
    request(9, 'worse', 429),
    { name: 'custom', outcome: 'ok', start: 10, duration: 1 },
  ])
  const grouping = groupByName(session.operations)
  const inputs = { session, matches: session.operations.order, zoom: null, grouping, slowThreshold: 500 }
  const groups = finish(groupRows(finish(analyse(inputs))))
  const of = (key: GroupKey) =>
    finish(sortedGroups(groups, { key, descending: true })).map(({ name, totals }) => [name, totals.size])
  expect(of('size').slice(0, 2)).toEqual([
    ['good', 120],
    ['bad', 7],
  ])
  expect(
    of('statuses')
      .slice(0, 2)
      .map(([name]) => name),
  ).toEqual(['worse', 'bad'])
  const good = groups.find(({ name }) => name === 'good')
  expect([...(good?.totals.statusClasses ?? [])]).toEqual([0, 0, 2, 1, 0, 0, 0, 0, 0, 0])
})

test('draws a trend with a point for each step that has operations', () => {
  const trend = (sums: number[], counts: number[]) =>
    sparklinePath({ trendSums: Float64Array.from(sums), trendCounts: Float64Array.from(counts) })
  expect(trend([0, 0], [0, 0])).toBe('')
  expect(trend([0, 5], [0, 1])).toBe('M0.5 1.0h1')
  expect(trend([10, 0, 40], [1, 0, 2])).toBe('M0 7.0L2 1.0')
})

test('sorts by how long groups were in flight, and leaves out what nobody waits for', () => {
  const session = sessionOf([
    { name: 'a', start: 0, outcome: 'ok', duration: 100 },
    { name: 'a', start: 50, outcome: 'ok', duration: 100 },
    { name: 'b', start: 100, outcome: 'failed', duration: 50 },
    { name: 'c', start: 400, outcome: 'ok', duration: 25 },
  ])
  const grouping = groupByName(session.operations)
  const inputs = { session, matches: session.operations.order, zoom: null, grouping, slowThreshold: 500 }
  const times = finish(timeInFlightOf(session, null, grouping))
  const groups = finish(groupRows(finish(analyse(inputs)), times))
  const shown = (key: GroupKey) =>
    finish(sortedGroups(groups, { key, descending: true })).map(({ name, waited, share }) => [name, waited, share])
  // 50 ms are divided between a and b, and something was in flight for 175 ms.
  expect(shown('waited')).toEqual([
    ['a', 150, 125 / 175],
    ['b', 50, 25 / 175],
    ['c', 25, 25 / 175],
  ])
  const zoomed = finish(timeInFlightOf(session, { from: session.first + 300, to: session.latest + 1 }, grouping))
  expect([...zoomed.values()].map(({ waited }) => waited)).toEqual([25])
})

test('shows what a call allocates with the names that run together, and sorts unknown figures last', () => {
  const session = sessionOf(['a', 'b', 'c'].map((name, i) => ({ name, outcome: 'ok', start: i, duration: 1 })))
  const grouping = groupByName(session.operations)
  const inputs = { session, matches: session.operations.order, zoom: null, grouping, slowThreshold: 500 }
  const [a, b, c] = [0, 1, 2].map(row => grouping.groupOf(row as Row)) as [GroupId, GroupId, GroupId]
  const allocated = new Map([
    [a, { bytes: 2e5, low: 1e5, high: 3e5, together: [] }],
    [c, { bytes: 4e5, low: 3e5, high: 5e5, together: [b, OTHER_GROUPS] }],
  ])
  const groups = finish(groupRows(finish(analyse(inputs)), undefined, allocated))
  const sorted = (descending: boolean) => finish(sortedGroups(groups, { key: 'allocates', descending }))
  expect(sorted(true).map(({ name }) => name)).toEqual(['c', 'a', 'b'])
  expect(sorted(false).map(({ name }) => name)).toEqual(['a', 'c', 'b'])
  expect(sorted(true).map(({ allocation }) => allocation?.together)).toEqual([['b', '(other names)'], [], undefined])
})
