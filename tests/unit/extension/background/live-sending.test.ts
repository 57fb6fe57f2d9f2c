// Test (Node): what is recorded is sent to a collector that answers anything, by a worker that is killed at any turn of the
// event loop.
import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveSending, type LiveSending } from '../../../../extension/background/live-sending.ts'
import { isSent, unsentOperations } from '../../../../extension/background/session-sending.ts'
import type { NotTaken, Taken } from '../../../../model/formats/otlp/otlp-http.ts'
import { openSessionLog } from '../../../../storage/session-log.ts'
import type { LogChange, StoredSession } from '../../../../wire/messages.ts'
import { turn } from '../../../support/turn.ts'
import { readOtlpProtobuf } from '../../model/formats/otlp/otlp-reader.ts'
import { columnsOf, documentOf, type TestRow } from '../../model/operation-rows.ts'

const START = 1_790_000_000_000
const ENDPOINT = 'http://localhost:4318'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START })
})
afterEach(() => {
  vi.useRealTimers()
})

/** How the collector answers a message. `lost`: it takes the message, and its answer does not arrive. */
type Answer = 'taken' | 'some' | 'busy' | 'later' | 'lost' | 'away' | 'malformed' | 'forbidden'

const ANSWERS: Record<Answer, (count: number) => Taken | NotTaken> = {
  taken: () => ({ rejected: 0, reason: '' }),
  some: count => ({ rejected: Math.ceil(count / 2), reason: 'too old' }),
  busy: () => ({ reason: 'it answered 503 Service Unavailable' }),
  later: () => ({ reason: 'it answered 429 Too Many Requests', retryAfter: 2_000 }),
  lost: () => ({ reason: 'it cannot be reached' }),
  away: () => ({ reason: 'it cannot be reached' }),
  malformed: () => ({ reason: 'it answered 400 Bad Request', refused: 400 }),
  forbidden: () => ({ reason: 'it answered 401 Unauthorized', refused: 401 }),
}

interface Message {
  signal: 'traces' | 'metrics'
  /** Of the operations in it, for traces. */
  ids: string[]
  /** How many operations are counted in it, for metrics. */
  count: number
  answer: Answer
  /** What was sent is stored. */
  confirmed: boolean
}

let worlds = 0

class World {
  readonly log = openSessionLog(`live sending ${++worlds}`)
  readonly messages: Message[] = []
  readonly announced: LogChange[] = []
  answers: Answer[] = []
  takesMetrics = true
  /** Whether the browser has no space for what was sent. */
  isFull = false
  collector = ENDPOINT
  settingsRead = 0
  #worker: { alive: boolean; sending: LiveSending } | undefined
  #seq = 0
  #ids = 0
  #running: TestRow[] = []
  ended = 0

  async open(): Promise<void> {
    await this.log.addSession({ id: 's', tabId: 1, createdAt: START, recording: true, preserveLog: false })
  }

  get worker(): LiveSending {
    if (!this.#worker) {
      const worker = { alive: true, sending: undefined as unknown as LiveSending }
      /** Nothing happens any more in a worker that was killed. */
      const inWorker = async <T>(call: () => Promise<T>): Promise<T> => {
        if (!worker.alive) return new Promise(() => undefined)
        const result = await call().catch(error => (worker.alive ? Promise.reject(error) : undefined))
        return worker.alive ? (result as T) : new Promise(() => undefined)
      }
      worker.sending = createLiveSending({
        log: {
          listSessions: () => inWorker(() => this.log.listSessions()),
          read: (id, after) => inWorker(() => this.log.read(id, after)),
          setSent: (id, sent) =>
            inWorker(async () => {
              if (this.isFull) throw new DOMException('no space', 'QuotaExceededError')
              const session = await this.log.setSent(id, sent)
              for (const message of this.messages) message.confirmed = true
              return session
            }),
        },
        settings: () =>
          inWorker(async () => {
            this.settingsRead++
            return { collector: this.collector, collectorSince: START }
          }),
        inUse: () => inWorker(async () => ['s']),
        announce: change => void (worker.alive && this.announced.push(change)),
        generator: { name: 'test', version: '1' },
        attempt: (url, bytes) =>
          inWorker(async () => {
            const answer = this.#take(url, bytes)
            await turn(1)
            return answer
          }),
      })
      this.#worker = worker
      worker.sending.wake()
    }
    return this.#worker.sending
  }

