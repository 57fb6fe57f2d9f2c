// Test (Node): batches are forwarded until they are confirmed as stored, whatever becomes of the port and the page.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Runtime } from 'webextension-polyfill'
import { MAX_DRAIN, MAX_IN_FLIGHT, MAX_UNSTORED, RelayDelivery } from '../../../../extension/relay/relay-delivery.ts'
import type { DocumentInfo, RawBatch } from '../../../../wire/batch.ts'
import type { RelayCommand, RelayMessage } from '../../../../wire/messages.ts'
import { decodeBatch, type UnloadRecord, unloadKey } from '../../../../wire/unload-batch.ts'
import { createPortPair, type PortPair } from '../../../support/fake-port.ts'
import { createFakeStorageArea } from '../../../support/fake-storage-area.ts'
import { turn } from '../../../support/turn.ts'
import { rawColumnsOf } from '../../model/operation-rows.ts'

const DOCUMENT = { stream: '1-1-1-1', url: 'https://shop.example/' } as DocumentInfo

const batchOf = (name: string): RawBatch => ({
  operations: [{ source: 0, columns: rawColumnsOf([{ id: 1, name, outcome: 'ok', start: 1, duration: 1 }]) }],
  memory: [],
  snapshots: [],
  losses: [],
})
const namesOf = ({ operations }: RawBatch): string[] => operations.flatMap(({ columns }) => columns.strings)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A background that notes what comes, and confirms nothing by itself. */
function createWorld() {
  const ports: PortPair[] = []
  const received: RelayMessage[] = []
  const commands: RelayCommand[] = []
  const confirmed: [number, number][] = []
  const local = createFakeStorageArea()
  const world = {
    ports,
    received,
    commands,
    confirmed,
    local,
    document: DOCUMENT as DocumentInfo | undefined,
    /** Empty where the extension was removed. */
    id: 'extension',
    ended: 0,
    gone: 0,
    seqs: () => received.flatMap(message => (message.type === 'batch' ? [message.seq] : [])),
    reply: (command: RelayCommand) => ports.at(-1)?.far.postMessage(command),
    /** As when the worker was stopped. */
    async lose() {
      ports.at(-1)?.lose('near')
      await turn()
    },
    unloaded: (seq: number) => decodeBatch(local.items.get(unloadKey(DOCUMENT.stream, seq)) as string) as RawBatch,
    record: () => local.items.get(unloadKey(DOCUMENT.stream)) as UnloadRecord | undefined,
  }
  const connect = (): Runtime.Port => {
    if (!world.id) throw new Error('Extension context invalidated.')
    const pair = createPortPair('relay')
    pair.far.onMessage.addListener(message => received.push(message as RelayMessage))
    pair.accept()
    ports.push(pair)
    return pair.near
  }
  const delivery = new RelayDelivery({
    runtime: {
      connect,
      get id() {
        return world.id
      },
    },
    storage: () => local,
    stream: DOCUMENT.stream,
    since: 5,
    secretNames: () => new Set(),
    describe: () => world.document,
    title: () => 'Shop',
    onCommand: command => commands.push(command),
    onStored: (batches, rows) => confirmed.push([batches, rows]),
    onEnd: () => world.ended++,
    onGone: () => world.gone++,
  })
  return { world, delivery }
}

test('sends the document, then batches with their numbers, and passes on what is confirmed', async () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  for (const name of ['a', 'b', 'c']) delivery.add(batchOf(name), 1, 1)
  await turn(2)
  expect(world.received[0]).toEqual({ type: 'document', document: DOCUMENT, since: 5 })
  expect(world.received[1]).toMatchObject({ type: 'batch', seq: 1, title: 'Shop' })
  expect(world.seqs()).toEqual([1, 2, 3])
  world.reply({ type: 'stored', seq: 2 })
  world.reply({ type: 'record', on: false })
  await turn(2)
  expect(world.confirmed).toEqual([[2, 2]])
  expect(world.commands).toEqual([{ type: 'record', on: false }])
  expect(delivery.idle).toBe(false)
  world.reply({ type: 'stored', seq: 3 })
  await turn(2)
  expect(delivery.idle).toBe(true)
})

