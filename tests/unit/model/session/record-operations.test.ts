import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentNumber, Row, SourceId } from '../../../../model/numbers.ts'
import { endByDevtools } from '../../../../model/session/devtools-corrections.ts'
import { OperationTable } from '../../../../model/session/operation-table.ts'
import { type Origin, recordOperations } from '../../../../model/session/record-operations.ts'
import { OUTCOMES, type Outcome } from '../../../../wire/operations.ts'
import { OPAQUE } from '../../../../wire/reason-codes.ts'
import { columnsOf, type TestRow } from '../operation-rows.ts'

const ENDED = ['ok', 'failed', 'cancelled'] as const

/** Operations, each reported first as pending (or not) and at some later time as ended (or not). */
const operations = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    start: fc.integer({ min: 0, max: 1_000 }),
    seenPending: fc.integer({ min: 0, max: 3 }),
    end: fc.option(fc.record({ outcome: fc.constantFrom<Outcome>(...ENDED), duration: fc.nat(5_000) })),
    document: fc.nat(1),
    delay: fc.nat(20),
  }),
  { maxLength: 60 },
)

function originOf(document: number, source: number, timeOrigin = 0, others: number[] = []): Origin {
  return {
    document: document as DocumentNumber,
    source: source as SourceId,
    timeOrigin,
    others: others as DocumentNumber[],
  }
}

test('equals a naive map of the latest report of each operation', () => {
  fc.assert(
    fc.property(operations, fc.integer({ min: 1, max: 10 }), (all, batchSize) => {
      const reports: { at: number; document: number; row: TestRow }[] = []
      for (const [i, { name, start, seenPending, end, document, delay }] of all.entries()) {
        const row = { id: i + 1, name, start }
        for (let n = 0; n < seenPending; n++) reports.push({ at: i + n, document, row: { ...row, outcome: 'pending' } })
        if (end) reports.push({ at: i + seenPending + delay, document, row: { ...row, ...end } })
      }
      reports.sort((a, b) => a.at - b.at)

      const table = new OperationTable()
      const naive = new Map<string, TestRow>()
      for (let i = 0; i < reports.length; i += batchSize) {
        const batch = reports.slice(i, i + batchSize)
        for (const document of [0, 1]) {
          const rows = batch.filter(each => each.document === document).map(({ row }) => row)
          if (rows.length > 0) recordOperations(table, originOf(document, 1), columnsOf(rows))
          for (const row of rows) naive.set(`${document + 1}.1.${row.id}`, row)
        }
      }

      expect(table.length).toBe(naive.size)
      for (let row = 0 as Row; row < table.length; row++) {
        const expected = naive.get(table.idOf(row))
        expect(table.outcomeOf(row)).toBe(expected?.outcome)
        expect(table.nameOf(row)).toBe(expected?.name)
        expect(table.duration.get(row)).toBe(expected?.duration ?? Number.NaN)
        expect(table.start.get(row)).toBe(expected?.start)
      }
      const ended = [...naive.values()].filter(({ outcome }) => outcome !== 'pending')
      for (const outcome of OUTCOMES) {
        expect(table.stats.count(outcome)).toBe([...naive.values()].filter(row => row.outcome === outcome).length)
      }
      expect(table.stats.totals.stats().totalOperations).toBe(ended.length)
      expect(table.stats.maxDuration).toBe(Math.max(0, ...ended.map(({ duration = 0 }) => duration)))
      const starts = Array.from({ length: table.length }, (_, i) => table.start.get(table.order.row(i)))
      expect(starts).toEqual([...starts].sort((a, b) => a - b))
    }),
  )
})

/** Operations of a page on which DevTools is closed and opened again and again. */
const reopened = fc.array(
  fc.record({ start: fc.integer({ min: 0, max: 400 }), end: fc.option(fc.integer({ min: 1, max: 400 })) }),
  { maxLength: 20 },
)

test('an operation that outlives its recording has one row and its end, in whatever order the recordings are stored', () => {
  fc.assert(
    fc.property(reopened, fc.infiniteStream(fc.nat()), (all, choice) => {
      // A recording lasts 100 ms.
      const reports = new Map<number, TestRow[][]>()
      const report = (at: number, row: TestRow): void => {
        const recording = Math.floor(at / 100)
        reports.set(recording, [...(reports.get(recording) ?? []), [row]])
      }
      for (const [i, { start, end }] of all.entries()) {
        const row = { id: i + 1, name: `op ${i}`, start }
        const endsLater = end === null || Math.floor((start + end) / 100) > Math.floor(start / 100)
        if (endsLater) report(start, { ...row, outcome: 'pending' })
        if (end !== null) report(start + end, { ...row, outcome: 'ok', duration: end })
      }

      const table = new OperationTable()
      /** In the order of their first record. */
      const recordings: number[] = []
      for (let left = [...reports.keys()]; left.length > 0; left = [...reports.keys()]) {
        const recording = left[choice.next().value % left.length] as number
        const [rows, ...rest] = reports.get(recording) as [TestRow[], ...TestRow[][]]
        if (rest.length > 0) reports.set(recording, rest)
        else reports.delete(recording)
        if (!recordings.includes(recording)) recordings.push(recording)
        const number = recordings.indexOf(recording)
        const others = [...recordings.keys()].filter(other => other !== number)
        const batch = recording === 0 ? {} : { reportedUntil: recording * 100 }
        recordOperations(table, originOf(number, 1, 0, others), columnsOf(rows), batch)
      }

      const rows = Array.from({ length: table.length }, (_, row) => row as Row)
      const found = rows.map(row => [table.nameOf(row), table.outcomeOf(row)])
      const expected = all.map(({ end }, i) => [`op ${i}`, end === null ? 'pending' : 'ok'])
      expect(found.sort()).toEqual(expected.sort())
      expect(table.stats.count('pending')).toBe(all.filter(({ end }) => end === null).length)
    }),
  )
})

