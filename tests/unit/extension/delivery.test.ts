// Test (Node): whatever happens to pages, ports and the worker, each operation is stored exactly once, and what is lost is
// counted. Random sequences of what can happen are run on the real relay, background and storage.
import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LogRecord } from '../../../wire/log.ts'
import { PENDING } from '../../../wire/operations.ts'
import { DeliveryWorld } from '../../support/delivery-world.ts'
import type { FakePage } from '../../support/fake-page.ts'
import { turn } from '../../support/turn.ts'

/** Random sequences. To look for what is rare: `RUNS=5000 npx vitest run tests/unit/extension/delivery.test.ts`. */
const RUNS = Number(process.env.RUNS ?? 150)
const FRAMES = 2
/** Characters that an item of `storage.local` may have when that is nearly full: enough for a record, and not for a batch. */
const TIGHT_LENGTH = 300

const WAIT_STEP = 250

interface Made {
  name: string
  page: FakePage
  /** The recording of the page at that time. */
  stream: string
  /** It has to be in the session, or counted: made while recording was on, since the latest Clear. */
  expected: boolean
  /** Nobody may have it: it began and ended while the page script knew that recording was off. */
  unwanted: boolean
  /** Whether it was reported as running before its end. */
  spans: boolean
}

interface Model {
  recording: boolean
  /** DevTools is open. */
  open: boolean
  made: Made[]
  running: { name: string; page: FakePage }[]
  /** Counted as lost by a log that the browser has lost since: nobody can know of them any more. */
  lostWithStorage: number
}

interface Real {
  world: DeliveryWorld
  /** Documents in the back/forward cache, by frame. */
  cached: FakePage[][]
}

type Command = fc.AsyncCommand<Model, Real>

const pageOf = ({ world }: Real, frame: number): FakePage => world.pages[frame] as FakePage

function note(model: Model, page: FakePage, name: string, spans: boolean): void {
  const recorded = page.recording
  model.made.push({
    name,
    page,
    stream: page.stream,
    expected: recorded && model.recording && model.open,
    unwanted: !recorded && !model.recording && !spans,
    spans,
  })
}

/** Some time goes by, so that no two things happen in the same moment. */
const tick = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

class Make implements Command {
  constructor(
    readonly frame: number,
    readonly count: number,
  ) {}
  check = () => true
  async run(model: Model, real: Real): Promise<void> {
    for (let i = 0; i < this.count; i++) {
      await tick()
      const name = `op ${model.made.length}`
      note(model, pageOf(real, this.frame), name, false)
      pageOf(real, this.frame).make(name)
    }
  }
  toString = () => `make(${this.frame}, ${this.count})`
}

class Begin implements Command {
  constructor(readonly frame: number) {}
  check = () => true
  async run(model: Model, real: Real): Promise<void> {
    await tick()
    const page = pageOf(real, this.frame)
    const name = `op ${model.made.length}`
    note(model, page, name, true)
    model.running.push({ name, page })
    page.begin(name)
  }
  toString = () => `begin(${this.frame})`
}

class End implements Command {
  check = (model: Readonly<Model>) => model.running.length > 0
  async run(model: Model): Promise<void> {
    await tick()
    const { name, page } = model.running.shift() as Model['running'][number]
    if (!page.frozen) page.end(name)
  }
  toString = () => 'end'
}

class Flush implements Command {
  constructor(readonly frame: number) {}
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    pageOf(real, this.frame).flush()
  }
  toString = () => `flush(${this.frame})`
}

class Turns implements Command {
  constructor(readonly count: number) {}
  check = () => true
  run = () => turn(this.count)
  toString = () => `turns(${this.count})`
}

class Wait implements Command {
  constructor(readonly milliseconds: number) {}
  check = () => true
  async run(): Promise<void> {
    // The worker has its turns meanwhile.
    for (let waited = 0; waited < this.milliseconds; waited += WAIT_STEP) {
      await vi.advanceTimersByTimeAsync(Math.min(WAIT_STEP, this.milliseconds))
      await turn(10)
    }
  }
  toString = () => `wait(${this.milliseconds})`
}

class Kill implements Command {
  check = () => true
  run = async (_: Model, { world }: Real) => world.kill()
  toString = () => 'kill'
}

class LosePort implements Command {
  constructor(readonly frame: number) {}
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    real.world.losePort(pageOf(real, this.frame))
  }
  toString = () => `losePort(${this.frame})`
}

class Navigate implements Command {
  constructor(
    readonly frame: number,
    readonly kept: boolean,
    readonly late: boolean,
  ) {}
  check = () => true
  async run(model: Model, real: Real): Promise<void> {
    await tick()
    const page = pageOf(real, this.frame)
    real.world.hide(page, () => {
      if (!this.late) return
      const name = `op ${model.made.length}`
      note(model, page, name, false)
      page.make(name)
    })
    const cached = real.cached[this.frame] as FakePage[]
    // The scripts are run in no document that comes back.
    if (this.kept && page.connected) cached.push(page)
    real.world.load(this.frame)
  }
  toString = () => `navigate(${this.frame}${this.kept ? ', kept' : ''}${this.late ? ', late' : ''})`
}

class GoBack implements Command {
  constructor(readonly frame: number) {}
  check = () => true
  async run(_: Model, real: Real): Promise<void> {
    const page = real.cached[this.frame]?.pop()
    if (!page) return
    real.world.hide(pageOf(real, this.frame))
    real.world.restore(this.frame, page)
  }
  toString = () => `back(${this.frame})`
}

class Record implements Command {
  constructor(readonly on: boolean) {}
  check = () => true
  async run(model: Model, { world }: Real): Promise<void> {
    await tick()
    model.recording = this.on
    await world.setRecording(this.on)
  }
  toString = () => (this.on ? 'record' : 'pause')
}

