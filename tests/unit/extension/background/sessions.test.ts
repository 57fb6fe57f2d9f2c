// Test (Node): what happens to a tab's session is stored once, in one transaction, and announced.
import 'fake-indexeddb/auto'

import { expect, test, vi } from 'vitest'
import { isRecordedSince, type Sessions } from '../../../../extension/background/sessions.ts'
import { emptySession } from '../../../../storage/stored-session.ts'
import type { Batch, DocumentInfo } from '../../../../wire/batch.ts'
import { createTabsWorld } from '../../../support/fake-tabs.ts'
import { columnsOf, type TestRow } from '../../model/operation-rows.ts'

const TAB = 1
const documentOf = (stream: string, more: Partial<DocumentInfo> = {}): DocumentInfo => ({
  stream,
  frameId: 0,
  url: 'https://shop.example/',
  title: '',
  userAgent: '',
  timeOrigin: 1,
  clockResolution: 0.1,
  memoryAvailable: false,
  navigationType: 'navigate',
  ...more,
})
const ROW: TestRow = { id: 1, name: 'a', outcome: 'ok', start: 1, duration: 1 }
const batchOf = (row = ROW): Batch => ({
  operations: [{ source: 0, columns: columnsOf([row]) }],
  memory: [],
  snapshots: [],
  losses: [],
})

async function createWorld(budget?: number) {
  const world = createTabsWorld(budget === undefined ? {} : { budget })
  await world.tabs.open(TAB)
  return world
}

test('stores documents and batches, each once, and announces that the log grew', async () => {
  const { sessions, tabs, announced, entriesOf } = await createWorld()
  const document = documentOf('s')
  for (let i = 0; i < 2; i++) {
    await sessions.addDocument(TAB, document)
    await sessions.addBatches(TAB, document, [
      [1, batchOf()],
      [2, batchOf()],
    ])
  }
  const { id } = await tabs.sessionOf(TAB)
  expect((await entriesOf(id)).map(({ type }) => type)).toEqual(['document', 'batch', 'batch'])
  expect(announced.at(-1)).toEqual({ sessionId: id, change: 'appended', pendingRequests: false })
})