test('replaces the details of an operation by those of its later report', () => {
  const table = new OperationTable()
  const pending: TestRow = { id: 1, name: 'a', outcome: 'pending', start: 0, detail: { metadata: 'first' } }
  recordOperations(table, originOf(0, 1), columnsOf([pending]))
  recordOperations(table, originOf(0, 1), columnsOf([{ ...pending, detail: { metadata: 'second' } }]))
  expect(table.details.get(0 as Row)).toEqual({ metadata: 'second' })
  recordOperations(table, originOf(0, 1), columnsOf([{ id: 1, name: 'a', outcome: 'ok', start: 0, duration: 1 }]))
  expect(table.details.get(0 as Row)).toBeUndefined()
})

test('keeps operations of different sources and documents apart', () => {
  const table = new OperationTable()
  const row: TestRow = { id: 1, name: 'a', outcome: 'pending', start: 0, parent: 7 }
  recordOperations(table, originOf(0, 1), columnsOf([row]))
  recordOperations(table, originOf(0, 2), columnsOf([row]))
  recordOperations(table, originOf(1, 1), columnsOf([row]))
  expect(([0, 1, 2] as Row[]).map(each => table.idOf(each))).toEqual(['1.1.1', '1.2.1', '2.1.1'])
  expect(table.parentIdOf(1 as Row)).toBe('1.2.7')
})

test('notes that the page no longer waits for the end of a pending request', () => {
  const table = new OperationTable()
  const http = { method: 'GET', url: 'https://host/a' }
  const row: Omit<TestRow, 'id'> = { name: 'GET /a', kind: 'fetch', outcome: 'pending', start: 0, detail: { http } }
  recordOperations(table, originOf(0, 0), columnsOf([1, 2, 3].map(id => ({ ...row, id }))))
  endByDevtools(table, 1 as Row, { outcome: 'ok', duration: 5 })
  const later = columnsOf([{ ...row, id: 4 }])
  if (later.requests) later.requests.abandoned = Uint32Array.of(1, 2, 9)
  recordOperations(table, originOf(0, 0), later)
  const reasons = ([0, 1, 2, 3] as Row[]).map(each => table.endReasonOf(each))
  expect(reasons).toEqual(['too-many-in-flight', undefined, undefined, undefined])
  expect(table.outcomeOf(0 as Row)).toBe('pending')
})

test('keeps the end from DevTools when the page reports later that it knows none', () => {
  const table = new OperationTable()
  const http = { method: 'GET', url: 'https://host/a' }
  const row: TestRow = { id: 1, name: 'GET /a', kind: 'fetch', outcome: 'pending', start: 0, detail: { http } }
  recordOperations(table, originOf(0, 0), columnsOf([row]))
  endByDevtools(table, 0 as Row, { outcome: 'ok', duration: 5 })
  const later = columnsOf([row])
  if (later.requests) later.requests.state[0] = OPAQUE
  recordOperations(table, originOf(0, 0), later)
  expect(table.outcomeOf(0 as Row)).toBe('ok')
  expect(table.details.get(0 as Row)?.http).toEqual(http)
})

test('ends requests of an earlier recording by the entries of Resource Timing, and lists none twice', () => {
  const table = new OperationTable()
  const request = (id: number, path: string, start: number, duration?: number): TestRow => ({
    id,
    name: `GET /${path}`,
    kind: 'fetch',
    outcome: duration === undefined ? 'pending' : 'ok',
    start,
    ...(duration === undefined ? {} : { duration }),
    detail: { http: { method: 'GET', url: `https://host/${path}` } },
  })
  const remembered = (id: number, path: string, start: number, duration: number): TestRow => ({
    ...request(id, path, start, duration),
    name: `/${path}`,
    detail: { http: { method: '', url: `https://host/${path}`, status: 200 } },
  })
  recordOperations(
    table,
    originOf(0, 0, 1_000),
    columnsOf([request(1, 'done', 10, 5), request(2, 'open', 20), request(3, 'open', 30)]),
  )
  const again = [remembered(1, 'done', 10, 5), remembered(2, 'open', 20.5, 100), remembered(3, 'meanwhile', 200, 9)]
  recordOperations(table, originOf(1, 0, 1_000, [0]), columnsOf(again), {
    reportedUntil: 100,
  })
  expect(table.length).toBe(4)
  expect(
    ([0, 1, 2, 3] as Row[]).map(row => [table.nameOf(row), table.outcomeOf(row), table.duration.get(row)]),
  ).toEqual([
    ['GET /done', 'ok', 5],
    ['GET /open', 'ok', 100.5],
    ['GET /open', 'pending', Number.NaN],
    ['/meanwhile', 'ok', 9],
  ])
  expect(table.details.get(1 as Row)?.http).toMatchObject({ method: 'GET', status: 200, match: 'inferred' })
  expect([table.stats.count('ok'), table.stats.count('pending')]).toEqual([3, 1])
  // In a session that has nothing of the earlier recording all is new.
  recordOperations(table, originOf(5, 0, 9_000), columnsOf([remembered(1, 'done', 10, 5)]), { reportedUntil: 100 })
  expect(table.length).toBe(5)
})
