import { expect, test } from 'vitest'
import { GroupTotals } from '../../../../model/analysis/group-totals.ts'
import { rowsIn } from '../../../../model/session/rows-in.ts'
import { SessionFold } from '../../../../model/session/session-model.ts'
import { createFigures } from '../../../../model/text/formatters.ts'
import { endText } from '../../../../model/text/outcome-text.ts'
import { summaryParts } from '../../../../model/text/summary-text.ts'
import type { Batch } from '../../../../wire/batch.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../operation-rows.ts'

const batchOf = (change: Partial<Batch>): Batch => ({
  operations: [],
  memory: [],
  snapshots: [],
  losses: [],
  ...change,
})
const operationAt = (start: number, duration: number): Batch['operations'] => [
  { source: 1, columns: columnsOf([{ id: start + 1, name: 'a', outcome: 'ok', start, duration }]) },
]

test('marks each navigation of the top frame once', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const second = documentOf({ stream: 'stream-2', timeOrigin: TIME_ORIGIN + 5_000, navigationType: 'reload' })
  fold.apply({ type: 'document', document: documentOf() })
  fold.apply({ type: 'document', document: documentOf({ stream: 'frame', frameId: 4, timeOrigin: TIME_ORIGIN + 100 }) })
  // The extension was reloaded: the same document, injected anew.
  fold.apply({ type: 'document', document: documentOf({ stream: 'stream-1b' }) })
  fold.apply({ type: 'document', document: second })
  expect(fold.marks.map(({ time, navigationType }) => [time - TIME_ORIGIN, navigationType])).toEqual([
    [0, 'navigate'],
    [5_000, 'reload'],
  ])
  expect(fold.documents.top).toEqual(second)
})

test('a pause is a gap, open until recording goes on', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  fold.apply({ type: 'recording', on: true, time: 1 })
  fold.apply({ type: 'recording', on: false, time: 10 })
  fold.apply({ type: 'recording', on: false, time: 12 })
  expect(fold.gaps.all).toEqual([{ startTime: 10, reason: 'paused' }])
  fold.apply({ type: 'recording', on: true, time: 20 })
  expect(fold.gaps.all).toEqual([{ startTime: 10, endTime: 20, reason: 'paused' }])
})

test("a loss is a gap from its document's previous batch to this one", () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1' })
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: operationAt(100, 50) }) })
  const losses: Batch['losses'] = [{ reason: 'buffer-full', count: 7 }]
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: operationAt(400, 20), losses }) })
  expect(fold.gaps.all).toEqual([
    { startTime: TIME_ORIGIN + 150, endTime: TIME_ORIGIN + 420, reason: 'buffer-full', count: 7, documentId: 'D1' },
  ])
  expect(fold.gaps.lost).toBe(7)
})

test('begins with the first and ends with the latest recorded moment', () => {
  const fold = new SessionFold(TIME_ORIGIN + 50)
  fold.apply({ type: 'batch', document: documentOf(), batch: batchOf({ operations: operationAt(20, 500) }) })
  expect(fold.first).toBe(TIME_ORIGIN + 20)
  expect(fold.latest).toBe(TIME_ORIGIN + 520)
  fold.apply({ type: 'batch', document: documentOf(), batch: batchOf({ snapshots: [{ label: 's', time: 900 }] }) })
  expect(fold.latest).toBe(TIME_ORIGIN + 900)
  expect(fold.snapshots).toEqual([{ label: 's', time: TIME_ORIGIN + 900, document: 0 }])
})

test('a page that crashes is a gap without a count, and what runs in it gets no end', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1' })
  const running = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'pending', start: 10 }]) }]
  fold.apply({ type: 'document', document })
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: [...operationAt(100, 50), ...running] }) })
  fold.apply({ type: 'crash', document, time: TIME_ORIGIN + 900 })
  expect(fold.gaps.all).toEqual([
    { startTime: TIME_ORIGIN + 150, endTime: TIME_ORIGIN + 900, reason: 'page-crashed', documentId: 'D1' },
  ])
  expect([fold.crashed, fold.gaps.lost, fold.latest]).toEqual([true, 0, TIME_ORIGIN + 900])
  const row = fold.operations.order.row(0)
  expect([fold.operations.nameOf(row), endText(fold, row)]).toEqual(['runs', 'end unknown'])
  expect(fold.operations.details.get(row)?.endUnknown).toBe('the page crashed')
  // A batch that was on its way.
  const ended = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'ok', start: 10, duration: 5 }]) }]
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: ended }) })
  expect([endText(fold, row), fold.operations.details.get(row)]).toEqual(['ok', undefined])
  fold.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 2_000 }) })
  expect(fold.crashed).toBe(false)
})

test('what runs in a document that is first heard of after Clear gets no end when the page is left', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const running = [{ source: 1, columns: columnsOf([{ id: 9, name: 'runs', outcome: 'pending', start: 10 }]) }]
  fold.apply({ type: 'batch', document: documentOf(), batch: batchOf({ operations: running }) })
  fold.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 2_000 }) })
  expect(fold.operations.details.get(0)?.endUnknown).toBe('the page was left')
})

