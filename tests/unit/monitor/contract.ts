// Test (Node): what issue 3 asks of any implementation of the API, as checks that can be run on ours and on a
// naive one. `naive` says what the naive one does: it must fail where it is said to, so that each check can fail.
import assert from 'node:assert/strict'
import { isCollected } from './collected.ts'
import { thenable } from './thenable.ts'

interface Metrics {
  operationName: string
  startTime: number
  endTime?: number
  duration?: number
  success: boolean
  error?: Error
  metadata?: unknown
}

/** The API of the issue, as its callers see it. */
export interface Monitor {
  trackOperation<T>(name: string, operation: () => Promise<T>, metadata?: Record<string, unknown>): Promise<T>
  getMetrics(): {
    operations: Metrics[]
    totalOperations: number
    successfulOperations: number
    failedOperations: number
    averageDuration: number
    maxDuration: number
    minDuration: number
  }
  addListener(listener: (metrics: Metrics) => void): unknown
  removeListener(listener: (metrics: Metrics) => void): void
  clearMetrics(): void
}

export interface Systems {
  createMonitor(): Monitor
  /** The monitor that `monitored` and `exportSession` use. */
  sharedMonitor(): Monitor
  monitored(name?: string): (...args: never[]) => unknown
  createMemoryMonitor(): { takeSnapshot(label: string): void; compareSnapshots(a: string, b: string): number }
  exportSession(): string
}

export interface Check {
  line: string
  name: string
  naive: 'passes' | 'fails'
  run(systems: Systems): Promise<void>
}

type LegacyDecorator = (target: object, key: string, descriptor: PropertyDescriptor) => PropertyDescriptor | undefined

/** Applies a decorator as TypeScript's `experimentalDecorators` does. */
export function decorateLegacy(decorator: unknown, target: object, key: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor
  Object.defineProperty(target, key, (decorator as LegacyDecorator)(target, key, descriptor) ?? descriptor)
}

/** Applies a decorator to a public method as the standard says (TC39 decorators, stage 3). */
export function decorateStandard(decorator: unknown, target: object, key: string, isStatic: boolean): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor
  const context = {
    kind: 'method',
    name: key,
    static: isStatic,
    private: false,
    access: { has: () => true, get: () => descriptor.value },
    addInitializer: () => {},
    metadata: {},
  }
  const value = (decorator as (method: unknown, context: object) => unknown)(descriptor.value, context)
  Object.defineProperty(target, key, { ...descriptor, value: value ?? descriptor.value })
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
const quick = (): Promise<void> => Promise.resolve()

async function withDateNow(now: () => number, run: () => Promise<void>): Promise<void> {
  const native = Date.now
  Date.now = now
  try {
    await run()
  } finally {
    Date.now = native
  }
}

/** Runs with the console's `error` silenced; returns what it got. */
async function withConsoleErrors(run: () => Promise<void>): Promise<unknown[][]> {
  const native = console.error
  const calls: unknown[][] = []
  console.error = (...data) => calls.push(data)
  try {
    await run()
  } finally {
    console.error = native
  }
  return calls
}