  kill(): void {
    if (!this.#worker) return
    this.#worker.alive = false
    this.#worker.sending.stop()
    this.#worker = undefined
  }

  /** The page reports that so many operations start, and so many of those that run end. */
  async record(starting: number, ending: number): Promise<void> {
    const now = Date.now() - START
    const parent = this.#running[0]?.id ?? 0
    for (let i = 0; i < starting; i++) {
      const id = ++this.#ids
      this.#running.push({
        id,
        name: `operation ${id % 3}`,
        outcome: 'pending',
        start: now,
        parent: id > 1 ? parent : 0,
      })
    }
    const rows = this.#running.map(
      (row, i): TestRow => (i < ending ? { ...row, outcome: 'ok', duration: now - row.start } : row),
    )
    this.ended += Math.min(ending, rows.length)
    this.#running = rows.filter(({ outcome }) => outcome === 'pending')
    const batch = { operations: [{ source: 1, columns: columnsOf(rows) }], memory: [], snapshots: [], losses: [] }
    const document = documentOf({ timeOrigin: START, documentId: 'D' })
    await this.log.append('s', [
      { entry: { type: 'batch', document, batch }, delivery: [document.stream, ++this.#seq] },
    ])
    this.worker.wake()
  }

  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      vi.advanceTimersByTime(500)
      await turn(12)
    }
  }

  async session(): Promise<StoredSession> {
    return (await this.log.getSession('s')) as StoredSession
  }

  /** Passes time until all is sent. */
  async finish(): Promise<StoredSession> {
    for (let i = 0; i < 400; i++) {
      void this.worker
      await this.pass(500)
      const session = await this.session()
      if (isSent(session) && session.sent?.traces.running.length === this.#running.length) return session
    }
    throw new Error('It is never sent')
  }

  #take(url: string, bytes: Uint8Array): Taken | NotTaken {
    const signal = url === `${ENDPOINT}/v1/traces` ? 'traces' : 'metrics'
    if (signal === 'metrics' && !this.takesMetrics) return { reason: 'it answered 404 Not Found', refused: 404 }
    const answer = this.answers.shift() ?? 'taken'
    const ids: string[] = []
    let count = 0
    let points = 0
    JSON.stringify(readOtlpProtobuf(bytes, signal === 'traces' ? 'spans' : 'metrics'), (key, value) => {
      if (key === 'attributes') {
        const id = (value as { key: string; value: { stringValue?: string } }[]).find(
          each => each.key === 'perf.operation.id',
        )
        if (id) ids.push(String(id.value.stringValue))
      } else if (key === 'count') count += Number(value)
      else if (key === 'dataPoints') points += (value as unknown[]).length
      return value
    })
    this.messages.push({ signal, ids, count, answer, confirmed: false })
    return ANSWERS[answer](signal === 'traces' ? ids.length : points)
  }
}

const answer = fc.constantFrom<Answer>('taken', 'taken', 'some', 'busy', 'later', 'lost', 'away', 'malformed')

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('record' as const), starting: fc.nat(6), ending: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('pass' as const), steps: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('turns' as const), turns: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('kill' as const) }) },
)

test('each operation is taken once, or counted as lost; twice only if an answer was lost', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 25 }),
      fc.array(answer, { maxLength: 25 }),
      async (actions, answers) => {
        vi.setSystemTime(START)
        const world = new World()
        await world.open()
        world.answers = answers
        for (const each of actions) {
          if (each.type === 'record') await world.record(each.starting, each.ending)
          else if (each.type === 'pass') await world.pass(each.steps * 500)
          else if (each.type === 'turns') await turn(each.turns)
          else world.kill()
        }
        await world.record(1, 1)
        const { sent } = await world.finish()
        world.kill()
        await world.log.close()

        const lost = (messages: Message[]): Message[] =>
          messages.filter(message => message.answer === 'lost' || !message.confirmed)
        const spans = world.messages.filter(({ signal }) => signal === 'traces')
        const unanswered = new Set(lost(spans).flatMap(({ ids }) => ids))
        const times = new Map<string, number>()
        for (const { ids, answer: given } of spans) {
          const reached =
            given === 'taken' || given === 'lost' ? ids : given === 'some' ? ids.slice(Math.ceil(ids.length / 2)) : []
          for (const id of reached) times.set(id, (times.get(id) ?? 0) + 1)
        }
        for (const [id, count] of times) if (count > 1) expect(unanswered).toContain(id)
        // The collector said so of what it did not take.
        const refused = spans.filter(message => message.confirmed && ['some', 'malformed'].includes(message.answer))
        const excused = new Set(refused.flatMap(({ ids }) => ids))
        expect(sent?.traces.lost).toBe(
          refused.reduce(
            (sum, { ids, answer: given }) => sum + (given === 'some' ? Math.ceil(ids.length / 2) : ids.length),
            0,
          ),
        )
        expect((sent?.traces.taken ?? 0) + (sent?.traces.lost ?? 0)).toBe(world.ended)
        expect(new Set([...times.keys(), ...excused]).size).toBe(world.ended)

        const metrics = world.messages.filter(({ signal }) => signal === 'metrics')
        expect(sent?.metrics.taken).toBe(world.ended)
        const isCounted = ({ answer: given }: Message): boolean =>
          ['taken', 'some', 'malformed', 'lost'].includes(given)
        const countIn = (messages: Message[]): number =>
          messages.filter(isCounted).reduce((sum, { count }) => sum + count, 0)
        const ambiguous = countIn(lost(metrics))
        expect(countIn(metrics)).toBeGreaterThanOrEqual(world.ended)
        expect(countIn(metrics) - ambiguous).toBeLessThanOrEqual(world.ended)
      },
    ),
    { numRuns: 40 },
  )
})