test('announces requests whose end is not known yet, and connections until they have opened', async () => {
  const { sessions, announced } = await createWorld()
  const pending: TestRow = { id: 1, name: 'GET /', outcome: 'pending', start: 1 }
  const connection = { url: 'https://shop.example/events', messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  const open = { connection: { ...connection, openDuration: 5 } }
  const rows: [Partial<TestRow>, boolean][] = [
    [{ kind: 'fetch' }, true],
    [{ kind: 'beacon' }, true],
    [{ kind: 'custom' }, false],
    [{ kind: 'eventsource', detail: { connection } }, true],
    [{ kind: 'eventsource', detail: open }, false],
    [{ kind: 'websocket', detail: { connection } }, false],
  ]
  for (const [seq, [row, pendingRequests]] of rows.entries()) {
    await sessions.addBatches(TAB, documentOf('s'), [[seq + 1, batchOf({ ...pending, ...row })]])
    expect(announced.at(-1)).toMatchObject({ pendingRequests })
  }
})

test('switches recording in one transaction, and resolves with what was written', async () => {
  const { sessions, tabs, log, announced, entriesOf } = await createWorld()
  const append = vi.spyOn(log, 'append')
  const paused = await sessions.setRecording(TAB, false)
  expect(append).toHaveBeenCalledOnce()
  expect(paused).toMatchObject({ recording: false, pausedAt: expect.any(Number) })
  expect(paused).toEqual(await tabs.sessionOf(TAB))
  expect(announced).toContainEqual({ sessionId: paused.id, change: 'session', session: paused })
  // It is so already.
  await sessions.setRecording(TAB, false)
  await sessions.setRecording(TAB, true)
  expect(await entriesOf(paused.id)).toMatchObject([
    { type: 'recording', on: false, time: paused.pausedAt },
    { type: 'recording', on: true },
  ])
})

test('writes to the session that the tab has by then, when another was cleared meanwhile', async () => {
  const { sessions, tabs, log, entriesOf } = await createWorld()
  const append = log.append.bind(log)
  vi.spyOn(log, 'append').mockImplementationOnce(async (...args) => {
    await tabs.replaceSession(TAB)
    return append(...args)
  })
  const session = await sessions.addDocument(TAB, documentOf('s'))
  expect(session.id).toBe((await tabs.sessionOf(TAB)).id)
  expect(await entriesOf(session.id)).toMatchObject([{ type: 'document' }])
})

test('a batch that was underway during Clear is marked with the moment of Clear by its document’s clock', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  // The machine has slept for a minute since the document came, while its clock stood still.
  const document = documentOf('s', { timeOrigin: Date.now() - 100_000 })
  const underway = { ...batchOf(), wallOffset: 60_000 }
  await sessions.addBatches(TAB, document, [[1, underway]])
  const [first] = await entriesOf((await tabs.sessionOf(TAB)).id)
  expect(first).toMatchObject({ type: 'batch', batch: underway })
  const { id, clearedAt = 0 } = await sessions.clear(TAB)
  expect(clearedAt).toBeGreaterThan(0)
  const atClear = clearedAt - document.timeOrigin - 60_000
  await sessions.addBatches(TAB, document, [
    [2, underway],
    [3, { ...underway, clearedAt: atClear + 0.5 }],
    [4, { ...underway, clearedAt: 12 }],
  ])
  // A document that began after Clear.
  await sessions.addBatches(TAB, documentOf('next', { timeOrigin: clearedAt + 1 }), [[1, batchOf()]])
  const marks = (await entriesOf(id)).map(entry => entry.type === 'batch' && entry.batch.clearedAt)
  expect(marks).toEqual([atClear, atClear + 0.5, atClear, undefined])

  // The wall clock may have been corrected since: what comes later was sent by pages that know.
  vi.useFakeTimers({ now: clearedAt + 10_001, toFake: ['Date'] })
  await sessions.addBatches(TAB, document, [[5, underway]])
  vi.useRealTimers()
  expect((await entriesOf(id)).at(-1)).toMatchObject({ batch: underway })
})

test('what a document did before the next one began belongs to the session before, where the log is not kept', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  const before = documentOf('a', { documentId: 'A', timeOrigin: Date.now() - 5_000 })
  await sessions.addDocument(TAB, before)
  await sessions.setPreserveLog(TAB, false)
  const next = documentOf('b', { documentId: 'B', timeOrigin: Date.now() - 100 })
  await sessions.addDocument(TAB, next)
  await sessions.addBatches(TAB, before, [[1, batchOf()]])
  await sessions.addBatches(TAB, next, [[1, batchOf()]])
  const batches = (await entriesOf((await tabs.sessionOf(TAB)).id)).filter(entry => entry.type === 'batch')
  expect(batches.map(({ batch }) => batch.clearedAt)).toEqual([next.timeOrigin - before.timeOrigin, undefined])
})

test.each([60_000, 3_000])('a new document loses nothing if the wall clock was set back by %i ms', async back => {
  const { sessions, tabs, entriesOf } = await createWorld()
  await sessions.addDocument(TAB, documentOf('a', { documentId: 'A', timeOrigin: Date.now() + back - 5_000 }))
  await sessions.setPreserveLog(TAB, false)
  const next = documentOf('b', { documentId: 'B', timeOrigin: Date.now() + back - 100 })
  await sessions.addDocument(TAB, next)
  await sessions.addBatches(TAB, next, [[1, { ...batchOf(), wallOffset: -back }]])
  const frame = documentOf('c', { frameId: 2, timeOrigin: next.timeOrigin + 50 })
  await sessions.addBatches(TAB, frame, [[1, { ...batchOf(), wallOffset: -back }]])
  const batches = (await entriesOf((await tabs.sessionOf(TAB)).id)).filter(entry => entry.type === 'batch')
  expect(batches.map(({ batch }) => batch.clearedAt)).toEqual([undefined, undefined])
})

