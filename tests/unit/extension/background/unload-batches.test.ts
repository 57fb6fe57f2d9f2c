// Test (Node): what pages left in storage is stored in their sessions, and what is missing of it is counted.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Sessions } from '../../../../extension/background/sessions.ts'
import { SETTLE_TIME, UnloadBatches } from '../../../../extension/background/unload-batches.ts'
import { emptySession } from '../../../../storage/stored-session.ts'
import type { Batch, DocumentInfo } from '../../../../wire/batch.ts'
import type { StoredSession } from '../../../../wire/messages.ts'
import { encodeBatch, type UnloadRecord, unloadKey } from '../../../../wire/unload-batch.ts'
import { createFakeStorageArea } from '../../../support/fake-storage-area.ts'
import { turn } from '../../../support/turn.ts'
import { columnsOf } from '../../model/operation-rows.ts'

const STREAM = '1-2-3-4'
const SESSION = emptySession({ id: 's', tabId: 1, createdAt: 0, recording: true, preserveLog: true })

function batchOf(name: string, message?: string): Batch {
  const row = { id: 1, name, outcome: 'ok', start: 1, duration: 1 } as const
  const columns = columnsOf([message === undefined ? row : { ...row, detail: { error: { name: 'Error', message } } }])
  return { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function createWorld() {
  const area = createFakeStorageArea()
  const world = {
    area,
    session: SESSION as StoredSession | undefined,
    stored: [] as (readonly [seq: number, batch: Batch])[],
    unattributed: [] as Parameters<Sessions['addUnattributed']>[],
    fail: false,
    names: () =>
      world.stored.map(([seq, { operations, losses }]) => [
        seq,
        operations[0]?.columns.strings[0] ?? losses.map(({ reason, count }) => `${reason} ${count}`).join(),
      ]),
  }
  const unload = new UnloadBatches({
    area,
    sessions: {
      findDocument: async () =>
        world.session && { session: world.session, document: { stream: STREAM } as DocumentInfo },
      async addUnloadBatch(_, seq, batch) {
        if (world.fail) throw new Error('Internal error')
        world.stored.push([seq, batch])
      },
      addUnattributed: async (...args) => void world.unattributed.push(args),
    },
    secretNames: async () => new Set(['voucher']),
  })
  const leave = async (
    batches: UnloadRecord['batches'],
    texts: Record<number, unknown>,
    record = {},
  ): Promise<void> => {
    await area.set({ [unloadKey(STREAM)]: { since: 0, time: Date.now(), batches, ...record } })
    for (const [seq, text] of Object.entries(texts)) await area.set({ [unloadKey(STREAM, Number(seq))]: text })
  }
  return { world, unload, leave }
}

const settle = async (): Promise<void> => {
  for (let round = 0; round < 3; round++) {
    await turn(10)
    await vi.advanceTimersByTimeAsync(SETTLE_TIME)
  }
  await turn(10)
}

test('stores what was there before the worker started, in its order, and what comes; then storage is empty', async () => {
  const { world, unload, leave } = createWorld()
  await leave(
    [
      [2, 1],
      [10, 1],
    ],
    { 10: encodeBatch(batchOf('b')), 2: encodeBatch(batchOf('a')) },
  )
  await world.area.set({ settings: { keepDays: 5 } })
  const stop = unload.start()
  await turn(10)
  expect(world.names()).toEqual([
    [2, 'a'],
    [10, 'b'],
  ])
  await leave([[11, 1]], { 11: encodeBatch(batchOf('c')) })
  await turn(10)
  expect(world.names().at(-1)).toEqual([11, 'c'])
  expect([...world.area.items.keys()]).toEqual(['settings'])
  stop()
  await leave([[12, 1]], { 12: encodeBatch(batchOf('d')) })
  await settle()
  expect(world.stored).toHaveLength(3)
})

test('redacts what the user has called secret', async () => {
  const { world, unload, leave } = createWorld()
  await leave([[1, 1]], { 1: encodeBatch(batchOf('a', 'https://host/?voucher=s3cret')) })
  unload.start()
  await turn(10)
  expect(JSON.stringify(world.stored)).not.toContain('s3cret')
})

test.each([
  ['is not JSON', '{"batch":'],
  ['is not encoded as ours', '5'],
  ['names columns where there are none', '{"batch":{},"columns":[[["a"],"Uint8Array","!!!"]]}'],
  ['is no text', { batch: 1 }],
])('counts a batch that %s', async (_, text) => {
  const { world, unload, leave } = createWorld()
  await leave([[1, 7]], { 1: text })
  unload.start()
  await turn(10)
  expect(world.names()).toEqual([[1, 'page-left 7']])
  expect(world.area.items.size).toBe(0)
})

test('counts a batch that does not arrive, once it has had its time', async () => {
  const { world, unload, leave } = createWorld()
  unload.start()
  await leave(
    [
      [1, 4],
      [2, 1],
    ],
    { 2: encodeBatch(batchOf('b')) },
  )
  await turn(10)
  expect(world.names()).toEqual([[2, 'b']])
  await settle()
  expect(world.names()).toContainEqual([1, 'page-left 4'])
  expect(world.area.items.size).toBe(0)
})

test('counts what a page had of which no session knows, when what it sent by its port must have been stored', async () => {
  const { world, unload, leave } = createWorld()
  world.session = undefined
  unload.start()
  const time = Date.now()
  await leave(
    [
      [1, 4],
      [2, 3],
    ],
    { 1: encodeBatch(batchOf('a')) },
  )
  await turn(10)
  expect(world.unattributed).toEqual([])
  await settle()
  const lost = [
    [1, 4],
    [2, 3],
  ]
  expect(world.unattributed).toEqual([[STREAM, time, lost, expect.any(Number)]])
  expect([world.stored, world.area.items.size]).toEqual([[], 0])
})

test('a machine that slept has not had its time', async () => {
  const { world, unload, leave } = createWorld()
  world.session = undefined
  await leave([[1, 4]], {}, { time: Date.now() - 3_600_000 })
  unload.start()
  await turn(10)
  expect(world.unattributed).toEqual([])
  await settle()
  expect(world.unattributed).toHaveLength(1)
})

test('stores it after all, when the session hears of the document meanwhile', async () => {
  const { world, unload, leave } = createWorld()
  world.session = undefined
  unload.start()
  await leave([[1, 1]], { 1: encodeBatch(batchOf('a')) })
  await turn(10)
  world.session = SESSION
  await settle()
  expect([world.names(), world.unattributed]).toEqual([[[1, 'a']], []])
})

test('wants nothing of a document that was discarded', async () => {
  const { world, unload, leave } = createWorld()
  world.session = undefined
  unload.start()
  unload.discard(STREAM)
  await leave([[1, 4]], {})
  await settle()
  expect([world.unattributed, world.area.items.size]).toEqual([[], 0])
})

test.each([
  ['from before Clear', { time: 50, since: 10 }, { createdAt: 100 }],
  ['that came in a pause', { since: 10 }, { recording: false, pausedAt: 5 }],
])('wants nothing of a document %s', async (_, record, session) => {
  const { world, unload, leave } = createWorld()
  world.session = { ...SESSION, ...session }
  await leave([[1, 4]], { 1: encodeBatch(batchOf('a')) }, record)
  unload.start()
  await settle()
  expect([world.stored, world.unattributed, world.area.items.size]).toEqual([[], [], 0])
})

test('tries again what could not be stored', async () => {
  const { world, unload, leave } = createWorld()
  world.fail = true
  await leave([[1, 1]], { 1: encodeBatch(batchOf('a')) })
  unload.start()
  await turn(10)
  expect(world.stored).toEqual([])
  world.fail = false
  await settle()
  expect(world.names()).toEqual([[1, 'a']])
})

/** A page that is unloaded again leaves a record of what is not stored by then: that may have as many batches as the one before. */
test.each<[what: string, batches: UnloadRecord['batches']]>([
  [
    'more',
    [
      [1, 1],
      [2, 6],
    ],
  ],
  ['as many others, when it is unloaded again', [[2, 6]]],
])('keeps the record of what the page leaves while the rest is being stored: %s', async (_, batches) => {
  for (let turns = 0; turns < 15; turns++) {
    const { world, unload, leave } = createWorld()
    await leave([[1, 1]], { 1: encodeBatch(batchOf('a')) })
    const stop = unload.start()
    await turn(turns)
    await leave(batches, {})
    await settle()
    stop()
    expect(world.names(), `after ${turns} turns`).toContainEqual([2, 'page-left 6'])
  }
})