test('sends nothing while no collector is set, and does not read the settings again', async () => {
  const world = new World()
  world.collector = ''
  await world.open()
  for (let i = 0; i < 5; i++) {
    await world.record(2, 2)
    await world.pass(2_000)
  }
  expect([world.messages.length, world.settingsRead]).toEqual([0, 1])
  world.collector = ENDPOINT
  world.worker.restart()
  // It sends the session from its start.
  expect((await world.finish()).sent?.traces.taken).toBe(10)
  world.kill()
})

test('stops when the collector is removed, and continues where it was', async () => {
  const world = new World()
  await world.open()
  await world.record(3, 2)
  await world.finish()
  world.collector = ''
  world.worker.restart()
  await world.record(2, 2)
  await world.pass(10_000)
  const before = world.messages.length
  expect(before).toBe(2)
  world.collector = ENDPOINT
  world.worker.restart()
  const { sent } = await world.finish()
  expect(sent?.traces).toMatchObject({ taken: 4, running: [4] })
  const spans = world.messages.flatMap(({ ids }) => ids)
  expect(new Set(spans).size).toBe(spans.length)
  world.kill()
})

test('stops at once when the collector is removed while there is more to send', async () => {
  const world = new World()
  await world.open()
  await world.record(2_000, 2_000)
  while (world.messages.length === 0) await world.pass(500)
  const before = world.messages.length
  world.collector = ''
  world.worker.restart()
  await world.pass(10_000)
  expect(world.messages.length).toBeLessThanOrEqual(before + 1)
  world.collector = ENDPOINT
  world.worker.restart()
  expect((await world.finish()).sent?.traces).toMatchObject({ taken: 2_000, lost: 0 })
  const ids = world.messages.flatMap(message => message.ids)
  expect([ids.length, new Set(ids).size]).toEqual([2_000, 2_000])
  world.kill()
})

test('goes on where what was sent cannot be stored, and stores it later', async () => {
  const world = new World()
  await world.open()
  world.isFull = true
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await world.record(3, 3)
  await world.pass(10_000)
  expect((await world.session()).sent).toBe(undefined)
  world.isFull = false
  expect((await world.finish()).sent?.traces.taken).toBe(3)
  vi.restoreAllMocks()
  expect(world.messages.map(({ signal }) => signal)).toEqual(['traces', 'metrics'])
  world.kill()
})

test('waits as long as the collector asks, also if another worker starts meanwhile', async () => {
  const world = new World()
  await world.open()
  world.answers = ['later', 'taken']
  await world.record(1, 1)
  while (world.messages.length === 0) await world.pass(500)
  world.kill()
  expect((await world.session()).sent?.problem).toMatchObject({ reason: 'it answered 429 Too Many Requests' })
  const askedAt = Date.now()
  void world.worker
  while (world.messages.length === 1) await world.pass(500)
  expect(Date.now() - askedAt).toBeGreaterThanOrEqual(2_000 - 500)
  expect((await world.finish()).sent?.problem).toBe(undefined)
  world.kill()
})

test('keeps what the address refuses, says why, and sends it once the settings have changed', async () => {
  const world = new World()
  await world.open()
  world.answers = ['forbidden']
  await world.record(3, 3)
  await world.pass(6_000)
  await world.record(3, 3)
  await world.pass(60_000)
  const session = await world.session()
  expect([world.messages.length, session.sent?.problem?.reason]).toEqual([1, 'it answered 401 Unauthorized'])
  expect(unsentOperations(session)).toBe(6)
  world.worker.restart()
  const { sent } = await world.finish()
  expect(sent).toMatchObject({ traces: { taken: 6, lost: 0 }, metrics: { taken: 6, lost: 0 } })
  world.kill()
})

test('sends spans alone to a collector that has no address for metrics', async () => {
  const world = new World()
  world.takesMetrics = false
  await world.open()
  await world.record(3, 3)
  const { sent } = await world.finish()
  expect(sent).toMatchObject({ traces: { taken: 3, lost: 0 } })
  expect(sent).not.toHaveProperty('problem')
  world.kill()
})

test('announces what was sent', async () => {
  const world = new World()
  await world.open()
  await world.record(2, 2)
  await world.finish()
  expect(world.announced.at(-1)).toMatchObject({
    change: 'session',
    session: { id: 's', sent: { traces: { taken: 2 } } },
  })
  world.kill()
})