test('a navigation of the top frame begins a new session where the log is not kept', async () => {
  const { sessions, tabs, announced } = await createWorld()
  const first = await sessions.addDocument(TAB, documentOf('a', { documentId: 'A' }))
  expect(first.topDocument).toBe('A')
  await sessions.addDocument(TAB, documentOf('b', { documentId: 'B' }))
  expect((await tabs.sessionOf(TAB)).id).toBe(first.id)
  await sessions.setPreserveLog(TAB, false)
  // A frame's document, and one that was injected anew, are no navigation.
  await sessions.addDocument(TAB, documentOf('frame', { documentId: 'F', frameId: 3 }))
  await sessions.addDocument(TAB, documentOf('b2', { documentId: 'B' }))
  expect((await tabs.sessionOf(TAB)).id).toBe(first.id)
  const next = await sessions.addDocument(TAB, documentOf('c', { documentId: 'C' }))
  expect(next.id).not.toBe(first.id)
  expect(next).toMatchObject({ topDocument: 'C', preserveLog: false })
  expect(announced).toContainEqual(expect.objectContaining({ sessionId: first.id, change: 'replaced' }))
})

test('a document that comes after DevTools was closed ends no session', async () => {
  const { sessions, tabs } = await createWorld()
  await sessions.setPreserveLog(TAB, false)
  const { id } = await sessions.addDocument(TAB, documentOf('a'))
  await tabs.close(TAB)
  expect((await sessions.addDocument(TAB, documentOf('late'))).id).toBe(id)
})

test('stops recording at the budget, says why, and says how much of the rest is lost', async () => {
  const { sessions, tabs, limited, announced, entriesOf } = await createWorld(600)
  const document = documentOf('s')
  for (let seq = 1; seq <= 6; seq++) await sessions.addBatches(TAB, document, [[seq, batchOf()]])
  const session = await tabs.sessionOf(TAB)
  expect(session).toMatchObject({ recording: false, limitReached: true })
  expect(limited).toEqual([TAB])
  expect(announced).toContainEqual(
    expect.objectContaining({ change: 'session', session: expect.objectContaining({ limitReached: true }) }),
  )
  const entries = await entriesOf(session.id)
  const stopped = entries.findIndex(({ type }) => type === 'recording')
  expect(entries[stopped]).toMatchObject({ on: false, reason: 'session-full' })
  const counted = entries.slice(stopped).flatMap(entry => (entry.type === 'batch' ? entry.batch.losses : []))
  expect(session.operations + counted.length).toBe(6)
  expect(counted.every(({ reason, count }) => reason === 'session-full' && count === 1)).toBe(true)
})

test('records no more at the budget until there is a larger one, or another session', async () => {
  const { sessions, entriesOf } = await createWorld(100)
  await sessions.addBatches(TAB, documentOf('s'), [[1, batchOf()]])
  expect(await sessions.setRecording(TAB, true)).toMatchObject({ recording: false, limitReached: true })
  expect(await sessions.setBudget(TAB, 200)).toMatchObject({ recording: false, limitReached: true })
  expect(await sessions.setBudget(TAB, 1e6)).toMatchObject({ recording: false, limitReached: false })
  const resumed = await sessions.setRecording(TAB, true)
  expect(resumed.recording).toBe(true)
  expect((await entriesOf(resumed.id)).at(-1)).toMatchObject({ type: 'recording', on: true })
  expect(await sessions.setBudget(TAB, 100)).toMatchObject({ recording: false, limitReached: true })
  expect(await sessions.clear(TAB)).toMatchObject({ recording: true, bytes: 0 })
})