test('has no more batches on their way than the worker should hold', async () => {
  const { world, delivery } = createWorld()
  for (let i = 0; i < MAX_IN_FLIGHT * 2; i++) delivery.add(batchOf('x'), 1)
  await turn(2)
  expect(world.seqs()).toHaveLength(MAX_IN_FLIGHT)
  world.reply({ type: 'stored', seq: 3 })
  await turn(3)
  expect(world.seqs().at(-1)).toBe(MAX_IN_FLIGHT + 3)
})

test('sends again what was not confirmed when the worker was stopped: immediately, if that had stored something', async () => {
  const { world, delivery } = createWorld()
  for (const name of ['a', 'b']) delivery.add(batchOf(name), 1)
  await turn(2)
  world.reply({ type: 'stored', seq: 1 })
  await turn(2)
  await world.lose()
  await turn(2)
  expect(world.ports).toHaveLength(2)
  expect(world.seqs()).toEqual([1, 2, 2])
})

test('asks a background that stores nothing ever more rarely', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  const waits: number[] = []
  for (let i = 0; i < 7; i++) {
    await turn(2)
    const { length } = world.ports
    await world.lose()
    let waited = 0
    for (; world.ports.length === length; waited += 10) await vi.advanceTimersByTimeAsync(10)
    waits.push(waited)
  }
  expect(waits).toEqual([50, 100, 200, 400, 800, 1_000, 1_000])
  expect(new Set(world.seqs())).toEqual(new Set([1]))
})

test('opens no port while there is nothing to send, and nothing while the document is not to be known', async () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  await world.lose()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(world.ports).toHaveLength(1)
  world.document = undefined
  delivery.add(batchOf('a'), 1)
  expect(world.ports).toHaveLength(1)
  world.document = DOCUMENT
  delivery.connect()
  await turn(2)
  expect(world.seqs()).toEqual([1])
})

test('a port that was lost after another was opened changes nothing', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  await turn(2)
  delivery.onRestore()
  world.ports[0]?.lose('near')
  await turn(3)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(world.ports).toHaveLength(2)
})

test('on pagehide saves what is not stored, after a record of it, and sends all of it', async () => {
  const { world, delivery } = createWorld()
  const count = MAX_IN_FLIGHT + 3
  for (let i = 1; i <= count; i++) delivery.add(batchOf(`op ${i}`), i)
  await turn(2)
  world.reply({ type: 'stored', seq: 1 })
  await turn(2)
  const set = vi.spyOn(world.local, 'set')
  delivery.onHide()
  expect(Object.keys(set.mock.calls[0]?.[0] ?? {})).toEqual([unloadKey(DOCUMENT.stream)])
  expect(world.record()).toMatchObject({
    since: 5,
    batches: Array.from({ length: count - 1 }, (_, i) => [i + 2, i + 2]),
  })
  expect(namesOf(world.unloaded(2))).toEqual(['op 2'])
  expect(world.local.items.has(unloadKey(DOCUMENT.stream, 1))).toBe(false)
  await turn(2)
  expect(world.seqs().at(-1)).toBe(count)
  // From the page's own last events.
  delivery.add(batchOf('late'), 1)
  expect(world.record()?.batches.at(-1)).toEqual([count + 1, 1])
  expect(namesOf(world.unloaded(count + 1))).toEqual(['late'])
})

test('saves nothing of a page that has nothing left, or that nobody has seen', async () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  delivery.onHide()
  expect(world.local.items.size).toBe(0)
  const prerendered = createWorld()
  prerendered.world.document = undefined
  prerendered.delivery.add(batchOf('a'), 1)
  prerendered.delivery.onHide()
  expect(prerendered.world.local.items.size).toBe(0)
})

test('saves of more than a page may leave that it was there', () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  const large = (): RawBatch => {
    const batch = batchOf('large')
    batch.operations[0]?.columns.details.push([0, { metadata: 'x'.repeat(2_500_000) }])
    return batch
  }
  delivery.add(large(), 1)
  delivery.add(large(), 1)
  delivery.onHide()
  expect(namesOf(world.unloaded(1))).toEqual(['large'])
  expect(world.unloaded(2)).toMatchObject({ operations: [], losses: [{ reason: 'page-left', count: 1 }] })
})

