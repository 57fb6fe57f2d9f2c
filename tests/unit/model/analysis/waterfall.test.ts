import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONCURRENCY_STEPS } from '../../../../model/analysis/concurrency.ts'
import { phaseSegments } from '../../../../model/analysis/phase-segments.ts'
import { waterfall } from '../../../../model/analysis/waterfall.ts'
import { tickStep, ticksIn } from '../../../../panel/views/timeline/timeline-grid.ts'
import { OUTCOMES } from '../../../../wire/operations.ts'
import { finish, sessionOf } from '../operation-rows.ts'

/** Ids count from 1 in the order of arrival. A parent can be any id: unknown, or the operation itself. Many start together. */
const rows = fc
  .array(
    fc.record({
      name: fc.constant('a'),
      start: fc.nat(10).map(step => step * 100),
      outcome: fc.constantFrom(...OUTCOMES),
      duration: fc.oneof(fc.nat(500), fc.constantFrom(0, 100, 200)),
      parent: fc.nat(30),
      left: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map(all =>
    all.map(({ left, ...row }) => ({
      ...row,
      ...(left && row.outcome === 'pending' ? { endUnknown: 'page-left' as const } : {}),
    })),
  )
type Row = typeof rows extends fc.Arbitrary<(infer R)[]> ? R : never

/** An operation without an end counts for as long as its document was recorded. */
function endOf({ start, outcome, duration, endUnknown }: Row, all: Row[]): number {
  if (endUnknown) return Math.max(...all.map(row => row.start + row.duration))
  return outcome === 'pending' ? Number.POSITIVE_INFINITY : start + duration
}

const zooms = fc.option(fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 600 })))

/** The rows in the order of a tree, sorted by start below each parent. */
function flatten(rows: number[], parents: ReadonlyMap<number, number>, all: Row[], above = -1): number[] {
  const children = rows.filter(row => parents.get(row) === above)
  const byStart = children.sort((a, b) => (all[a] as Row).start - (all[b] as Row).start || a - b)
  return byStart.flatMap(row => [row, ...flatten(rows, parents, all, row)])
}

test('lists each operation of the range once, children below their parent, even if both start at the same time', () => {
  fc.assert(
    fc.property(rows, zooms, (all, span) => {
      const session = sessionOf(all)
      const zoom = span && { from: span[0], to: span[0] + span[1] }
      const shown = finish(waterfall({ session, matches: session.operations.order, zoom }))
      const expected = [...all.keys()].filter(row => {
        const own = all[row] as Row
        return !zoom || (own.start <= zoom.to && endOf(own, all) >= zoom.from)
      })
      const listed = [...shown.rows]
      expect(listed.toSorted((a, b) => a - b)).toEqual(expected)

      const depths = shown.depths ?? new Uint8Array(listed.length)
      const path: number[] = []
      const parents = new Map<number, number>()
      for (const [i, row] of listed.entries()) {
        path.length = depths[i] as number
        parents.set(row, path.at(-1) ?? -1)
        path.push(row)
      }
      expect(listed).toEqual(flatten(expected, parents, all))

      const toldParent = (row: number): number => {
        const parent = (all[row] as Row).parent - 1
        return listed.includes(parent) ? parent : -1
      }
      /** The rows of the cycle that a row is part of; empty if it is in none. */
      const circleOf = (row: number): number[] => {
        const above: number[] = []
        for (let at = toldParent(row); at >= 0 && !above.includes(at); at = toldParent(at)) above.push(at)
        return above.includes(row) ? above : []
      }
      for (const row of listed) {
        const circle = circleOf(row)
        const cut = circle.filter(each => parents.get(each) === -1)
        expect(cut).toHaveLength(Math.min(circle.length, 1))
        if (!cut.includes(row)) expect(parents.get(row)).toBe(toldParent(row))
      }
    }),
  )
})

test('reports the maximum number of concurrent operations', () => {
  fc.assert(
    fc.property(rows, all => {
      const session = sessionOf(all)
      const { concurrency } = finish(
        waterfall({ session, matches: session.operations.order, zoom: { from: 0, to: 1_000 } }),
      )
      const isThere = (row: Row, time: number) => row.start === time || (row.start < time && endOf(row, all) > time)
      const runningAt = (time: number) => all.filter(row => isThere(row, time)).length
      expect(concurrency.max).toBe(Math.max(0, ...all.map(({ start }) => runningAt(start))))
      for (const { start } of all) {
        const step = Math.min(Math.floor(start / (1_000 / CONCURRENCY_STEPS)), CONCURRENCY_STEPS - 1)
        expect(concurrency.peaks[step]).toBeGreaterThanOrEqual(runningAt(start))
      }
    }),
  )
})

test('puts phases one after the other, with TLS as a part of connecting', () => {
  expect(phaseSegments({ queued: 1, connect: 5, tls: 3, wait: 2, receive: 0 })).toEqual([
    { phase: 'queued', from: 0, to: 1 },
    { phase: 'connect', from: 1, to: 3 },
    { phase: 'tls', from: 3, to: 6 },
    { phase: 'wait', from: 6, to: 8 },
  ])
})

test('puts as many ticks at round times as fit', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 30 }), (span, maxTicks) => {
      const step = tickStep(span, maxTicks)
      expect(ticksIn(0, span, 0, step).length).toBeLessThanOrEqual(maxTicks + 1)
      expect(String(Number((step / 10 ** Math.floor(Math.log10(step * 1.0001))).toFixed(6)))).toMatch(/^(1|2|5)$/)
    }),
  )
})
