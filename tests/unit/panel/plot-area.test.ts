import { expect, test } from 'vitest'
import { nearestOperation } from '../../../panel/charts/nearest-operation.ts'
import { type PlotArea, xOf, yOf } from '../../../panel/charts/plot-area.ts'
import { SessionFold } from '../../../panel/session/session-fold.ts'
import { columnsOf, documentOf, TIME_ORIGIN } from './operation-rows.ts'

const area: PlotArea = { left: 100, top: 20, width: 1_000, height: 400, ratio: 2, from: 0, to: 10_000 }

test('places times and durations', () => {
  const scale = { type: 'log', least: 1, most: 10_000 } as const
  expect(xOf(area, 5_000)).toBe(600)
  expect(yOf(area, scale, 100)).toBeCloseTo(220)
  expect(yOf(area, scale, 0)).toBe(420)
  expect(yOf(area, scale, 1e9)).toBe(20)
})

test('finds the operation under the pointer, and none where none is near', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const operations = columnsOf([
    { id: 1, name: 'near', outcome: 'ok', start: 5_010, duration: 100 },
    { id: 2, name: 'nearer', outcome: 'ok', start: 5_000, duration: 100 },
    { id: 3, name: 'far', outcome: 'ok', start: 9_000, duration: 1 },
  ])
  const batch = { operations: [{ source: 1, columns: operations }], memory: [], snapshots: [], losses: [] }
  fold.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
  const scale = { type: 'log', least: 1, most: 10_000 } as const
  expect(nearestOperation(area, scale, fold, fold.operations.order, 250, 100)).toBe(1)
  expect(nearestOperation(area, scale, fold, fold.operations.order, 250, 150)).toBeNull()
  expect(nearestOperation(area, scale, fold, fold.operations.order, 450, 199)).toBe(2)
})