/** Unhandled rejections while `run` runs, instead of Vitest's own handling of them. */
export async function unhandledDuring(run: () => Promise<void>): Promise<unknown[]> {
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const reasons: unknown[] = []
  process.on('unhandledRejection', reason => reasons.push(reason))
  try {
    await run()
    // They are reported after the microtasks of the task in which the promise was rejected.
    await turn()
    await turn()
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
  return reasons
}

export const CHECKS: readonly Check[] = [
  {
    line: 'Identity',
    name: 'counts each of 10,000 concurrent operations with one name',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      await Promise.all(Array.from({ length: 10_000 }, () => monitor.trackOperation('load', turn)))
      const { operations, totalOperations } = monitor.getMetrics()
      assert.equal(totalOperations, 10_000)
      assert.equal(new Set(operations).size, 10_000)
    },
  },
  {
    line: 'Time',
    name: 'is not fooled by a Date.now that jumps',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const real = Date.now()
      let jumps = 0
      await withDateNow(
        () => real - 3_600_000 * jumps++,
        () => monitor.trackOperation('load', turn),
      )
      const [operation] = monitor.getMetrics().operations
      assert.ok(operation?.duration !== undefined && operation.duration >= 0 && operation.duration < 60_000)
    },
  },
  {
    line: 'Time',
    name: 'has start times finer than a millisecond, close to the epoch time of Date.now',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const before = Date.now()
      for (let i = 0; i < 20; i++) await monitor.trackOperation(`load ${i}`, turn)
      const after = Date.now()
      const starts = monitor.getMetrics().operations.map(({ startTime }) => startTime)
      assert.ok(starts.some(time => !Number.isInteger(time)))
      for (const time of starts) assert.ok(time > before - 2_000 && time < after + 2_000)
    },
  },
  {
    line: 'Time',
    name: 'measures durations finer than a millisecond',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      for (let i = 0; i < 20; i++) await monitor.trackOperation(`load ${i}`, turn)
      const durations = monitor.getMetrics().operations.map(({ duration }) => duration ?? 0)
      assert.ok(durations.some(duration => duration > 0 && !Number.isInteger(duration)))
    },
  },
  {
    line: 'Empty',
    name: 'gives finite metrics for no operations',
    naive: 'fails',
    async run({ createMonitor }) {
      const { operations, ...metrics } = createMonitor().getMetrics()
      assert.deepEqual(operations, [])
      for (const key of ['totalOperations', 'averageDuration', 'maxDuration', 'minDuration'] as const) {
        assert.equal(metrics[key], 0)
      }
    },
  },
  {
    line: 'Huge',
    name: 'gives metrics of 200,000 operations',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      for (let i = 0; i < 200_000; i++) await monitor.trackOperation(`load ${i}`, quick)
      const { totalOperations, averageDuration, minDuration, maxDuration } = monitor.getMetrics()
      assert.equal(totalOperations, 200_000)
      assert.ok(0 <= minDuration && minDuration <= averageDuration && averageDuration <= maxDuration)
      assert.ok(Number.isFinite(maxDuration))
    },
  },
  {
    line: 'Huge',
    name: 'lists at most 10,000 operations, the most recent ones',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      for (let i = 0; i < 10_500; i++) await monitor.trackOperation(`load ${i}`, quick)
      const { operations } = monitor.getMetrics()
      assert.equal(operations.length, 10_000)
      assert.equal(operations[0]?.operationName, 'load 500')
      assert.equal(operations.at(-1)?.operationName, 'load 10499')
    },
  },
  {
    line: 'Listeners',
    name: 'keeps a listener that throws from the operation and from other listeners, and reports its error',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const thrown = new Error('a listener’s own')
      let heard = 0
      monitor.addListener(() => {
        throw thrown
      })
      monitor.addListener(() => heard++)
      const errors = await withConsoleErrors(async () => {
        assert.equal(await monitor.trackOperation('load', async () => 5), 5)
      })
      assert.equal(heard, 1)
      assert.ok(errors.flat().includes(thrown))
    },
  },
  {
    line: 'Listeners',
    name: 'calls the others when one removes itself in its callback',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const heard: string[] = []
      const once = (): void => {
        heard.push('once')
        monitor.removeListener(once)
      }
      monitor.addListener(once)
      monitor.addListener(() => heard.push('always'))
      await monitor.trackOperation('load', quick)
      await monitor.trackOperation('load', quick)
      assert.deepEqual(heard, ['once', 'always', 'always'])
    },
  },
  {
    line: 'Listeners',
    name: 'does not call one that was added in a callback of the same round',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      let late = 0
      let added = false
      monitor.addListener(() => {
        if (added) return
        added = true
        monitor.addListener(() => late++)
      })
      await monitor.trackOperation('load', quick)
      assert.equal(late, 0)
      await monitor.trackOperation('load', quick)
      assert.equal(late, 1)
    },
  },
  {
    line: 'Listeners',
    name: 'returns the undo of addListener',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      let heard = 0
      const undo = monitor.addListener(() => heard++)
      assert.ok(typeof undo === 'function')
      await monitor.trackOperation('load', quick)
      undo()
      undo()
      await monitor.trackOperation('load', quick)
      assert.equal(heard, 1)
    },
  },
  {
    line: 'Contract',
    name: 'resolves with the same value and rejects with the same error object',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const value = {}
      assert.equal(await monitor.trackOperation('load', async () => value), value)
      for (const error of [new Error('no'), 'a string', undefined, null, 0, Symbol('s'), Object.freeze({})]) {
        const caught = await monitor.trackOperation('load', () => Promise.reject(error)).catch(thrown => [thrown])
        assert.deepEqual(caught, [error])
        assert.ok(Object.is((caught as unknown[])[0], error))
      }
    },
  },
  {
    line: 'Contract',
    name: 'makes a synchronous throw a rejection with that object',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const error = new Error('at once')
      const promise = monitor.trackOperation('load', () => {
        throw error
      })
      await assert.rejects(promise, (thrown: unknown) => thrown === error)
      assert.equal(monitor.getMetrics().failedOperations, 1)
    },
  },
  {
    line: 'Contract',
    name: 'rejects with a TypeError when the operation is no function',
    naive: 'passes',
    async run({ createMonitor }) {
      for (const operation of [undefined, null, 5, {}, Promise.resolve(1)]) {
        const promise = createMonitor().trackOperation('load', operation as unknown as () => Promise<unknown>)
        await assert.rejects(promise, TypeError)
      }
    },
  },
  {
    line: 'Contract',
    name: 'makes no unhandled rejection of its own',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const error = new Error('handled by the caller')
      const handled = await unhandledDuring(async () => {
        await monitor.trackOperation('load', () => Promise.reject(error)).catch(() => {})
        const late = monitor.trackOperation('load', async () => {
          await turn()
          throw error
        })
        await late.catch(() => {})
      })
      assert.deepEqual(handled, [])
      const unhandled = await unhandledDuring(async () => {
        void monitor.trackOperation('load', () => Promise.reject(error))
      })
      assert.deepEqual(unhandled, [error])
    },
  },
  {
    line: 'Contract',
    name: 'follows thenables',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const succeeding = thenable<number>(resolve => setImmediate(resolve, 7))
      assert.equal(await monitor.trackOperation('load', () => succeeding), 7)
      const error = new Error('no')
      const failing = thenable<number>((_, reject) => reject(error))
      const promise = monitor.trackOperation('load', () => failing)
      await assert.rejects(promise, (thrown: unknown) => thrown === error)
    },
  },
  {
    line: 'Contract',
    name: 'counts and lists an operation that never settles, which has neither failed nor a duration',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      void monitor.trackOperation('wait', () => new Promise(() => {}))
      await turn()
      const { operations, ...metrics } = monitor.getMetrics()
      assert.deepEqual(
        operations.map(({ operationName, endTime, duration, success }) => [operationName, endTime, duration, success]),
        [['wait', undefined, undefined, false]],
      )
      for (const key of ['successfulOperations', 'failedOperations', 'averageDuration', 'maxDuration'] as const) {
        assert.equal(metrics[key], 0)
      }
      assert.equal(metrics.totalOperations, 1)
    },
  },
  {
    line: 'Contract',
    name: 'rejects with the thrown object even when it can’t be read',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      const caught = await monitor
        .trackOperation('load', () => Promise.reject(proxy))
        .catch((thrown: object) => [thrown])
      assert.ok(Array.isArray(caught) && caught[0] === proxy)
      monitor.getMetrics()
    },
  },
  {
    line: 'Cancelled',
    name: 'does not count an AbortError as a failure',
    naive: 'fails',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      const controller = new AbortController()
      const promise = monitor.trackOperation('load', async () => {
        await turn()
        controller.signal.throwIfAborted()
      })
      controller.abort()
      await assert.rejects(promise, { name: 'AbortError' })
      const { failedOperations, successfulOperations, totalOperations } = monitor.getMetrics()
      assert.deepEqual([totalOperations, successfulOperations, failedOperations], [1, 0, 0])
    },
  },
  {
    line: 'clearMetrics',
    name: 'leaves operations that were running out of the new totals',
    naive: 'passes',
    async run({ createMonitor }) {
      const monitor = createMonitor()
      let finish: () => void = () => {}
      const running = monitor.trackOperation('before', () => new Promise<void>(resolve => (finish = resolve)))
      await monitor.trackOperation('before', quick)
      monitor.clearMetrics()
      await monitor.trackOperation('after', quick)
      finish()
      await running
      const { operations, totalOperations, successfulOperations } = monitor.getMetrics()
      assert.deepEqual([totalOperations, successfulOperations], [1, 1])
      assert.deepEqual(
        operations.map(({ operationName }) => operationName),
        ['after'],
      )
    },
  },
  ...monitoredChecks('legacy', decorateLegacy),
  ...monitoredChecks('standard', decorateStandard),
  {
    line: 'metadata',
    name: 'exports operations whose metadata is cyclic, uncloneable or throws',
    naive: 'fails',
    async run({ sharedMonitor, exportSession }) {
      const monitor = sharedMonitor()
      monitor.clearMetrics()
      const cyclic: Record<string, unknown> = { plain: 'seen' }
      cyclic.self = cyclic
      await monitor.trackOperation('cyclic', quick, cyclic)
      await monitor.trackOperation('hostile', quick, {
        plain: 'also seen',
        big: 5n,
        call: () => {},
        get getter() {
          throw new Error('metadata’s own')
        },
      })
      const text = exportSession()
      monitor.clearMetrics()
      assert.ok(text.includes('"seen"') && text.includes('"also seen"'))
    },
  },
  {
    line: 'metadata',
    name: 'does not run a getter of the metadata during the operation',
    naive: 'passes',
    async run({ createMonitor }) {
      let reads = 0
      const metadata = {
        get getter() {
          return ++reads
        },
      }
      await createMonitor().trackOperation('load', quick, metadata)
      assert.equal(reads, 0)
    },
  },
  {
    line: 'MemoryMonitor',
    name: 'compares two snapshots',
    naive: 'passes',
    async run({ createMemoryMonitor }) {
      const memory = createMemoryMonitor()
      // What others have left would be collected between the two.
      ;(globalThis as { gc?: () => void }).gc?.()
      memory.takeSnapshot('before')
      const kept = Array.from({ length: 200_000 }, (_, i) => ({ i }))
      memory.takeSnapshot('after')
      assert.ok(memory.compareSnapshots('before', 'after') > 1_000_000)
      assert.equal(memory.compareSnapshots('before', 'after'), -memory.compareSnapshots('after', 'before'))
      assert.equal(kept.length, 200_000)
    },
  },
  {
    line: 'MemoryMonitor',
    name: 'throws for an unknown label and names the labels there are',
    naive: 'fails',
    async run({ createMemoryMonitor }) {
      const memory = createMemoryMonitor()
      memory.takeSnapshot('start')
      memory.takeSnapshot('middle')
      for (const [from, to] of [
        ['start', 'end'],
        ['end', 'start'],
      ] as const) {
        assert.throws(
          () => memory.compareSnapshots(from, to),
          ({ message }: Error) => ['end', 'start', 'middle'].every(label => message.includes(label)),
        )
      }
    },
  },
  {
    line: 'MemoryMonitor',
    name: 'does not return 0 where the platform reports no heap size',
    naive: 'fails',
    async run({ createMemoryMonitor }) {
      const native = process.memoryUsage
      Reflect.set(process, 'memoryUsage', undefined)
      try {
        const memory = createMemoryMonitor()
        memory.takeSnapshot('start')
        memory.takeSnapshot('end')
        assert.throws(() => memory.compareSnapshots('start', 'end'), /heap/)
      } finally {
        process.memoryUsage = native
      }
    },
  },
]

