import 'fake-indexeddb/auto'

import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import { BYTES_PER_READ, openSessionLog, RECORDS_PER_READ, type SessionLog } from '../../../storage/session-log.ts'
import { OVER_BUDGET_BYTES } from '../../../storage/stored-session.ts'
import type { Batch } from '../../../wire/batch.ts'
import type { LogEntry, LogRecord } from '../../../wire/log.ts'
import { createOperationColumns } from '../../../wire/operations.ts'
import { unhandledDuring } from '../monitor/contract.ts'

const open: SessionLog[] = []
let databases = 0

async function createLog(name = `log ${++databases}`): Promise<SessionLog> {
  const log = openSessionLog(name)
  open.push(log)
  for (const id of ['a', 'b']) if (!(await log.getSession(id))) await log.addSession(infoOf(id))
  return log
}

const infoOf = (id: string) => ({ id, tabId: 1, createdAt: 1, recording: true, preserveLog: true })

afterEach(async () => {
  for (const log of open.splice(0)) await log.close()
})

/** An entry that is identified by its time. */
const entry = (time: number): LogEntry => ({ type: 'recording', on: true, time })
const delivered = (stream: string, seq: number) => ({ entry: entry(seq), delivery: [stream, seq] as [string, number] })

/** An entry of about this many bytes. */
const bigEntry = (bytes: number): LogEntry => ({ ...entry(0), ...{ filling: new Uint8Array(bytes - 100) } })
const documentInfo = {
  stream: 's',
  frameId: 0,
  url: 'https://shop.example/cart',
  title: 'Cart',
  userAgent: '',
  timeOrigin: 1,
  clockResolution: 0.1,
  memoryAvailable: false,
  navigationType: 'navigate',
}

const isAscending = (records: LogRecord[]): boolean => records.every(({ n }, i) => n > (records[i - 1]?.n ?? 0))

async function readAll(log: SessionLog, session: string): Promise<LogRecord[]> {
  const records: LogRecord[] = []
  for (;;) {
    const page = await log.read(session, records.at(-1)?.n ?? 0)
    if (page.length === 0) return records
    records.push(...page)
  }
}

const timesOf = (records: LogRecord[]): number[] =>
  records.map(({ entry: { type, ...rest } }) => (type === 'recording' ? (rest as { time: number }).time : -1))

