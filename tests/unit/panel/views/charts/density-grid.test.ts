import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Rows, rowsIn } from '../../../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../../../model/session/session-model.ts'
import { DensityCounter } from '../../../../../panel/views/charts/density-grid.ts'
import { type DurationScale, durationScaleOf } from '../../../../../panel/views/charts/duration-scale.ts'
import { type PlotArea, yOf } from '../../../../../panel/views/charts/plot-area.ts'
import { LONG_EMPTY, MIN_COUNT, quantileLines } from '../../../../../panel/views/charts/quantile-lines.ts'
import { OUTCOMES } from '../../../../../wire/operations.ts'
import { sessionOf, type TestRow } from '../../../model/operation-rows.ts'

const rows = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 9_000 }),
    outcome: fc.constantFrom(...OUTCOMES),
    duration: fc.double({ min: 0, max: 50_000, noNaN: true }),
  }),
  { maxLength: 80 },
)
const views = fc.record({
  from: fc.integer({ min: 0, max: 9_000 }),
  span: fc.integer({ min: 1, max: 20_000 }),
  width: fc.integer({ min: 20, max: 500 }),
})

function countInCells(area: PlotArea, scale: DurationScale, session: SessionModel, rows: Rows) {
  return new DensityCounter().count(area, scale, session, rows, 0)
}

function unnamedSession(found: Omit<TestRow, 'id' | 'name'>[]): SessionModel {
  return sessionOf(
    found.map(({ duration = Number.NaN, ...row }) => ({
      ...row,
      name: 'a',
      duration: row.outcome === 'pending' ? Number.NaN : duration,
    })),
  )
}

test('raises running operations over time, and leaves those without an end at the bottom', () => {
  const row = { start: 0, outcome: 'pending' as const }
  const session = unnamedSession([row, { ...row, endUnknown: 'page-left' as const }, { ...row, start: 2_000 }])
  const area: PlotArea = { left: 0, top: 0, width: 100, height: 100, ratio: 1, from: 0, to: 4_000 }
  const shown = rowsIn(session.operations.order, session.operations.start, area)
  const scale = durationScaleOf(50_000, 0.1, 'log')
  const { counts, columns, lines } = countInCells(area, scale, session, shown)
  const pending = counts.subarray(columns * lines * OUTCOMES.indexOf('pending'))
  const linesOf = (column: number) => Array.from({ length: lines }, (_, line) => pending[line * columns + column])
  const [first] = Array.from({ length: columns }, (_, column) => linesOf(column)).filter(cells => cells.some(Boolean))
  const filled = first?.flatMap((count, line) => (count ? [line] : []))
  expect(filled).toHaveLength(2)
  expect(filled?.[1]).toBeGreaterThanOrEqual(lines - 2)
  expect(filled?.[0]).toBeLessThan(lines / 2)
})

test('counts each shown operation once, by outcome, in the column of its start', () => {
  fc.assert(
    fc.property(rows, views, (found, { from, span, width }) => {
      const session = unnamedSession(found)
      const area: PlotArea = { left: 0, top: 0, width, height: 100, ratio: 1, from, to: from + span }
      const scale = durationScaleOf(50_000, 0.1, 'log')
      const shown = rowsIn(session.operations.order, session.operations.start, area)
      const { counts, columns, lines, side, left } = countInCells(area, scale, session, shown)
      const starts = found.filter(({ start }) => start >= from && start <= from + span)
      for (const [index, outcome] of OUTCOMES.entries()) {
        const ofOutcome = counts.subarray(index * columns * lines, (index + 1) * columns * lines)
        const expected = starts.filter(row => row.outcome === outcome)
        expect(ofOutcome.reduce((sum, count) => sum + count, 0)).toBe(expected.length)
        for (const { start } of expected) {
          const x = ((start - from) / span) * width
          const column = Math.floor((x - left) / side)
          const near = [-1, 0, 1].some(off =>
            Array.from({ length: lines }).some((_, line) => (ofOutcome[line * columns + column + off] ?? 0) > 0),
          )
          expect(near).toBe(true)
        }
      }
    }),
  )
})