function monitoredChecks(
  flavour: 'legacy' | 'standard',
  decorate: (decorator: unknown, target: object, key: string, isStatic: boolean) => void,
): Check[] {
  // A naive decorator knows the legacy signature only, so every check of the standard one fails on it.
  const naive = (legacy: Check['naive']): Check['naive'] => (flavour === 'legacy' ? legacy : 'fails')
  const line = `monitored, ${flavour}`

  /** The names of the operations that end while `run` runs. */
  const namesDuring = async (monitor: Monitor, run: () => Promise<void>): Promise<string[]> => {
    const names: string[] = []
    const listener = ({ operationName }: Metrics): void => {
      names.push(operationName)
    }
    monitor.addListener(listener)
    await run()
    monitor.removeListener(listener)
    return names
  }

  return [
    {
      line,
      name: 'tracks under Class.method and keeps `this` and arguments',
      naive: naive('passes'),
      async run({ monitored, sharedMonitor }) {
        class Service {
          base = 40
          async add(amount: number): Promise<number> {
            return this.base + amount
          }
        }
        decorate(monitored(), Service.prototype, 'add', false)
        const names = await namesDuring(sharedMonitor(), async () => {
          assert.equal(await new Service().add(2), 42)
        })
        assert.deepEqual(names, ['Service.add'])
      },
    },
    {
      line,
      name: 'names a static method after its class',
      naive: 'fails',
      async run({ monitored, sharedMonitor }) {
        class Service {
          static async load(): Promise<string> {
            return Service.name
          }
        }
        decorate(monitored(), Service, 'load', true)
        const names = await namesDuring(sharedMonitor(), async () => {
          assert.equal(await Service.load(), 'Service')
        })
        assert.deepEqual(names, ['Service.load'])
      },
    },
    {
      line,
      name: 'names an inherited method after the class that defines it, whoever calls first',
      naive: naive('passes'),
      async run({ monitored, sharedMonitor }) {
        class Base {
          async load(): Promise<string> {
            return 'base'
          }
        }
        class Derived extends Base {
          override async load(): Promise<string> {
            return `derived of ${await super.load()}`
          }
        }
        decorate(monitored(), Base.prototype, 'load', false)
        const names = await namesDuring(sharedMonitor(), async () => {
          assert.equal(await new Derived().load(), 'derived of base')
          await new Base().load()
        })
        assert.deepEqual(names, ['Base.load', 'Base.load'])
      },
    },
    {
      line,
      name: 'uses the given name',
      naive: naive('passes'),
      async run({ monitored, sharedMonitor }) {
        class Service {
          async load(): Promise<void> {}
        }
        decorate(monitored('fetchUser'), Service.prototype, 'load', false)
        const names = await namesDuring(sharedMonitor(), () => new Service().load())
        assert.deepEqual(names, ['fetchUser'])
      },
    },
    {
      line,
      name: 'keeps name, length and the property’s attributes',
      naive: 'fails',
      async run({ monitored }) {
        class Service {
          async load(_id: string, _options: object): Promise<void> {}
        }
        const before = Object.getOwnPropertyDescriptor(Service.prototype, 'load')
        decorate(monitored(), Service.prototype, 'load', false)
        const after = Object.getOwnPropertyDescriptor(Service.prototype, 'load')
        assert.deepEqual([Service.prototype.load.name, Service.prototype.load.length], ['load', 2])
        assert.deepEqual({ ...after, value: 0 }, { ...before, value: 0 })
      },
    },
    {
      line,
      name: 'keeps a synchronous method synchronous, and tracks it',
      naive: 'fails',
      async run({ monitored, sharedMonitor }) {
        const error = new Error('no')
        class Service {
          double(value: number): number {
            return value * 2
          }
          fail(): never {
            throw error
          }
        }
        const { prototype } = Service
        for (const key of ['double', 'fail']) decorate(monitored(), prototype, key, false)
        sharedMonitor().clearMetrics()
        assert.equal(new Service().double(4), 8)
        assert.throws(
          () => new Service().fail(),
          (thrown: unknown) => thrown === error,
        )
        const { successfulOperations, failedOperations } = sharedMonitor().getMetrics()
        assert.deepEqual([successfulOperations, failedOperations], [1, 1])
      },
    },
    {
      line,
      name: 'tracks a returned promise to its end',
      naive: naive('passes'),
      async run({ monitored, sharedMonitor }) {
        let finish: (value: number) => void = () => {}
        class Service {
          load(): Promise<number> {
            return new Promise(resolve => (finish = resolve))
          }
        }
        decorate(monitored(), Service.prototype, 'load', false)
        sharedMonitor().clearMetrics()
        const promise = new Service().load()
        await turn()
        assert.equal(sharedMonitor().getMetrics().successfulOperations, 0)
        finish(3)
        assert.equal(await promise, 3)
        assert.equal(sharedMonitor().getMetrics().successfulOperations, 1)
      },
    },
    {
      line,
      name: 'does not keep arguments alive',
      naive: 'fails',
      async run({ monitored, sharedMonitor }) {
        class Service {
          async store(_value: object): Promise<void> {}
          check(_value: object): boolean {
            return true
          }
        }
        const { prototype } = Service
        for (const key of ['store', 'check']) decorate(monitored(), prototype, key, false)
        sharedMonitor().clearMetrics()
        const refs = await (async () => {
          const values = [{ a: 1 }, [1, 2], new Map(), () => {}]
          for (const value of values) {
            await new Service().store(value)
            new Service().check(value)
          }
          return values.map(value => new WeakRef<object>(value))
        })()
        for (const ref of refs) assert.ok(await isCollected(ref))
        assert.equal(sharedMonitor().getMetrics().totalOperations, 8)
      },
    },
  ]
}
