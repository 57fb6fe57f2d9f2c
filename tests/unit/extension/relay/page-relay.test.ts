// Test (Node): the relay's phases: what it does with what the page script and the background say in each.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Runtime } from 'webextension-polyfill'
import type { LifecycleListener } from '../../../../extension/relay/page-lifecycle.ts'
import { type EarlierRecording, PageRelay } from '../../../../extension/relay/page-relay.ts'
import type { DocumentInfo, MemorySample, RawBatch } from '../../../../wire/batch.ts'
import type { PageCommand, PageMessage, RelayCommand, RelayMessage } from '../../../../wire/messages.ts'
import { createFakeEvent } from '../../../support/fake-event.ts'
import { createPortPair } from '../../../support/fake-port.ts'
import { createFakeStorageArea } from '../../../support/fake-storage-area.ts'
import { turn } from '../../../support/turn.ts'
import { rawColumnsOf, type TestRow } from '../../model/operation-rows.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const batchOf = (...rows: TestRow[]): RawBatch => ({
  operations: rows.length > 0 ? [{ source: 0, columns: rawColumnsOf(rows) }] : [],
  memory: [],
  snapshots: [],
  losses: [],
})
const ended = (name: string, id: number): TestRow => ({
  id,
  name,
  outcome: 'ok',
  start: performance.now(),
  duration: 0,
})
const SAMPLE = { time: 1 } as MemorySample

function createWorld(earlier: EarlierRecording = {}) {
  const broadcast = createFakeEvent<[unknown]>()
  const received: RelayMessage[] = []
  const pageCommands: PageCommand[] = []
  const finishing: (EarlierRecording | undefined)[] = []
  const local = createFakeStorageArea()
  let toRelay: (message: PageMessage) => void = () => undefined
  let lifecycle: LifecycleListener | undefined
  let sample = (): void => undefined
  let far: Runtime.Port | undefined
  const world = {
    received,
    pageCommands,
    finishing,
    broadcast,
    local,
    /** What the page script sends within a command. */
    onPageCommand: (_: PageCommand): void => undefined,
    prerendering: false,
    samples: [] as MemorySample[],
    sampling: [] as (boolean | 'finely')[],
    longTasks: [] as string[],
    fromPage: (message: PageMessage) => toRelay(message),
    hello: () => toRelay({ type: 'hello', memoryAvailable: true }),
    tell: (command: RelayCommand) => broadcast.emit(command),
    answer: (command: RelayCommand) => far?.postMessage(command),
    sample: () => {
      world.samples.push(SAMPLE)
      sample()
    },
    get lifecycle() {
      return lifecycle as LifecycleListener
    },
    batches: () => received.flatMap(message => (message.type === 'batch' ? [message.batch] : [])),
    names: () => world.batches().flatMap(({ operations }) => operations.flatMap(({ columns }) => columns.strings)),
  }
  const relay = new PageRelay({
    runtime: {
      id: 'extension',
      onMessage: broadcast as never,
      connect() {
        const pair = createPortPair('relay')
        pair.far.onMessage.addListener(message => received.push(message as RelayMessage))
        pair.accept()
        far = pair.far
        return pair.near
      },
    },
    storage: () => local,
    stream: '1-1-1-1',
    earlier,
    lifecycle: {
      get prerendering() {
        return world.prerendering
      },
      follow(listener) {
        lifecycle = listener
        return { onlyHide() {}, stop() {} }
      },
    },
    openChannel(onMessage) {
      toRelay = onMessage
      const send = (command: PageCommand): void => {
        pageCommands.push(command)
        world.onPageCommand(command)
      }
      return { open() {}, send, close: () => send({ type: 'stop' }) }
    },
    hasMemory: true,
    sampleMemory(onReport) {
      sample = onReport
      return {
        get waiting() {
          return world.samples.length
        },
        record: on => void world.sampling.push(on),
        refine: () => void world.sampling.push('finely'),
        moveTo(batch) {
          batch.memory = world.samples
          world.samples = []
        },
      }
    },
    longTasks: {
      moveTo: () => void world.longTasks.push('move'),
      discard: () => void world.longTasks.push('discard'),
      stop: () => void world.longTasks.push('stop'),
    },
    describe: (stream, memoryAvailable) => ({ stream, memoryAvailable }) as DocumentInfo,
    title: () => 'Shop',
    complete: batch => {
      for (const { columns } of batch.operations) columns.strings = columns.strings.map(name => `${name}!`)
    },
    onFinishing: left => finishing.push(left),
  })
  return { world, relay }
}