test('what had ended before Clear is not listed when its end is told after it, nor what DevTools saw of it', () => {
  const fold = new SessionFold(TIME_ORIGIN + 500)
  const document = documentOf()
  const request = (id: number, start: number, duration: number): TestRow => {
    const http = { method: 'GET', url: `https://shop.example/${id}` }
    return { id, name: `GET /${id}`, kind: 'fetch', outcome: 'ok', start, duration, detail: { http } }
  }
  const seen = (id: number, start: number) => {
    const startTime = TIME_ORIGIN + start
    const url = `https://shop.example/${id}`
    return { method: 'GET', url, type: 'fetch', startTime, duration: 900, status: 200, phases: { wait: 100 } }
  }
  const columns = columnsOf([request(1, 100, 300), request(2, 100, 500)])
  fold.apply({ type: 'network', requests: [seen(1, 100)] })
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: [{ source: 0, columns }], clearedAt: 500 }) })
  fold.apply({ type: 'network', requests: [seen(2, 100)] })
  expect(fold.operations.length).toBe(1)
  expect(fold.operations.nameOf(0)).toBe('GET /2')
  expect(fold.operations.details.get(0)?.http?.devtools).toBeDefined()
  expect(fold.network.unjoined).toBe(0)
  // What is told of before it has ended is listed, however late that is.
  const runs = columnsOf([{ id: 3, name: 'runs', outcome: 'pending', start: 50 }])
  fold.apply({
    type: 'batch',
    document,
    batch: batchOf({ operations: [{ source: 1, columns: runs }], clearedAt: 500 }),
  })
  expect(fold.operations.length).toBe(2)
})

test('what runs in a page that comes back from the back/forward cache may end after all', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const http = { method: 'GET', url: 'https://shop.example/slow' }
  const rows: TestRow[] = [
    { id: 1, name: 'custom', outcome: 'pending', start: 10 },
    { id: 2, name: 'with data', outcome: 'pending', start: 20, detail: { metadata: { cart: 3 } } },
    { id: 3, name: 'GET /slow', kind: 'fetch', outcome: 'pending', start: 30, detail: { http } },
  ]
  const sources = [
    { source: 1, columns: columnsOf(rows.slice(0, 2)) },
    { source: 2, columns: columnsOf(rows.slice(2)) },
  ]
  const document = documentOf()
  const ends = () => Array.from({ length: 3 }, (_, row) => endText(fold, row))
  fold.apply({ type: 'document', document })
  fold.apply({ type: 'batch', document, batch: batchOf({ operations: sources }) })
  const before = Array.from({ length: 3 }, (_, row) => fold.operations.details.get(row))
  fold.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 1_000 }) })
  expect(ends()).toEqual(['end unknown', 'end unknown', 'end unknown'])
  fold.apply({ type: 'document', document })
  expect(ends()).toEqual(['running', 'running', 'running'])
  expect(Array.from({ length: 3 }, (_, row) => fold.operations.details.get(row))).toEqual(before)
})

test('what DevTools saw and could not be stored is a gap in which no operation is missing', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  fold.apply({ type: 'network', requests: [], dropped: { count: 3, startTime: 10, endTime: 20 } })
  expect(fold.gaps.all).toEqual([{ startTime: 10, endTime: 20, reason: 'requests', count: 3 }])
  expect(fold.gaps.lost).toBe(0)
})

test('keeps long tasks in the order of time, and says how many more there were', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const longTasks = [
    { start: 500, duration: 80 },
    { start: 900, duration: 60 },
  ]
  fold.apply({ type: 'batch', document: documentOf(), batch: batchOf({ longTasks }) })
  const late = batchOf({ longTasks: [{ start: 700, duration: 50 }], longTasksDropped: 3 })
  fold.apply({ type: 'batch', document: documentOf(), batch: late })
  expect([...fold.longTasks.start.filled].map(start => start - TIME_ORIGIN)).toEqual([500, 700, 900])
  expect([...fold.longTasks.duration.filled]).toEqual([80, 50, 60])
  expect(fold.longTasks.indexFrom(TIME_ORIGIN + 700)).toBe(1)
  expect(fold.latest).toBe(TIME_ORIGIN + 960)
  expect(fold.gaps.all).toMatchObject([{ reason: 'long-tasks', count: 3 }])
  expect(fold.gaps.lost).toBe(0)
})

test('adds up what our own tasks took, where a document has told', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  const tell = (batch: Partial<Batch>) => fold.apply({ type: 'batch', document: documentOf(), batch: batchOf(batch) })
  tell({})
  expect(fold.ownTime).toBeUndefined()
  tell({ ownTime: 0.5 })
  tell({ ownTime: 1, snapshots: [{ label: 'end', time: 15_000 }] })
  expect(fold.ownTime).toBe(1.5)
  const figures = createFigures('en')
  const { order, start } = fold.operations
  const parts = summaryParts(fold, rowsIn(order, start, null), new GroupTotals(), figures)
  expect(parts).toContainEqual({ text: 'monitor overhead 0.01%' })
})

test('knows no memory before a document has told, and none where none has it', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  expect(fold.documents.memoryAvailable).toBeUndefined()
  fold.apply({ type: 'document', document: documentOf({ memoryAvailable: false }) })
  expect(fold.documents.memoryAvailable).toBe(false)
  fold.apply({ type: 'document', document: documentOf({ stream: 'stream-2' }) })
  expect(fold.documents.memoryAvailable).toBe(true)
})

test('a session that goes on where another was lost says so, as a gap without a count', () => {
  const fold = new SessionFold(TIME_ORIGIN)
  fold.apply({ type: 'storage-lost', time: TIME_ORIGIN })
  expect(fold.storageLost).toBe(true)
  expect(fold.gaps.all).toEqual([{ startTime: TIME_ORIGIN, endTime: TIME_ORIGIN, reason: 'storage-lost' }])
})