test('keeps sessions, and what is known of their logs', async () => {
  const log = await createLog()
  expect(await log.getSession('c')).toBeUndefined()
  await log.addSession({ ...infoOf('c'), createdAt: 5 })
  const contents = { url: '', title: '', appendedAt: 5, operations: 0, bytes: 0 }
  expect(await log.getSession('c')).toEqual({ ...infoOf('c'), createdAt: 5, ...contents })
  await log.append('c', [{ entry: entry(1) }])
  await log.append('c', [], { recording: false })
  const kept = await log.getSession('c')
  expect(kept).toMatchObject({ recording: false, operations: 0, url: '' })
  expect(kept?.bytes).toBeGreaterThan(0)
  expect(kept?.appendedAt).toBeGreaterThan(5)
  expect((await log.listSessions()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(await log.append('gone', [], { recording: false })).toBeUndefined()
  expect(await log.getSession('gone')).toBeUndefined()
})

test('keeps entries in order, each further than the one before', async () => {
  const log = await createLog()
  await log.append('a', [{ entry: entry(10) }, { entry: entry(20) }])
  await log.append('a', [{ entry: entry(30) }])
  const records = await readAll(log, 'a')
  expect(isAscending(records)).toBe(true)
  expect(timesOf(records)).toEqual([10, 20, 30])
  expect(records[0]).toMatchObject({ session: 'a', entry: entry(10) })
  expect((await log.getSession('a'))?.bytes).toBe(records.at(-1)?.n)
})

test('keeps batches as they are, typed arrays included', async () => {
  const log = await createLog()
  const columns = { ...createOperationColumns(2), strings: ['load'] }
  columns.duration.set([1.5, Number.NaN])
  const batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  await log.append('a', [{ entry: { type: 'batch', document: documentInfo, batch }, delivery: ['s', 1] }])
  expect((await readAll(log, 'a'))[0]?.entry).toEqual({ type: 'batch', document: documentInfo, batch })
})

test('stores once what is delivered twice, in one append or in several', async () => {
  const log = await createLog()
  await log.append('a', [delivered('s', 1), delivered('s', 1), delivered('s', 2)])
  await log.append('a', [delivered('s', 2), delivered('s', 3), delivered('t', 1)])
  const records = await readAll(log, 'a')
  expect(records.map(({ delivery }) => delivery)).toEqual([
    ['s', 1],
    ['s', 2],
    ['s', 3],
    ['t', 1],
  ])
  expect(isAscending(records)).toBe(true)
})

test('stores what has no delivery each time', async () => {
  const log = await createLog()
  await log.append('a', [{ entry: entry(1) }, { entry: entry(1) }])
  expect(await readAll(log, 'a')).toHaveLength(2)
})

test('keeps the order of appends that are made at once', async () => {
  const log = await createLog()
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => log.append('a', [delivered('s', 2 * i), delivered('s', 2 * i + 1)])),
  )
  const records = await readAll(log, 'a')
  expect(timesOf(records)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  expect(isAscending(records)).toBe(true)
})

test('gives every position once when two write at once', async () => {
  const [one, other] = [await createLog('shared'), await createLog('shared')]
  const appends = Array.from({ length: 30 }, (_, i) => [
    one.append('a', [delivered('s', i), delivered('s', i)]),
    other.append('a', [delivered('s', i), delivered('t', i)]),
  ])
  await Promise.all(appends.flat())
  const records = await readAll(one, 'a')
  expect(records).toHaveLength(60)
  expect(isAscending(records)).toBe(true)
  expect(new Set(records.map(({ delivery }) => String(delivery))).size).toBe(60)
})

test('keeps sessions apart', async () => {
  const log = await createLog()
  await log.append('a', [{ entry: entry(1) }])
  await log.append('b', [{ entry: entry(2) }])
  await log.append('a', [{ entry: entry(3) }])
  expect(timesOf(await readAll(log, 'a'))).toEqual([1, 3])
  expect(timesOf(await readAll(log, 'b'))).toEqual([2])
  expect(await readAll(log, 'ab')).toEqual([])
})

test('reads in pages, without gap or double', async () => {
  const log = await createLog()
  const count = RECORDS_PER_READ * 2 + 5
  await log.append(
    'a',
    Array.from({ length: count }, (_, i) => ({ entry: entry(i) })),
  )
  const first = await log.read('a', 0)
  expect(first).toHaveLength(RECORDS_PER_READ)
  expect(await log.read('a', (await log.getSession('a'))?.bytes ?? 0)).toEqual([])
  expect(timesOf(await readAll(log, 'a'))).toEqual(Array.from({ length: count }, (_, i) => i))
})

test('reads no more bytes at a time than it may, unless one record is larger', async () => {
  const log = await createLog()
  const sizes = [3, 0.4, 0.4, 0.4, 0.1, 2, 0.7].map(share => Math.round(share * BYTES_PER_READ))
  for (const size of sizes) await log.append('a', [{ entry: bigEntry(size) }])
  const reads: number[] = []
  for (let after = 0, page = await log.read('a', after); page.length > 0; page = await log.read('a', after)) {
    reads.push(page.length)
    after = page.at(-1)?.n ?? 0
  }
  expect(reads).toEqual([1, 2, 2, 1, 1])
})

test('knows what was recorded without reading the log', async () => {
  const log = await createLog()
  const columns = { ...createOperationColumns(3), strings: ['load'] }
  columns.outcome.set([0, 1, 2])
  const operations = [{ source: 0, columns }]
  const batch = { operations, memory: [], snapshots: [], losses: [] }
  const frame = { ...documentInfo, frameId: 7, url: 'https://ads.example/', title: 'Ad' }
  await log.append('a', [{ entry: { type: 'document', document: documentInfo } }])
  await log.append('a', [{ entry: { type: 'batch', document: frame, batch } }])
  await log.append('a', [{ entry: { type: 'batch', document: { ...documentInfo, title: 'Cart (2)' }, batch } }])
  expect(await log.getSession('a')).toMatchObject({ url: documentInfo.url, title: 'Cart (2)', operations: 4 })
})

test('stores nothing for a session that is gone', async () => {
  const log = await createLog()
  await log.append('a', [delivered('s', 1)])
  await log.remove('a')
  expect(await log.append('a', [delivered('s', 2)])).toBeUndefined()
  expect(await readAll(log, 'a')).toEqual([])
  expect(await log.append('b', [delivered('s', 2)])).toBeDefined()
})

test('removes a session with its log and its deliveries, and no other', async () => {
  const log = await createLog()
  await log.append('a', [delivered('s', 1)])
  await log.append('b', [delivered('t', 1)])
  await log.remove('a')
  expect(await log.getSession('a')).toBeUndefined()
  expect(await readAll(log, 'a')).toEqual([])
  expect(await log.getSession('b')).toBeDefined()
  expect(await readAll(log, 'b')).toHaveLength(1)
  await log.append('b', [delivered('s', 1)])
  expect(await readAll(log, 'b')).toHaveLength(2)
})

test('finds what was stored by one that is gone', async () => {
  const log = await createLog('kept')
  await log.append('a', [delivered('s', 1)])
  await log.close()
  const later = await createLog('kept')
  await later.append('a', [delivered('s', 1), delivered('s', 2)])
  expect(timesOf(await readAll(later, 'a'))).toEqual([1, 2])
})

test('adds entries and changes the session in one transaction, and resolves with what was written', async () => {
  const log = await createLog()
  const written = await log.append('a', [{ entry: entry(1) }], { recording: false })
  expect(written).toMatchObject({ id: 'a', recording: false })
  expect(await log.getSession('a')).toEqual(written)
  const uncloneable = { entry: { ...entry(2), ...{ call: () => {} } } as LogEntry }
  await expect(log.append('a', [uncloneable], { recording: true })).rejects.toMatchObject({ name: 'DataCloneError' })
  expect(await log.getSession('a')).toEqual(written)
})

test('stores counts alone of what comes after the budget is reached, and nothing far beyond it', async () => {
  const log = await createLog()
  const columns = { ...createOperationColumns(3), strings: ['load'] }
  columns.outcome.fill(1)
  const batch: Batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  const batchEntry: LogEntry = { type: 'batch', document: documentInfo, batch }
  await log.append('a', [{ entry: bigEntry(5_000) }], { budget: 4_000 })
  const network: LogEntry = { type: 'network', requests: [] }
  const full = await log.append('a', [
    { entry: batchEntry, delivery: ['s', 1] },
    { entry: network },
    { entry: entry(7) },
  ])
  expect(full?.operations).toBe(0)
  const [, lost, last, ...more] = (await readAll(log, 'a')).map(record => record.entry)
  expect(lost).toEqual({
    ...batchEntry,
    batch: { operations: [], memory: [], snapshots: [], losses: [{ reason: 'session-full', count: 3 }] },
  })
  expect([last, more]).toEqual([entry(7), []])
  // So large that only a page which forges batches gets there.
  await log.append('a', [], { budget: (full?.bytes ?? 0) - OVER_BUDGET_BYTES })
  expect(await log.append('a', [{ entry: batchEntry, delivery: ['s', 2] }])).toMatchObject({ bytes: full?.bytes })
  await log.append('a', [], { budget: 1_000_000 })
  expect((await log.append('a', [{ entry: batchEntry, delivery: ['s', 3] }]))?.operations).toBe(3)
})

test('stores all of an append or nothing, and goes on after one that failed', async () => {
  const log = await createLog()
  const unhandled = await unhandledDuring(async () => {
    const uncloneable = { entry: { ...entry(2), ...{ call: () => {} } } as LogEntry }
    await expect(log.append('a', [{ entry: entry(1) }, uncloneable])).rejects.toMatchObject({ name: 'DataCloneError' })
    await log.append('a', [{ entry: entry(3) }])
  })
  expect(unhandled).toEqual([])
  expect(timesOf(await readAll(log, 'a'))).toEqual([3])
})

test('opens the database again after the browser has closed it, and after it could not be opened', async () => {
  const opened: IDBDatabase[] = []
  const native = indexedDB.open.bind(indexedDB)
  const opening = vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = native(name, version)
    request.addEventListener('success', () => opened.push(request.result))
    return request
  })
  try {
    const log = await createLog('reopened')
    await log.append('a', [{ entry: entry(1) }])
    forceCloseDatabase(opened[0] as never)
    opening.mockImplementationOnce(() => {
      throw new DOMException('Internal error opening backing store.', 'UnknownError')
    })
    await expect(log.append('a', [{ entry: entry(2) }])).rejects.toThrow('backing store')
    await log.append('a', [{ entry: entry(3) }])
    expect(timesOf(await readAll(log, 'a'))).toEqual([1, 3])
    expect(opened).toHaveLength(2)
  } finally {
    opening.mockRestore()
  }
})

test('keeps what was sent of a session while its log grows', async () => {
  const log = await createLog()
  const progress = { rows: 2, running: [1], position: 5, taken: 1, lost: 0 }
  const sent = { traces: progress, metrics: progress }
  const [, stored] = await Promise.all([log.append('a', [{ entry: entry(1) }]), log.setSent('a', sent)])
  expect(stored).toMatchObject({ sent })
  expect(await log.append('a', [{ entry: entry(2) }], { recording: false })).toMatchObject({ sent, recording: false })
  expect(await log.setSent('none', sent)).toBe(undefined)
})