test('waits for the page script, then announces the document and records', async () => {
  const { world } = createWorld()
  world.tell({ type: 'record', on: false })
  world.tell({ type: 'cleared', at: 0 })
  await turn(2)
  expect([world.received, world.pageCommands]).toEqual([[], []])
  world.hello()
  world.hello()
  await turn(2)
  expect(world.received).toMatchObject([{ type: 'document', document: { stream: '1-1-1-1', memoryAvailable: true } }])
  expect(world.sampling).toEqual([true])
})

test('completes each batch, adds what only the relay knows, and forwards it', async () => {
  const { world } = createWorld({ reportedUntil: 4 })
  world.hello()
  world.samples = [SAMPLE]
  world.fromPage({ type: 'batch', batch: batchOf(ended('a', 1)) })
  await turn(2)
  expect(world.names()).toEqual(['a!'])
  expect(world.batches()[0]).toMatchObject({
    memory: [SAMPLE],
    reportedUntil: 4,
    wallOffset: expect.any(Number),
    time: expect.any(Number),
  })
  expect(world.longTasks).toEqual(['move'])
  world.answer({ type: 'stored', seq: 1 })
  await turn(2)
  expect(world.pageCommands).toEqual([{ type: 'stored', batches: 1, operations: 1 }])
})

test('reads the heap more often when the panel asks for it', async () => {
  const { world } = createWorld()
  world.hello()
  world.tell({ type: 'sample-heap' })
  await turn(2)
  expect(world.sampling).toEqual([true, 'finely'])
  expect(world.pageCommands).toEqual([])
})

test('sends samples by themselves only while the page script sends nothing', async () => {
  const { world } = createWorld()
  world.hello()
  world.sample()
  await turn(2)
  expect(world.batches()).toMatchObject([{ operations: [], memory: [SAMPLE] }])
  world.answer({ type: 'stored', seq: 1 })
  await turn(2)
  world.fromPage({ type: 'batch', batch: batchOf(ended('a', 1)) })
  world.sample()
  await turn(2)
  expect(world.batches()).toHaveLength(2)
})

test('a pause ends with what the page script had, and leaves out what began and ended in it', async () => {
  const { world } = createWorld()
  world.hello()
  world.onPageCommand = ({ type }) => {
    if (type === 'record') world.fromPage({ type: 'batch', batch: batchOf(ended('before', 1)) })
    world.onPageCommand = () => undefined
  }
  world.tell({ type: 'record', on: false })
  world.tell({ type: 'record', on: false })
  await vi.advanceTimersByTimeAsync(10)
  const paused = ended('paused', 2)
  await vi.advanceTimersByTimeAsync(10)
  world.tell({ type: 'record', on: true })
  world.tell({ type: 'record', on: true })
  await vi.advanceTimersByTimeAsync(10)
  world.fromPage({ type: 'batch', batch: batchOf(paused, ended('after', 3)) })
  await turn(2)
  expect(world.names().filter(name => name !== '!')).toEqual(['before!', 'after!'])
  expect(world.pageCommands).toEqual([
    { type: 'record', on: false },
    { type: 'record', on: true },
  ])
  expect(world.sampling).toEqual([true, false, true])
  expect(world.longTasks.filter(each => each === 'discard')).toHaveLength(1)
})

test('reports what is running to the session that Clear has made, or at least the document', async () => {
  const { world } = createWorld()
  world.hello()
  world.fromPage({ type: 'batch', batch: batchOf({ id: 1, name: 'runs', outcome: 'pending', start: 1 }) })
  await vi.advanceTimersByTimeAsync(100)
  world.tell({ type: 'cleared', at: Date.now() - 20 })
  await turn(2)
  const [before, after] = world.batches()
  expect(after?.operations[0]?.columns).toMatchObject({ strings: ['runs!'], outcome: new Uint8Array([0]) })
  expect(after?.clearedAt).toBeCloseTo(performance.now() - 20)
  // It was on its way: should it be sent again, it is for the new session.
  expect(before?.clearedAt).toBeUndefined()
  world.fromPage({ type: 'batch', batch: batchOf({ id: 1, name: 'runs', outcome: 'ok', start: 1, duration: 1 }) })
  world.tell({ type: 'cleared', at: Date.now() })
  await turn(2)
  expect(world.batches().at(-1)?.operations).toEqual([])
})