test.each([
  ['the user set a lower one', (sessions: Sessions) => sessions.setBudget(TAB, 10)],
  ['its pages still delivered', (sessions: Sessions) => sessions.addBatches(TAB, documentOf('s'), [[2, batchOf()]])],
])('says why a paused session does not resume that reached its budget as %s', async (_, reach) => {
  const { sessions, tabs } = await createWorld()
  await sessions.addBatches(TAB, documentOf('s'), [[1, batchOf()]])
  await sessions.setBudget(TAB, (await tabs.sessionOf(TAB)).bytes + 100)
  expect(await sessions.setRecording(TAB, false)).toMatchObject({ recording: false, limitReached: false })
  await reach(sessions)
  expect(await sessions.setRecording(TAB, true)).toMatchObject({ recording: false, limitReached: true })
  expect(await sessions.setBudget(TAB, 1e6)).toMatchObject({ recording: false, limitReached: false })
  expect((await sessions.setRecording(TAB, true)).recording).toBe(true)
})

test('finds the session of a document, and stores what it left', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  expect(await sessions.findDocument('s')).toBeUndefined()
  await sessions.addDocument(TAB, documentOf('s', { title: 'Cart' }))
  const known = await sessions.findDocument('s')
  expect(known).toMatchObject({ session: await tabs.sessionOf(TAB), document: { title: 'Cart' } })
  if (!known) return
  await sessions.addUnloadBatch(known, 4, batchOf())
  await sessions.addUnloadBatch(known, 4, batchOf())
  expect((await entriesOf(known.session.id)).map(({ type }) => type)).toEqual(['document', 'batch'])
})

test('counts what no session knows in those that were recorded then, once', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  await tabs.open(2)
  await tabs.sessionOf(3)
  const batches: [number, number][] = [
    [1, 5],
    [2, 0],
    [3, 2],
  ]
  for (let i = 0; i < 2; i++) await sessions.addUnattributed('s', Date.now() + 1, batches)
  await sessions.addUnattributed('earlier', 1, batches)
  for (const [tabId, counts] of [
    [TAB, [5, 2]],
    [2, [5, 2]],
    [3, []],
  ] as const) {
    const entries = await entriesOf((await tabs.sessionOf(tabId)).id)
    expect(entries).toEqual(counts.map(count => ({ type: 'unattributed', time: expect.any(Number), count })))
  }
})

test('counts them also if DevTools was closed since, and not if it was closed before', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  const { id, createdAt } = await tabs.sessionOf(TAB)
  await tabs.close(TAB)
  await sessions.addUnattributed('later', Date.now() + 1, [[1, 2]])
  await sessions.addUnattributed('before', createdAt, [[1, 3]])
  expect((await entriesOf(id)).map(entry => 'count' in entry && entry.count)).toEqual([3])
})

test('stores nothing that it has counted as lost, should its page come back', async () => {
  const { sessions, tabs, entriesOf } = await createWorld()
  await sessions.addUnattributed('s', Date.now() + 1, [[1, 1]])
  expect(await sessions.findDocument('s')).toBeUndefined()
  await sessions.addDocument(TAB, documentOf('s'))
  await sessions.addBatches(TAB, documentOf('s'), [
    [1, batchOf()],
    [2, batchOf()],
  ])
  const { id, operations } = await tabs.sessionOf(TAB)
  expect((await entriesOf(id)).map(({ type }) => type)).toEqual(['unattributed', 'document', 'batch'])
  expect(operations).toBe(1)
})

test('a pause keeps what was recorded until it began', () => {
  const session = emptySession({ id: 's', tabId: 1, createdAt: 0, recording: false, preserveLog: true })
  expect(isRecordedSince({ ...session, recording: true }, 5)).toBe(true)
  expect(isRecordedSince(session, 5)).toBe(false)
  expect(isRecordedSince({ ...session, pausedAt: 6 }, 5)).toBe(true)
  expect(isRecordedSince({ ...session, pausedAt: 4 }, 5)).toBe(false)
})