test('counts the same in a frame that follows others as in one that does not', () => {
  const frames = fc.array(
    fc.record({
      from: fc.double({ min: -2_000, max: 9_000, noNaN: true }),
      // Mostly the same, as while one pans.
      span: fc.constantFrom(3_000, 3_000, 3_000, 500),
      width: fc.constantFrom(200, 200, 200, 201),
      max: fc.constantFrom(1_000, 1_000, 50_000),
      added: fc.constantFrom(0, 0, 3),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(rows, frames, (found, changes) => {
      const counter = new DensityCounter()
      let session = unnamedSession(found)
      const all = [...found]
      let version = 0
      for (const { from, span, width, max, added } of changes) {
        if (added > 0) {
          all.push({ start: from, outcome: 'ok', duration: added })
          session = unnamedSession(all)
          version++
        }
        const area: PlotArea = { left: 30, top: 0, width, height: 100, ratio: 1, from, to: from + span }
        const shown = rowsIn(session.operations.order, session.operations.start, area)
        const scale = durationScaleOf(max, 0.1, 'log')
        const { counts, ...grid } = counter.count(area, scale, session, shown, version)
        const { counts: expected, ...fresh } = countInCells(area, scale, session, shown)
        expect(grid).toEqual(fresh)
        // Comparing tens of thousands of elements one by one takes a hundred times as long.
        expect(Buffer.from(counts.buffer).equals(Buffer.from(expected.buffer))).toBe(true)
      }
    }),
  )
})

test('draws quantiles of ended operations to the precision of a cell, and none of a few operations', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 9_000, noNaN: true }), { minLength: 1, maxLength: 60 }), all => {
      const session = unnamedSession([
        ...all.map(duration => ({ start: 100, outcome: 'ok' as const, duration })),
        { start: 100, outcome: 'pending' as const },
      ])
      const area: PlotArea = { left: 0, top: 10, width: 200, height: 300, ratio: 1, from: 0, to: 1_000 }
      const scale = durationScaleOf(9_000, 0.1, 'log')
      const grid = countInCells(area, scale, session, { list: session.operations.order, from: 0, to: all.length + 1 })
      const [p50] = quantileLines(grid, [0.5])
      if (all.length < MIN_COUNT) {
        expect(p50).toEqual([])
        return
      }
      const sorted = [...all].sort((a, b) => a - b)
      const median = sorted[Math.ceil(all.length / 2) - 1] as number
      const y = p50?.[0]?.[0]?.y as number
      expect(Math.abs(y - yOf(area, scale, median))).toBeLessThanOrEqual(2 * grid.side)
    }),
  )
})

test('draws quantile lines from the first operation to the last, interrupted where there are none', () => {
  const startsOf = fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: MIN_COUNT, maxLength: 200 })
  fc.assert(
    fc.property(startsOf, starts => {
      const session = unnamedSession(
        starts.map(start => ({ start: 1_000 + start, outcome: 'ok' as const, duration: 50 })),
      )
      const area: PlotArea = { left: 30, top: 0, width: 800, height: 100, ratio: 1, from: 0, to: 4_000 }
      const grid = countInCells(area, durationScaleOf(100, 0.1, 'log'), session, {
        list: session.operations.order,
        from: 0,
        to: starts.length,
      })
      const x = (start: number): number => 30 + (1_000 + start) / 5
      for (const run of quantileLines(grid, [0.5]).flat()) {
        const xs = run.map(point => point.x)
        expect(xs).toEqual(xs.toSorted((a, b) => a - b))
        expect(xs[0]).toBeGreaterThan(x(Math.min(...starts)) - grid.side - 1)
        expect(xs.at(-1)).toBeLessThan(x(Math.max(...starts)) + grid.side + 1)
      }
    }),
  )
})

test('interrupts quantile lines only at long gaps if there are enough operations on both sides', () => {
  const area: PlotArea = { left: 30, top: 0, width: 800, height: 100, ratio: 1, from: 0, to: 4_000 }
  const runsOf = (starts: number[]) => {
    const session = unnamedSession(starts.map(start => ({ start, outcome: 'ok' as const, duration: 50 })))
    const grid = countInCells(area, durationScaleOf(100, 0.1, 'log'), session, {
      list: session.operations.order,
      from: 0,
      to: starts.length,
    })
    return { runs: quantileLines(grid, [0.5])[0] ?? [], long: (LONG_EMPTY * grid.side * 4_000) / 800, step: 10 }
  }
  const burst = (from: number) => Array.from({ length: 20 }, (_, i) => from + i * 10)
  expect(runsOf([...burst(100), ...burst(3_500)]).runs).toHaveLength(2)
  expect(runsOf([...burst(100), ...burst(500)]).runs).toHaveLength(1)
  // Two late operations are too few for a line.
  expect(runsOf([...burst(100), 3_500, 3_600]).runs).toHaveLength(1)

  const starts = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 120 })
  fc.assert(
    fc.property(starts, all => {
      const { runs, long, step } = runsOf(all)
      const sorted = all.toSorted((a, b) => a - b)
      const x = (start: number): number => 30 + start / 5
      for (const [i, start] of sorted.entries()) {
        const next = sorted[i + 1] ?? start
        if (next - start < long + 2 * step) continue
        for (const run of runs) {
          const [first, last] = [run[0]?.x ?? 0, run.at(-1)?.x ?? 0]
          expect(last <= x(start + step) || first >= x(next - step)).toBe(true)
        }
      }
    }),
  )
})
