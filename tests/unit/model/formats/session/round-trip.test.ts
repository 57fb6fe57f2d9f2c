import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../../../model/numbers.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { sessionStats } from '../../../../../model/session/session-stats.ts'
import { exportSession } from '../../../../../monitor/export-session.ts'
import { MemoryMonitor } from '../../../../../monitor/memory-monitor.ts'
import { PerformanceMonitor } from '../../../../../monitor/performance-monitor.ts'
import type { SessionFile } from '../../../../../session/format.ts'
import { OperationTotals } from '../../../../../session/operation-totals.ts'
import { FAILED } from '../../../../../wire/operations.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../../operation-rows.ts'
import { exported, imported, parsed, richSession } from './imported.ts'

test('an imported session is exported the same', async () => {
  const file = await exported(richSession())
  const session = await parsed(file)
  expect(schemaErrors(session)).toEqual([])
  for (const list of ['documents', 'operations', 'networkRequests', 'memory', 'snapshots', 'marks', 'gaps'] as const) {
    expect(session[list], list).not.toEqual([])
  }
  const model = await imported(file)
  expect(await (await exported(model)).text()).toBe(await file.text())
  expect(model.gaps.lost).toBe(6)
  expect(model.operations.stats.count('failed')).toBe(3)
  expect(session.operations.filter(({ error }) => error?.message === 'net::ERR_EMPTY_RESPONSE')).toHaveLength(1)
})

test('an imported session is exported the same, also compressed', async () => {
  const file = await exported(richSession(), { gzip: true })
  expect(await parsed(await exported(await imported(file)))).toEqual(await parsed(await exported(richSession())))
})

test('a session without operations spans its other data', async () => {
  const session = { ...(await parsed(await exported(richSession()))), operations: [] }
  const { first, latest } = await imported(new Blob([JSON.stringify(session)]))
  expect([first, latest]).toEqual([Date.parse(session.createdAt), TIME_ORIGIN + 75])
})

test('a file includes statistics of lost operations, and ends when the session ended', async () => {
  const session = new SessionModel(TIME_ORIGIN)
  const document = documentOf({ documentId: 'D1' })
  const lost = new OperationTotals()
  for (let i = 0; i < 90; i++) lost.record(3_000, FAILED)
  const rows: TestRow[] = [
    { id: 1, name: 'a', outcome: 'ok', start: 10, duration: 20 },
    { id: 2, name: 'b', outcome: 'pending', start: 15 },
  ]
  session.apply({ type: 'document', document })
  session.apply({
    type: 'batch',
    document,
    batch: {
      operations: [{ source: 1, columns: columnsOf(rows) }],
      memory: [],
      snapshots: [],
      losses: [{ reason: 'buffer-full', count: 100, summary: lost.pack() }],
      longTasks: [{ start: 20_000, duration: 3_000 }],
    },
  })
  session.apply({ type: 'crash', document, time: TIME_ORIGIN + 60_000 })
  const again = await imported(await exported(session))
  expect(sessionStats(again)).toEqual(sessionStats(session))
  expect(sessionStats(again)).toMatchObject({
    totalOperations: 92,
    failedOperations: 90,
    p50: expect.closeTo(3_000, -2),
  })
  expect([again.first, again.latest]).toEqual([session.first, session.latest])
  const left = [session, again].map(each => each.reachedOf(each.operations.order.row(1)))
  expect(left).toEqual([TIME_ORIGIN + 23_000, TIME_ORIGIN + 23_000])
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const rows = fc.array(
  fc.record({
    name: text,
    outcome: fc.constantFrom('ok', 'failed', 'cancelled', 'pending' as const),
    start: fc.double({ min: 0, max: 1e7, noNaN: true }),
    duration: fc.double({ min: 0, max: 1e7, noNaN: true }),
    parent: fc.nat(30),
    metadata: fc.option(fc.jsonValue({ maxDepth: 5 }), { nil: undefined }),
  }),
  { maxLength: 40 },
)

test('any recorded session is exported byte for byte the same after an import', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async given => {
      const session = richSession(
        given.map(({ duration, metadata, ...row }, i): TestRow => {
          const ended = row.outcome === 'pending' ? {} : { duration }
          return { ...row, ...ended, id: i + 10, ...(metadata === undefined ? {} : { detail: { metadata } }) }
        }),
      )
      const file = await exported(session)
      const again = await imported(file)
      const second = await exported(again)
      expect(await second.text()).toBe(await file.text())
    }),
    { numRuns: 40 },
  )
})

