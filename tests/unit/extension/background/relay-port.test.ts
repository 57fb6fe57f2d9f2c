// Test (Node): what a relay's port may say, when, and what it is answered.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RelayHandlers, serveRelay } from '../../../../extension/background/relay-port.ts'
import { emptySession } from '../../../../storage/stored-session.ts'
import type { Batch, DocumentInfo } from '../../../../wire/batch.ts'
import type { RelayCommand, StoredSession } from '../../../../wire/messages.ts'
import { createPortPair } from '../../../support/fake-port.ts'
import { turn } from '../../../support/turn.ts'
import { columnsOf } from '../../model/operation-rows.ts'

const TAB = 3
const SESSION = emptySession({ id: 's', tabId: TAB, createdAt: 0, recording: true, preserveLog: true })
const DOCUMENT: DocumentInfo = {
  stream: '1-2-3-4',
  frameId: 99,
  url: 'https://shop.example/?voucher=s3cret',
  title: 'Cart',
  userAgent: 'Test',
  timeOrigin: 1,
  clockResolution: 0.1,
  memoryAvailable: false,
  navigationType: 'navigate',
}

function batchOf(name: string): Batch {
  const columns = columnsOf([{ id: 1, name, outcome: 'ok', start: 1, duration: 1 }])
  return { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

function createWorld(frameId = 0) {
  const replies: RelayCommand[] = []
  const stored: [seq: number, name: string | undefined][][] = []
  const documents: DocumentInfo[] = []
  const world = {
    replies,
    stored,
    documents,
    session: SESSION as StoredSession,
    inspected: true,
    wasInspectedAfter: false,
    crashed: false,
    crashes: [] as DocumentInfo[],
    injected: [] as number[],
    discarded: [] as string[],
    callStacks: false,
    /** What storing waits for, and may fail by. */
    storing: async (): Promise<void> => undefined,
    types: () => replies.map(({ type }) => type),
  }
  const pair = createPortPair('relay', { tab: { id: TAB } as never, frameId, ...{ documentId: 'D' } })
  pair.near.onMessage.addListener(reply => replies.push(reply as RelayCommand))
  const handlers: RelayHandlers = {
    sessions: {
      async addDocument(_, document) {
        documents.push({ ...document })
        return world.session
      },
      async addBatches(_, _document, batches) {
        await world.storing()
        stored.push(batches.map(([seq, batch]) => [seq, batch.operations[0]?.columns.strings[0]]))
      },
      addCrash: async (_, document) => void world.crashes.push(document),
    },
    tabs: {
      isInspected: async () => world.inspected,
      wasInspectedAfter: async () => world.inspected || world.wasInspectedAfter,
      sessionOf: async () => world.session,
    },
    secretNames: async () => new Set(['voucher']),
    callStacks: async () => world.callStacks,
    hasCrashed: async () => world.crashed,
    inject: async tabId => void world.injected.push(tabId),
    onDiscarded: stream => void world.discarded.push(stream),
  }
  serveRelay(pair.far, handlers)
  pair.accept()
  const announce = (document: unknown = DOCUMENT, since = 10): void =>
    pair.near.postMessage({ type: 'document', document, since })
  const send = (seq: unknown, name = 'a'): void =>
    pair.near.postMessage({ type: 'batch', seq, title: 'New title', batch: batchOf(name) })
  return { world, pair, announce, send }
}

test('stores the document as the browser knows it, without secrets, and says whether it is recorded', async () => {
  const { world, announce } = createWorld(4)
  world.callStacks = true
  announce()
  await turn(5)
  expect(world.documents).toEqual([
    { ...DOCUMENT, frameId: 4, documentId: 'D', url: 'https://shop.example/?voucher=REDACTED' },
  ])
  expect(world.replies).toEqual([
    { type: 'record', on: true, secretNames: ['voucher'] },
    { type: 'call-stacks', on: true },
  ])
})

test('confirms what is stored, and stores together what came meanwhile', async () => {
  const { world, announce, send } = createWorld()
  world.storing = () => turn(3)
  announce()
  for (const seq of [1, 2, 3]) send(seq, `op ${seq}`)
  await turn(20)
  expect(world.stored).toEqual([
    [[1, 'op 1']],
    [
      [2, 'op 2'],
      [3, 'op 3'],
    ],
  ])
  expect(world.replies.at(-1)).toEqual({ type: 'stored', seq: 3 })
})

test('ignores batches before their document, and those without a number', async () => {
  const { world, announce, send } = createWorld()
  send(1)
  await turn(5)
  announce()
  for (const seq of [undefined, 'x', 0.5, Number.NaN]) send(seq)
  await turn(5)
  expect([world.stored, world.types()]).toEqual([[], ['record']])
})

test('confirms nothing after what could not be stored, and closes the port', async () => {
  const { world, pair, announce, send } = createWorld()
  const closed = vi.fn()
  pair.near.onDisconnect.addListener(closed)
  announce()
  await turn(5)
  world.storing = async () => {
    world.storing = async () => undefined
    await turn(2)
    throw new Error('Internal error')
  }
  send(1)
  await turn(1)
  send(2)
  await turn(10)
  expect(closed).toHaveBeenCalledOnce()
  expect(world.types()).not.toContain('stored')
  expect(world.stored).toEqual([])
})

test('confirms only when it is stored', async () => {
  const { world, announce, send } = createWorld()
  let finish = (): void => undefined
  world.storing = () =>
    new Promise(resolve => {
      finish = resolve
    })
  announce()
  send(1)
  await turn(10)
  expect(world.types()).toEqual(['record'])
  finish()
  await turn(5)
  expect(world.types()).toEqual(['record', 'stored'])
})

test('discards a document of a tab that is not inspected', async () => {
  const { world, announce, send } = createWorld()
  world.inspected = false
  announce()
  send(1)
  await turn(5)
  expect([world.types(), world.documents, world.stored]).toEqual([['discard'], [], []])
  expect(world.discarded).toEqual([DOCUMENT.stream])
})

test.each([true, false])(
  'runs the scripts again in a document whose relay stopped if DevTools is open: %s',
  async open => {
    const { world, pair, announce } = createWorld()
    world.inspected = false
    announce()
    await turn(5)
    world.inspected = open
    pair.near.postMessage({ type: 'stopped' })
    await turn(5)
    expect(world.injected).toEqual(open ? [TAB] : [])
    expect(world.types()).toEqual(['discard', 'released'])
  },
)

test('runs the scripts again where the worker has heard nothing of the document before its relay stopped', async () => {
  const { world, pair } = createWorld()
  pair.near.postMessage({ type: 'stopped' })
  await turn(5)
  expect([world.injected, world.types(), world.documents]).toEqual([[TAB], ['released'], []])
})

test('discards what is no document', async () => {
  const { world, announce } = createWorld()
  for (const forged of [null, 5, {}, { ...DOCUMENT, timeOrigin: 'x' }]) announce(forged)
  await turn(8)
  expect(new Set(world.types())).toEqual(new Set(['discard']))
})

test('stores what was recorded until DevTools was closed, and stops the relay', async () => {
  const { world, announce, send } = createWorld()
  world.inspected = false
  world.wasInspectedAfter = true
  announce()
  send(1)
  await turn(5)
  expect(world.types()).toEqual(['stop', 'stored', 'stop'])
  expect(world.stored.flat()).toEqual([[1, 'a']])
})

test('keeps nothing of a document that came in a pause, until recording is resumed', async () => {
  const { world, announce, send } = createWorld()
  world.session = { ...SESSION, recording: false, pausedAt: 5 }
  announce(DOCUMENT, 10)
  send(1)
  await turn(5)
  expect(world.replies).toMatchObject([
    { type: 'record', on: false },
    { type: 'stored', seq: 1 },
  ])
  world.session = { ...SESSION, recording: true }
  send(2)
  await turn(5)
  expect(world.stored.flat()).toEqual([[2, 'a']])
})

test('keeps what was recorded between two pauses, though it comes in the second', async () => {
  const { world, announce, send } = createWorld()
  world.session = { ...SESSION, recording: false, pausedAt: 5 }
  announce(DOCUMENT, 10)
  await turn(5)
  world.session = { ...SESSION, recording: false, pausedAt: 20 }
  send(1)
  await turn(5)
  expect(world.stored.flat()).toEqual([[1, 'a']])
})

test('keeps what a document recorded before the pause began', async () => {
  const { world, announce, send } = createWorld()
  world.session = { ...SESSION, recording: false, pausedAt: 20 }
  announce(DOCUMENT, 10)
  send(1)
  await turn(5)
  expect(world.stored.flat()).toEqual([[1, 'a']])
})

test('says that a page has died, of the top frame alone', async () => {
  for (const [frameId, crashed, count] of [
    [0, true, 1],
    [5, true, 0],
    [0, false, 0],
  ] as const) {
    const { world, pair, announce } = createWorld(frameId)
    world.crashed = crashed
    announce()
    await turn(5)
    pair.lose('far')
    await turn(5)
    expect(world.crashes).toHaveLength(count)
  }
})

test('a page that is gone gets no answer, and is stored', async () => {
  const { world, pair, announce, send } = createWorld()
  announce()
  await turn(5)
  send(1)
  await turn(1)
  pair.far.disconnect()
  await turn(5)
  expect(world.stored.flat()).toEqual([[1, 'a']])
})

test('serves nobody without a tab', async () => {
  const pair = createPortPair('relay', {})
  serveRelay(pair.far, {} as RelayHandlers)
  expect(pair.far.onMessage.hasListeners()).toBe(false)
})
