import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extentOf } from '../../../../model/session/extent.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import type { Batch } from '../../../../wire/batch.ts'
import { exported, imported } from '../formats/session/imported.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../operation-rows.ts'

const MB = 1_000_000

const sample = (time: number, used = 20 * MB): Batch['memory'][number] => ({
  time,
  usedJSHeapSize: used,
  totalJSHeapSize: 100 * MB,
  jsHeapSizeLimit: 4_000 * MB,
  source: 'performance.memory',
})

function sessionOf(...batches: (Partial<Batch> & { rows?: TestRow[] })[]): SessionModel {
  const session = new SessionModel(TIME_ORIGIN)
  session.apply({ type: 'document', document: documentOf() })
  for (const { rows = [], ...rest } of batches) {
    const operations = rows.length > 0 ? [{ source: 1, columns: columnsOf(rows) }] : []
    const batch = { operations, memory: [], snapshots: [], losses: [], ...rest }
    session.apply({ type: 'batch', document: documentOf(), batch })
  }
  return session
}

/** Milliseconds after the start of the session. */
const endOf = (session: SessionModel): number => extentOf(session).to - TIME_ORIGIN

const idle = { memory: [1_000, 2_000, 3_000, 60_000].map(time => sample(time)) }
const ended: TestRow = { id: 1, name: 'a', outcome: 'ok', start: 100, duration: 400 }
const running: TestRow = { id: 2, name: 'b', outcome: 'pending', start: 600 }

test('ends with the last operation, however long nothing happens after it', async () => {
  for (const outcome of ['ok', 'failed', 'cancelled'] as const) {
    const session = sessionOf({ rows: [{ ...ended, outcome }], memory: [sample(10)] }, idle)
    expect(endOf(session)).toBe(500)
    expect(endOf(await imported(await exported(session)))).toBe(500)
  }
})

test('ends now while an operation is running, and with it once it has ended', async () => {
  const session = sessionOf({ rows: [ended, running], memory: [sample(10)] }, idle)
  expect(endOf(session)).toBe(60_000)
  expect(endOf(await imported(await exported(session)))).toBe(60_000)
  const end = sessionOf(
    { rows: [running], memory: [sample(10)] },
    { rows: [{ ...running, outcome: 'ok', duration: 900 }] },
    idle,
  )
  expect(endOf(end)).toBe(1_500)
})

test('does not wait for an operation that will get no end', () => {
  const session = sessionOf({ rows: [ended, running], memory: [sample(10)] })
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 5_000 }) })
  const next = documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 5_000 })
  session.apply({ type: 'batch', document: next, batch: { operations: [], snapshots: [], losses: [], ...idle } })
  expect(endOf(session)).toBe(5_000)
})

test('follows an open connection to its last message', () => {
  const connection = {
    url: 'wss://shop.example/',
    openDuration: 5,
    messagesIn: 1,
    bytesIn: 10,
    messagesOut: 0,
    bytesOut: 0,
  }
  const socket: TestRow = {
    id: 3,
    name: 'live',
    kind: 'websocket',
    outcome: 'pending',
    start: 200,
    detail: { connection },
  }
  const later = { ...socket, detail: { connection: { ...connection, messagesIn: 2 } } }
  const session = sessionOf(
    { rows: [socket], memory: [sample(1_000)] },
    { rows: [later], memory: [sample(7_000)] },
    idle,
  )
  expect(endOf(session)).toBe(7_000)
})

test('a heap that grows or shrinks visibly is activity, small changes are none', () => {
  const heap = (used: number) => ({ memory: [sample(9_000, used)] })
  const start = { rows: [ended], memory: [sample(10)] }
  for (const used of [26 * MB, 14 * MB]) expect(endOf(sessionOf(start, heap(used)))).toBe(9_000)
  for (const used of [24 * MB, 16 * MB]) expect(endOf(sessionOf(start, heap(used)))).toBe(500)
})

test('snapshots, long tasks, page events, losses and navigations are activity; a pause is none', () => {
  const start = { rows: [ended] }
  expect(endOf(sessionOf(start, { snapshots: [{ label: 's', time: 3_000 }] }))).toBe(3_000)
  expect(endOf(sessionOf(start, { longTasks: [{ start: 3_000, duration: 80 }] }))).toBe(3_080)
  const click = { type: 'interaction' as const, name: 'click', start: 3_000, duration: 40, id: 1 }
  expect(endOf(sessionOf(start, { pageEvents: [click] }))).toBe(3_040)
  const lost = { losses: [{ reason: 'buffer-full' as const, count: 2 }], memory: [sample(4_000)] }
  expect(endOf(sessionOf({ rows: [ended], memory: [sample(10)] }, lost))).toBe(4_000)

  const session = sessionOf(start)
  session.apply({ type: 'recording', on: false, time: TIME_ORIGIN + 2_000 })
  session.apply({ type: 'recording', on: true, time: TIME_ORIGIN + 9_000 })
  expect(endOf(session)).toBe(500)
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 12_000 }) })
  expect(endOf(session)).toBe(12_000)
})

test('contains every operation, whatever comes in which order', () => {
  const rows = fc.array(fc.record({ start: fc.nat(100_000), duration: fc.nat(100_000) }), {
    minLength: 1,
    maxLength: 20,
  })
  fc.assert(
    fc.property(rows, found => {
      const session = sessionOf(
        ...found.map((each, i) => ({ rows: [{ ...each, id: i + 1, name: 'a', outcome: 'ok' as const }] })),
      )
      const { from, to } = extentOf(session)
      expect(from).toBe(TIME_ORIGIN)
      expect(to - TIME_ORIGIN).toBe(Math.max(...found.map(({ start, duration }) => start + duration)))
    }),
  )
})