test('the record counts a batch that JSON cannot write', () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  const forged = batchOf('forged')
  forged.operations[0]?.columns.details.push([0, { metadata: 5n }])
  delivery.add(forged, 3)
  delivery.onHide()
  expect([...world.local.items.keys()]).toEqual([unloadKey(DOCUMENT.stream)])
  expect(world.record()?.batches).toEqual([[1, 3]])
})

test('after the back/forward cache it connects again, and saves nothing until the page is hidden again', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  delivery.onHide()
  delivery.onRestore()
  await turn(3)
  expect(world.ports).toHaveLength(2)
  expect(world.seqs().at(-1)).toBe(1)
  delivery.add(batchOf('b'), 1)
  expect(world.record()?.batches).toEqual([[1, 1]])
  delivery.onHide()
  expect(world.record()?.batches).toEqual([
    [1, 1],
    [2, 1],
  ])
})

test('ends when the rest is stored', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  delivery.finish()
  await turn(2)
  expect(world.ended).toBe(0)
  world.reply({ type: 'stored', seq: 1 })
  await turn(2)
  expect(world.ended).toBe(1)
  delivery.add(batchOf('b'), 1)
  delivery.connect()
  await vi.advanceTimersByTimeAsync(MAX_DRAIN)
  expect([world.ended, world.ports.length, world.local.items.size]).toEqual([1, 1, 0])
})

test('saves the rest that could not be stored in time, and then ends', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  delivery.finish()
  await vi.advanceTimersByTimeAsync(MAX_DRAIN)
  expect(world.ended).toBe(1)
  expect(namesOf(world.unloaded(1))).toEqual(['a'])
})

test('says that it has stopped until the background has heard it, whatever becomes of the worker', async () => {
  const { world, delivery } = createWorld()
  const stopped = (): number => world.received.filter(({ type }) => type === 'stopped').length
  delivery.connect()
  await world.lose()
  await turn(2)
  expect(world.ports).toHaveLength(1)
  delivery.finish()
  await turn(2)
  expect([world.ended, world.ports.length, stopped()]).toEqual([1, 2, 1])
  await world.lose()
  await vi.advanceTimersByTimeAsync(1_000)
  await turn(2)
  expect([world.ports.length, stopped()]).toEqual([3, 2])
  world.reply({ type: 'released' })
  await turn(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect([world.ended, world.ports.length, stopped()]).toEqual([1, 3, 2])
})

test('says so even if the background was not to know the document', async () => {
  const { world, delivery } = createWorld()
  world.document = undefined
  delivery.end()
  await turn(2)
  expect(world.received).toEqual([{ type: 'stopped' }])
})

test('what is discarded is not sent again', async () => {
  const { world, delivery } = createWorld()
  delivery.add(batchOf('a'), 1)
  delivery.end()
  await turn(2)
  await vi.advanceTimersByTimeAsync(5_000)
  expect([world.ended, world.ports.length, delivery.idle]).toEqual([1, 1, true])
})

test('finds out that the extension is gone', async () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  world.id = ''
  await world.lose()
  await vi.advanceTimersByTimeAsync(50)
  expect(world.gone).toBe(1)
})

test('sends of a batch that the browser does not let through how many operations it had', async () => {
  const { world, delivery } = createWorld()
  delivery.connect()
  const near = world.ports[0]?.near as Runtime.Port
  const post = vi.spyOn(near, 'postMessage').mockImplementationOnce(() => {
    throw new Error('Message length exceeded maximum allowed length.')
  })
  delivery.add(batchOf('a'), 1)
  expect(post.mock.calls[1]?.[0]).toMatchObject({
    type: 'batch',
    seq: 1,
    batch: { operations: [], losses: [{ reason: 'malformed', count: 1 }] },
  })
})

test('counts what it drops at its bound', async () => {
  const { world, delivery } = createWorld()
  for (let i = 0; i < MAX_UNSTORED + 5; i++) delivery.add({ ...batchOf('x'), operations: [] }, 2)
  await turn(2)
  world.reply({ type: 'stored', seq: MAX_IN_FLIGHT })
  await turn(2)
  const next = batchOf('next')
  delivery.add(next, 1)
  expect(next.losses).toEqual([{ reason: 'backpressure', count: 10 }])
})
