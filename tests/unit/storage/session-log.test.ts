import 'fake-indexeddb/auto'

import { afterEach, expect, test } from 'vitest'
import { openSessionLog, RECORDS_PER_READ, type SessionLog } from '../../../storage/session-log.ts'
import type { LogEntry, LogRecord } from '../../../wire/log.ts'
import { createOperationColumns } from '../../../wire/operations.ts'
import { unhandledDuring } from '../monitor/contract.ts'

const open: SessionLog[] = []
let databases = 0

function createLog(name = `log ${++databases}`): SessionLog {
  const log = openSessionLog(name)
  open.push(log)
  return log
}

afterEach(async () => {
  for (const log of open.splice(0)) await log.close()
})

/** An entry that can be told from others by its time. */
const entry = (time: number): LogEntry => ({ type: 'recording', on: true, time })
const delivered = (stream: string, seq: number) => ({ entry: entry(seq), delivery: [stream, seq] as [string, number] })

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

test('keeps sessions', async () => {
  const log = createLog()
  expect(await log.getSession('a')).toBeUndefined()
  const info = { id: 'a', tabId: 5, createdAt: 1, recording: true, preserveLog: true }
  await log.putSession(info)
  expect(await log.getSession('a')).toEqual(info)
  await log.putSession({ ...info, recording: false, preserveLog: true })
  expect(await log.getSession('a')).toEqual({ ...info, recording: false, preserveLog: true })
})

test('keeps entries in order, with positions from 1', async () => {
  const log = createLog()
  await log.append('a', [{ entry: entry(10) }, { entry: entry(20) }])
  await log.append('a', [{ entry: entry(30) }])
  const records = await readAll(log, 'a')
  expect(records.map(({ n }) => n)).toEqual([1, 2, 3])
  expect(timesOf(records)).toEqual([10, 20, 30])
  expect(records[0]).toEqual({ session: 'a', n: 1, entry: entry(10) })
})

test('keeps batches as they are, typed arrays included', async () => {
  const log = createLog()
  const columns = { ...createOperationColumns(2), strings: ['load'] }
  columns.duration.set([1.5, Number.NaN])
  const document = {
    stream: 's',
    frameId: 0,
    url: '',
    title: '',
    userAgent: '',
    timeOrigin: 1,
    clockResolution: 0.1,
    memoryAvailable: false,
    navigationType: 'navigate',
  }
  const batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  await log.append('a', [{ entry: { type: 'batch', document, batch }, delivery: ['s', 1] }])
  expect((await readAll(log, 'a'))[0]?.entry).toEqual({ type: 'batch', document, batch })
})

test('stores once what is delivered twice, in one append or in several', async () => {
  const log = createLog()
  await log.append('a', [delivered('s', 1), delivered('s', 1), delivered('s', 2)])
  await log.append('a', [delivered('s', 2), delivered('s', 3), delivered('t', 1)])
  const records = await readAll(log, 'a')
  expect(records.map(({ delivery }) => delivery)).toEqual([
    ['s', 1],
    ['s', 2],
    ['s', 3],
    ['t', 1],
  ])
  expect(records.map(({ n }) => n)).toEqual([1, 2, 3, 4])
})

test('stores what has no delivery each time', async () => {
  const log = createLog()
  await log.append('a', [{ entry: entry(1) }, { entry: entry(1) }])
  expect(await readAll(log, 'a')).toHaveLength(2)
})

test('keeps the order of appends that are made at once', async () => {
  const log = createLog()
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => log.append('a', [delivered('s', 2 * i), delivered('s', 2 * i + 1)])),
  )
  const records = await readAll(log, 'a')
  expect(timesOf(records)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  expect(records.map(({ n }) => n)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
})

test('gives every position once when two write at once', async () => {
  const [one, other] = [createLog('shared'), createLog('shared')]
  const appends = Array.from({ length: 30 }, (_, i) => [
    one.append('a', [delivered('s', i), delivered('s', i)]),
    other.append('a', [delivered('s', i), delivered('t', i)]),
  ])
  await Promise.all(appends.flat())
  const records = await readAll(one, 'a')
  expect(records.map(({ n }) => n)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
  expect(new Set(records.map(({ delivery }) => String(delivery))).size).toBe(60)
})

test('keeps sessions apart', async () => {
  const log = createLog()
  await log.append('a', [{ entry: entry(1) }])
  await log.append('b', [{ entry: entry(2) }])
  await log.append('a', [{ entry: entry(3) }])
  expect(timesOf(await readAll(log, 'a'))).toEqual([1, 3])
  expect(timesOf(await readAll(log, 'b'))).toEqual([2])
  expect(await readAll(log, 'ab')).toEqual([])
})

test('reads in pages, without gap or double', async () => {
  const log = createLog()
  const count = RECORDS_PER_READ * 2 + 5
  await log.append(
    'a',
    Array.from({ length: count }, (_, i) => ({ entry: entry(i) })),
  )
  const first = await log.read('a', 0)
  expect(first).toHaveLength(RECORDS_PER_READ)
  expect(await log.read('a', count)).toEqual([])
  expect(timesOf(await readAll(log, 'a'))).toEqual(Array.from({ length: count }, (_, i) => i))
})

test('removes a session with its log and its deliveries, and no other', async () => {
  const log = createLog()
  await log.putSession({ id: 'a', tabId: 1, createdAt: 1, recording: true, preserveLog: true })
  await log.putSession({ id: 'b', tabId: 2, createdAt: 2, recording: true, preserveLog: true })
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
  const log = createLog('kept')
  await log.append('a', [delivered('s', 1)])
  await log.close()
  const later = createLog('kept')
  await later.append('a', [delivered('s', 1), delivered('s', 2)])
  expect(timesOf(await readAll(later, 'a'))).toEqual([1, 2])
})

test('stores all of an append or nothing, and goes on after one that failed', async () => {
  const log = createLog()
  const unhandled = await unhandledDuring(async () => {
    const uncloneable = { entry: { ...entry(2), ...{ call: () => {} } } as LogEntry }
    await expect(log.append('a', [{ entry: entry(1) }, uncloneable])).rejects.toMatchObject({ name: 'DataCloneError' })
    await log.append('a', [{ entry: entry(3) }])
  })
  expect(unhandled).toEqual([])
  expect(timesOf(await readAll(log, 'a'))).toEqual([3])
})