class CloseDevtools implements Command {
  check = (model: Readonly<Model>) => model.open
  async run(model: Model, { world }: Real): Promise<void> {
    await tick()
    model.open = false
    world.closeDevtools()
  }
  toString = () => 'closeDevtools'
}

class OpenDevtools implements Command {
  check = (model: Readonly<Model>) => !model.open
  async run(model: Model, { world }: Real): Promise<void> {
    await tick()
    model.open = true
    world.openDevtools()
  }
  toString = () => 'openDevtools'
}

class Clear implements Command {
  check = () => true
  async run(model: Model, { world }: Real): Promise<void> {
    await tick()
    await world.clear()
    for (const made of model.made) made.expected = false
    model.lostWithStorage = 0
  }
  toString = () => 'clear'
}

class LoseStorage implements Command {
  check = () => true
  async run(model: Model, { world }: Real): Promise<void> {
    await tick()
    const { pending, ended, lost } = namesIn(await world.loseStorage())
    model.lostWithStorage += lost
    for (const made of model.made) {
      // What a page has left behind belongs to a session that nobody knows any more: the gap of the loss stands for it too.
      if (pending.has(made.name) || ended.has(made.name) || made.page.frozen) made.expected = false
      // Nor of a pause.
      made.unwanted = false
    }
    // The panel asks at once.
    await world.current()
  }
  toString = () => 'loseStorage'
}

class FailAppend implements Command {
  check = () => true
  async run(_: Model, { world }: Real): Promise<void> {
    world.failNextAppend = true
  }
  toString = () => 'failAppend'
}

class FillStorage implements Command {
  constructor(readonly full: boolean) {}
  check = () => true
  async run(_: Model, { world }: Real): Promise<void> {
    world.local.maxItemLength = this.full ? TIGHT_LENGTH : Number.POSITIVE_INFINITY
  }
  toString = () => (this.full ? 'fillStorage' : 'freeStorage')
}

/** What a log has of each operation, and how many are counted as lost. */
function namesIn(records: readonly LogRecord[]) {
  const pending = new Set<string>()
  const ended = new Map<string, number>()
  let lost = 0
  for (const { entry } of records) {
    if (entry.type === 'unattributed') lost += entry.count
    if (entry.type !== 'batch') continue
    for (const loss of entry.batch.losses) lost += loss.count
    for (const { columns } of entry.batch.operations) {
      for (const [row, outcome] of columns.outcome.entries()) {
        const name = columns.strings[columns.name[row] as number] as string
        if (outcome === PENDING) pending.add(name)
        else ended.set(name, (ended.get(name) ?? 0) + 1)
      }
    }
  }
  return { pending, ended, lost }
}

async function expectExactlyOnce(model: Model, world: DeliveryWorld): Promise<void> {
  const { pending, ended, lost } = namesIn(await world.records())
  const isStored = ({ name }: Made): boolean => pending.has(name) || ended.has(name)
  const missing = model.made.filter(made => !isStored(made))
  expect([...ended].filter(([, count]) => count > 1)).toEqual([])
  // A recording that begins in a pause does not know what the page did in it before.
  const isUnwanted = ({ unwanted, page, stream }: Made): boolean => unwanted && stream === page.stream
  expect(model.made.filter(made => isUnwanted(made) && isStored(made))).toEqual([])
  const unexplained = missing.filter(({ expected, stream }) => expected && !world.discarded.has(stream))
  expect(unexplained.length).toBeLessThanOrEqual(lost + model.lostWithStorage)
  // An operation whose start was lost and whose end was not is counted though it is there.
  expect(lost).toBeLessThanOrEqual(missing.length + model.made.filter(({ spans }) => spans).length)
}

const frame = fc.nat(FRAMES - 1)
const commands = [
  fc.tuple(frame, fc.integer({ min: 1, max: 3 })).map(([at, count]) => new Make(at, count)),
  frame.map(at => new Flush(at)),
  fc.integer({ min: 1, max: 40 }).map(count => new Turns(count)),
  frame.map(at => new Begin(at)),
  fc.constant(new End()),
  fc.constantFrom(10, 100, 2_000, 6_000).map(milliseconds => new Wait(milliseconds)),
  fc.constant(new Kill()),
  frame.map(at => new LosePort(at)),
  fc.tuple(frame, fc.boolean(), fc.boolean()).map(([at, kept, late]) => new Navigate(at, kept, late)),
  frame.map(at => new GoBack(at)),
  fc.boolean().map(on => new Record(on)),
  fc.constant(new CloseDevtools()),
  fc.constant(new OpenDevtools()),
  fc.constant(new Clear()),
  fc.constant(new LoseStorage()),
  fc.constant(new FailAppend()),
  fc.boolean().map(full => new FillStorage(full)),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function createReal(): Promise<Real> {
  const world = new DeliveryWorld()
  await world.open()
  for (let at = 0; at < FRAMES; at++) world.load(at)
  return { world, cached: Array.from({ length: FRAMES }, () => []) }
}

test('each operation is stored exactly once, or counted as lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { size: 'large', maxCommands: 60 }), async sequence => {
      const real = await createReal()
      const model: Model = { recording: true, open: true, made: [], running: [], lostWithStorage: 0 }
      await fc.asyncModelRun(() => ({ model, real }), sequence)
      for (const page of real.world.pages) page.flush()
      await real.world.settle(milliseconds => vi.advanceTimersByTimeAsync(milliseconds))
      await expectExactlyOnce(model, real.world)
      await real.world.close()
    }),
    { numRuns: RUNS },
  )
}, 300_000)