test('leaves nothing out of a session that takes the place of a lost one, but what an earlier Clear left out', async () => {
  const { world } = createWorld()
  world.hello()
  await vi.advanceTimersByTimeAsync(100)
  world.tell({ type: 'cleared', at: 0 })
  await turn(2)
  expect(world.batches().at(-1)?.clearedAt).toBe(0)
  world.tell({ type: 'cleared', at: Date.now() - 20 })
  const cleared = performance.now() - 20
  await vi.advanceTimersByTimeAsync(100)
  world.tell({ type: 'cleared', at: 0 })
  await turn(2)
  expect(world.batches().at(-1)?.clearedAt).toBeCloseTo(cleared)
})

test('on pagehide forwards what the page script has left and what was sampled', async () => {
  const { world } = createWorld()
  world.hello()
  world.onPageCommand = () => world.fromPage({ type: 'batch', batch: batchOf(ended('last', 1)) })
  world.lifecycle.onHide()
  expect(world.pageCommands).toEqual([{ type: 'flush' }])
  expect(world.local.items.size).toBe(2)
})

test('stops: takes what is left, lets another relay take over, and hears no more', async () => {
  const { world } = createWorld()
  world.hello()
  world.onPageCommand = ({ type }) => {
    if (type === 'stop') world.fromPage({ type: 'batch', batch: batchOf(ended('last', 1)) })
  }
  world.samples = [SAMPLE]
  await vi.advanceTimersByTimeAsync(30)
  world.tell({ type: 'stop' })
  expect(world.finishing).toEqual([{ reportedUntil: performance.now() }])
  expect(world.broadcast.hasListeners()).toBe(false)
  world.answer({ type: 'stop' })
  world.answer({ type: 'record', on: false })
  await turn(3)
  expect(world.finishing).toHaveLength(1)
  expect(world.names()).toEqual(['last!'])
  expect(world.pageCommands).toEqual([{ type: 'stop' }])
  expect(world.longTasks.at(-1)).toBe('stop')
  expect(world.sampling).toEqual([true, false])
})

test('what is discarded is not sent, and leaves nothing to another relay', async () => {
  const { world } = createWorld()
  world.hello()
  await turn(2)
  world.fromPage({ type: 'batch', batch: batchOf(ended('a', 1)) })
  world.answer({ type: 'discard' })
  await turn(3)
  expect(world.finishing).toEqual([undefined])
  world.lifecycle.onHide()
  expect(world.local.items.size).toBe(0)
})

test('a prerendered page is announced when it is seen', async () => {
  const { world } = createWorld()
  world.prerendering = true
  world.hello()
  world.fromPage({ type: 'batch', batch: batchOf(ended('a', 1)) })
  await turn(2)
  expect(world.received).toEqual([])
  world.prerendering = false
  world.lifecycle.onActivate()
  await turn(2)
  expect(world.received.map(({ type }) => type)).toEqual(['document', 'batch'])
})

test('passes on the settings: secret parameters for storage, and call stacks', async () => {
  const { world } = createWorld()
  world.hello()
  await turn(2)
  world.answer({ type: 'record', on: true, secretNames: ['voucher'] })
  world.answer({ type: 'call-stacks', on: true })
  await turn(2)
  const row: TestRow = { id: 1, name: 'x', outcome: 'failed', start: 1, duration: 1 }
  row.detail = { error: { name: 'Error', message: 'GET https://host/?voucher=s3cret&page=2' } }
  world.onPageCommand = () => world.fromPage({ type: 'batch', batch: batchOf(row) })
  world.lifecycle.onHide()
  const stored = JSON.stringify([...world.local.items.values()])
  expect(stored).toContain('voucher=REDACTED&page=2')
  expect(world.pageCommands[0]).toEqual({ type: 'call-stacks', on: true })
})