const report = fc.record({ time: fc.nat(1e6), messages: fc.nat(1e6), bytes: fc.nat(1e9) })

test('keeps what connections carried over time, so that their graphs are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(report, { minLength: 1, maxLength: 300 }), { maxLength: 3 }), async sockets => {
      const session = new SessionModel(TIME_ORIGIN)
      for (const [i, reports] of sockets.entries()) {
        for (const { time, messages, bytes } of reports) {
          const totals = { messagesIn: messages, bytesIn: bytes, messagesOut: 1, bytesOut: 2 }
          const detail = { connection: { url: 'wss://shop.example/', ...totals } }
          const row: TestRow = { id: i + 1, name: 'WS', kind: 'websocket', outcome: 'pending', start: i, detail }
          const operations = [{ source: 1, columns: columnsOf([row]) }]
          const snapshots = [{ label: '', time }]
          session.apply({
            type: 'batch',
            document: documentOf(),
            batch: { operations, snapshots, memory: [], losses: [] },
          })
        }
      }
      const file = await exported(session)
      expect(schemaErrors(await parsed(file))).toEqual([])
      const again = await imported(file)
      for (const [row] of sockets.entries()) {
        expect(again.operations.traffic.of(row as Row)).toEqual(session.operations.traffic.of(row as Row))
      }
      expect(await (await exported(again)).text()).toBe(await file.text())
    }),
    { numRuns: 20 },
  )
})

const id = fc.oneof(
  text.filter(each => each !== ''),
  fc.nat().map(String),
  fc.constantFrom('007', 'a.01', '1e3', '99999999999', '-1'),
)

test('keeps any texts as ids and parents, and all digits of ends', async () => {
  const template = await parsed(await exported(richSession()))
  const operation = template.operations.find(({ outcome, kind }) => outcome === 'ok' && kind === 'custom')
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(id),
      id,
      fc.double({ min: 1, max: 1e13, noNaN: true }),
      async (ids, parentId, endTime) => {
        const operations = ids.map(each => ({ ...operation, id: each, parentId, endTime }))
        const session = { ...template, operations } as SessionFile
        const model = await imported(new Blob([JSON.stringify(session)]))
        expect(await parsed(await exported(model))).toEqual(session)
      },
    ),
    { numRuns: 40 },
  )
})

test('opens a file that the library wrote', async () => {
  const monitor = PerformanceMonitor.getInstance()
  await monitor.trackOperation('outer', () => monitor.trackOperation('inner', () => Promise.resolve(), { cart: 3 }))
  await monitor.trackOperation('broken', () => Promise.reject(new RangeError('no'))).catch(() => undefined)
  MemoryMonitor.getInstance().takeSnapshot('start')
  const file = exportSession()
  const session = JSON.parse(file) as SessionFile
  const model = await imported(new Blob([file]))
  // It lists operations by their ends, the panel by their starts.
  session.operations.sort((a, b) => a.startTime - b.startTime)
  expect(await parsed(await exported(model))).toEqual(session)
  const { id, parent } = model.operations
  const inner = ([0, 1, 2] as Row[]).find(row => model.operations.nameOf(row) === 'inner') as Row
  expect(model.operations.nameOf(id.values.indexOf(parent.get(inner)) as Row)).toBe('outer')
})
