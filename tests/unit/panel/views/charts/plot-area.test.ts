import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../../../model/numbers.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { nearestOperation, type PlotArea, xOf, yOf } from '../../../../../panel/views/charts/plot-area.ts'
import { columnsOf, documentOf, TIME_ORIGIN } from '../../../model/operation-rows.ts'

const area: PlotArea = { left: 100, top: 20, width: 1_000, height: 400, ratio: 2, from: 0, to: 10_000 }

test('converts times and durations to positions', () => {
  const scale = { type: 'log', min: 1, max: 10_000 } as const
  expect(xOf(area, 5_000)).toBe(600)
  expect(yOf(area, scale, 100)).toBeCloseTo(220)
  expect(yOf(area, scale, 0)).toBe(420)
  expect(yOf(area, scale, 1e9)).toBe(20)
})

test('finds the operation under the pointer, or none if none is near', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const operations = columnsOf([
    { id: 1, name: 'near', outcome: 'ok', start: 5_010, duration: 100 },
    { id: 2, name: 'nearer', outcome: 'ok', start: 5_000, duration: 100 },
    { id: 3, name: 'far', outcome: 'ok', start: 9_000, duration: 1 },
  ])
  const batch = { operations: [{ source: 1, columns: operations }], memory: [], snapshots: [], losses: [] }
  session.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
  const scale = { type: 'log', min: 1, max: 10_000 } as const
  expect(nearestOperation(area, scale, session, session.operations.order, 250, 100)).toBe(1)
  expect(nearestOperation(area, scale, session, session.operations.order, 250, 150)).toBeNull()
  expect(nearestOperation(area, scale, session, session.operations.order, 450, 199)).toBe(2)
})

test('finds the same operation as a search of all', () => {
  const rows = fc.array(
    fc.record({ start: fc.nat(10_000), duration: fc.double({ min: 0, max: 50_000, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  const types = fc.constantFrom('log' as const, 'linear' as const)
  fc.assert(
    fc.property(rows, types, fc.nat(500), fc.nat(200), (all, type, left, top) => {
      const session = new SessionModel(TIME_ORIGIN)
      const columns = columnsOf(all.map((row, i) => ({ ...row, id: i + 1, name: 'a', outcome: 'ok' as const })))
      const batch = { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] }
      session.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
      const scale = { type, min: type === 'log' ? 1 : 0, max: 10_000 }
      const away = (row: Row): number =>
        Math.hypot(
          xOf(area, session.operations.start.get(row)) - area.left - left * area.ratio,
          yOf(area, scale, session.operations.duration.get(row)) - area.top - top * area.ratio,
        )
      const min = Math.min(...all.map((_, row) => away(row as Row)))
      const found = nearestOperation(area, scale, session, session.operations.order, left, top)
      if (found === null) expect(min).toBeGreaterThan(8 * area.ratio - 1e-6)
      else expect(away(found)).toBeCloseTo(min, 6)
    }),
  )
})
