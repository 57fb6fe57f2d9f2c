import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  DEFAULT_MAX_OPERATIONS,
  MAX_NAME_LENGTH,
  MAX_NAMES,
  OTHER_NAMES,
  PerformanceMonitor,
} from '../../../monitor/performance-monitor.ts'
import { isCollected, retainedBytes } from './collected.ts'
import { unhandledDuring } from './contract.ts'
import { thenable } from './thenable.ts'

const quick = async (): Promise<void> => {}
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
const trap = (): never => {
  throw new Error('trap')
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('metrics', () => {
  test('equal a naive computation over all operations, also past the bound of the list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', ''),
            outcome: fc.constantFrom('ok', 'failed', 'cancelled', 'pending'),
          }),
          { maxLength: 100 },
        ),
        fc.integer({ min: 1, max: 20 }),
        async (operations, maxOperations) => {
          const monitor = new PerformanceMonitor({ maxOperations })
          const heard: { name: string; duration: number; outcome: string }[] = []
          monitor.addListener(({ operationName: name, duration = Number.NaN, outcome }) => {
            heard.push({ name, duration, outcome })
          })
          for (const { name, outcome } of operations) {
            const error = outcome === 'cancelled' ? new DOMException('stop', 'AbortError') : new Error('no')
            const run = outcome === 'ok' ? quick : () => Promise.reject(error)
            if (outcome === 'pending') void monitor.trackOperation(name, () => new Promise(() => {}))
            else await monitor.trackOperation(name, run).catch(() => {})
          }
          const running = operations.filter(({ outcome }) => outcome === 'pending').map(({ name }) => name)
          const metrics = monitor.getMetrics()
          const durations = heard.map(({ duration }) => duration)
          const count = (wanted: string): number => heard.filter(({ outcome }) => outcome === wanted).length
          expect(heard.map(({ name, outcome }) => ({ name, outcome }))).toEqual(
            operations.filter(({ outcome }) => outcome !== 'pending'),
          )
          expect(metrics).toMatchObject({
            totalOperations: operations.length,
            successfulOperations: count('ok'),
            failedOperations: count('failed'),
            cancelledOperations: count('cancelled'),
            pendingOperations: running.length,
            maxDuration: Math.max(0, ...durations),
            minDuration: durations.length === 0 ? 0 : Math.min(...durations),
            retainedOperations: Math.min(heard.length, maxOperations) + running.length,
          })
          const sum = durations.reduce((total, duration) => total + duration, 0)
          expect(metrics.averageDuration).toBeCloseTo(sum / Math.max(1, heard.length), 9)
          expect(metrics.operations.map(({ operationName }) => operationName)).toEqual(
            heard
              .slice(-maxOperations)
              .map(({ name }) => name)
              .concat(running),
          )
          for (const { outcome, success, endTime, duration } of metrics.operations) {
            const isRunning = outcome === 'pending'
            expect([endTime === undefined, duration === undefined, success]).toEqual([
              isRunning,
              isRunning,
              outcome === 'ok',
            ])
          }
          expect(Object.keys(metrics.byName).sort()).toEqual([...new Set(operations.map(({ name }) => name))].sort())
          for (const [name, stats] of Object.entries(metrics.byName)) {
            const own = heard.filter(each => each.name === name)
            const ownRunning = running.filter(each => each === name).length
            expect(stats.totalOperations).toBe(own.length + ownRunning)
            expect(stats.pendingOperations).toBe(ownRunning)
            expect(stats.maxDuration).toBe(Math.max(0, ...own.map(({ duration }) => duration)))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  test('have quantiles within 1 % of the measured durations', async () => {
    const monitor = new PerformanceMonitor()
    const durations: number[] = []
    monitor.addListener(({ duration }) => durations.push(duration ?? Number.NaN))
    await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        await monitor.trackOperation(i % 2 === 0 ? 'even' : 'odd', async () => {
          for (let turns = 0; turns < i; turns++) await turn()
        })
      }),
    )
    durations.sort((a, b) => a - b)
    const { p50, p95, p99, byName } = monitor.getMetrics()
    for (const [found, rank] of [
      [p50, 150],
      [p95, 285],
      [p99, 297],
    ] as const) {
      const exact = durations[rank - 1] as number
      expect(Math.abs((found as number) - exact)).toBeLessThanOrEqual(exact * 0.01)
    }
    expect(byName.even?.totalOperations).toBe(150)
    expect(byName.odd?.p50).toBeGreaterThan(0)
  })

  test('share one entry for names past the bound', async () => {
    const monitor = new PerformanceMonitor()
    for (let i = 0; i < MAX_NAMES + 20; i++) await monitor.trackOperation(`load ${i}`, quick)
    const { byName, totalOperations } = monitor.getMetrics()
    expect(Object.keys(byName)).toHaveLength(MAX_NAMES + 1)
    expect(byName[OTHER_NAMES]?.totalOperations).toBe(20)
    expect(totalOperations).toBe(MAX_NAMES + 20)
  })

  test('share one entry for names past the bound, also while operations run', async () => {
    const monitor = new PerformanceMonitor()
    await monitor.trackOperation('ended', quick)
    for (let i = 0; i < MAX_NAMES + 20; i++) void monitor.trackOperation(`wait ${i}`, () => new Promise(() => {}))
    void monitor.trackOperation('ended', () => new Promise(() => {}))
    const { byName, totalOperations } = monitor.getMetrics()
    expect(Object.keys(byName)).toHaveLength(MAX_NAMES + 1)
    expect(byName.ended).toMatchObject({ totalOperations: 2, successfulOperations: 1, pendingOperations: 1 })
    expect(byName[OTHER_NAMES]).toMatchObject({ totalOperations: 21, pendingOperations: 21, p50: undefined })
    expect(totalOperations).toBe(MAX_NAMES + 22)
  })

  test('are a copy that later operations do not change', async () => {
    const monitor = new PerformanceMonitor()
    await monitor.trackOperation('load', quick)
    const before = monitor.getMetrics()
    const copy = structuredClone({ ...before, byName: { ...before.byName } })
    await monitor.trackOperation('load', quick)
    expect({ ...before, byName: { ...before.byName } }).toEqual(copy)
  })
})

describe('the bound of the list', () => {
  test('can be set', async () => {
    const monitor = new PerformanceMonitor()
    expect(monitor.maxOperations).toBe(DEFAULT_MAX_OPERATIONS)
    for (let i = 0; i < 20; i++) await monitor.trackOperation(`load ${i}`, quick)
    monitor.maxOperations = 5
    let metrics = monitor.getMetrics()
    expect(metrics.operations.map(({ operationName }) => operationName)).toEqual(
      [15, 16, 17, 18, 19].map(i => `load ${i}`),
    )
    expect([metrics.retainedOperations, metrics.totalOperations]).toEqual([5, 20])
    monitor.maxOperations = 50
    for (let i = 20; i < 30; i++) await monitor.trackOperation(`load ${i}`, quick)
    metrics = monitor.getMetrics()
    expect(metrics.operations.map(({ operationName }) => operationName)).toEqual(
      Array.from({ length: 15 }, (_, i) => `load ${i + 15}`),
    )
  })

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null])('can’t be %s', bound => {
    const monitor = new PerformanceMonitor()
    expect(() => {
      monitor.maxOperations = bound as number
    }).toThrow(RangeError)
    expect(() => new PerformanceMonitor({ maxOperations: bound as number })).toThrow(RangeError)
    expect(monitor.maxOperations).toBe(DEFAULT_MAX_OPERATIONS)
  })

  test('bounds memory', async () => {
    const monitor = new PerformanceMonitor()
    const track = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await monitor.trackOperation('load', quick, { i })
    }
    await track(DEFAULT_MAX_OPERATIONS)
    const before = await retainedBytes()
    await track(100_000)
    expect((await retainedBytes()) - before).toBeLessThan(1_000_000)
  })
})

describe('memory', () => {
  test('releases metadata, error and result of overwritten operations', async () => {
    const monitor = new PerformanceMonitor({ maxOperations: 1 })
    const refs = await (async () => {
      const [metadata, error, result] = [{ a: 1 }, new Error('no'), { b: 1 }]
      await monitor.trackOperation('metadata', quick, metadata)
      await monitor.trackOperation('failed', () => Promise.reject(error)).catch(() => {})
      await monitor.trackOperation('result', async () => result)
      return [metadata, error, result].map(object => new WeakRef<object>(object))
    })()
    await monitor.trackOperation('last', quick)
    for (const ref of refs) expect(await isCollected(ref)).toBe(true)
    expect(monitor.getMetrics().totalOperations).toBe(4)
  })

  test('releases metadata, errors and names in clearMetrics', async () => {
    const monitor = new PerformanceMonitor()
    const before = await retainedBytes()
    const refs: WeakRef<object>[] = []
    await (async () => {
      for (let i = 0; i < 1_000; i++) {
        const metadata = { items: new Array(1_000).fill(i) }
        const error = Object.assign(new Error('no'), { response: new Array(1_000).fill(i) })
        const name = `${'é'.repeat(400)}${i}`
        await monitor.trackOperation(name, () => (i % 2 ? Promise.reject(error) : quick()), metadata).catch(() => {})
        if (i % 250 === 0) refs.push(new WeakRef(metadata), new WeakRef(error))
      }
    })()
    expect((await retainedBytes()) - before).toBeGreaterThan(8_000_000)
    monitor.clearMetrics()
    for (const ref of refs) expect(await isCollected(ref)).toBe(true)
    expect((await retainedBytes()) - before).toBeLessThan(500_000)
  })

  test('releases an operation that was running during clearMetrics when it ends', async () => {
    const monitor = new PerformanceMonitor()
    let finish: () => void = () => {}
    const { running, ref } = (() => {
      const metadata = {}
      const wait = (): Promise<void> =>
        new Promise(resolve => {
          finish = resolve
        })
      return { running: monitor.trackOperation('before', wait, metadata), ref: new WeakRef(metadata) }
    })()
    monitor.clearMetrics()
    finish()
    await running
    monitor.clearMetrics()
    expect(await isCollected(ref)).toBe(true)
  })

  test('releases metadata and error while a handle is kept', async () => {
    const monitor = new PerformanceMonitor()
    const handles: object[] = []
    const refs = await (async () => {
      const [metadata, error] = [{ a: 1 }, new Error('no')]
      const fail = (handle: object): Promise<never> => {
        handles.push(handle)
        return Promise.reject(error)
      }
      await monitor.trackOperation('failed', fail, metadata).catch(() => {})
      return [metadata, error].map(object => new WeakRef<object>(object))
    })()
    monitor.clearMetrics()
    for (const ref of refs) expect(await isCollected(ref)).toBe(true)
    expect(handles).toHaveLength(1)
  })

  test('releases the result and the callback immediately', async () => {
    const monitor = new PerformanceMonitor()
    const refs = await (async () => {
      const result = { b: 1 }
      const callback = async (): Promise<object> => result
      await monitor.trackOperation('result', callback)
      return [new WeakRef<object>(result), new WeakRef<object>(callback)]
    })()
    for (const ref of refs) expect(await isCollected(ref)).toBe(true)
  })

  test('releases the rest of a name of 10 MB', async () => {
    const monitor = new PerformanceMonitor()
    const before = await retainedBytes()
    for (let i = 0; i < 20; i++) {
      await monitor.trackOperation(Buffer.alloc(10_000_000, 65 + i).toString('latin1'), quick)
    }
    expect((await retainedBytes()) - before).toBeLessThan(5_000_000)
    const { operations } = monitor.getMetrics()
    for (const { operationName } of operations) expect(operationName).toHaveLength(MAX_NAME_LENGTH)
  })
})

describe('listeners', () => {
  test('are called before the operation’s promise settles', async () => {
    const monitor = new PerformanceMonitor()
    const order: string[] = []
    monitor.addListener(({ operationName }) => order.push(operationName))
    await monitor.trackOperation('load', quick).then(() => order.push('settled'))
    expect(order).toEqual(['load', 'settled'])
  })

  test('get everything known of the operation', async () => {
    const monitor = new PerformanceMonitor()
    const heard: object[] = []
    monitor.addListener(metrics => heard.push(metrics))
    const metadata = { cart: 3 }
    await monitor.trackOperation('load', quick, metadata)
    const error = new TypeError('no')
    await monitor.trackOperation('failed', () => Promise.reject(error)).catch(() => {})
    await monitor.trackOperation('text', () => Promise.reject('text')).catch(() => {})
    expect(heard).toMatchObject([
      { operationName: 'load', success: true, outcome: 'ok', metadata },
      { operationName: 'failed', success: false, outcome: 'failed' },
      { operationName: 'text', success: false, error: { message: 'text', cause: 'text' } },
    ])
    expect(heard[0]).not.toHaveProperty('error')
    expect((heard[1] as { error: unknown }).error).toBe(error)
  })

  test('may clear, resize, track, and add or remove listeners', async () => {
    const monitor = new PerformanceMonitor({ maxOperations: 3 })
    const heard: string[] = []
    const undo = monitor.addListener(({ operationName }) => {
      heard.push(operationName)
      if (operationName !== 'first') return
      undo()
      monitor.clearMetrics()
      monitor.maxOperations = 1
      void monitor.trackOperation('second', quick)
      monitor.addListener(({ operationName: name }) => heard.push(`late ${name}`))
    })
    await monitor.trackOperation('first', quick)
    await turn()
    expect(heard).toEqual(['first', 'late second'])
    expect(monitor.getMetrics().totalOperations).toBe(1)
  })

  test('that throw are each reported, even if reporting throws', async () => {
    const monitor = new PerformanceMonitor()
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const errors = [new Error('first'), 'second']
    for (const error of errors) {
      monitor.addListener(() => {
        throw error
      })
    }
    await monitor.trackOperation('load', quick)
    expect(log.mock.calls.map(call => call.at(-1))).toEqual(errors)
    log.mockImplementation(trap)
    await monitor.trackOperation('load', quick)
    expect(monitor.getMetrics().successfulOperations).toBe(2)
  })

  test('that throw are reported with reportError where it exists', async () => {
    const reportError = vi.fn()
    vi.stubGlobal('reportError', reportError)
    const log = vi.spyOn(console, 'error')
    const monitor = new PerformanceMonitor()
    const error = new Error('a listener’s own')
    monitor.addListener(() => {
      throw error
    })
    await monitor.trackOperation('load', quick)
    vi.unstubAllGlobals()
    expect(reportError.mock.calls).toEqual([[error]])
    expect(log).not.toHaveBeenCalled()
  })

  test('that reject are reported, and cause no unhandled rejection', async () => {
    const monitor = new PerformanceMonitor()
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    class Lazy extends Promise<void> {
      // biome-ignore lint/suspicious/noThenProperty: must not be called
      override then(): never {
        return trap()
      }
    }
    const errors = [new Error('async'), new Error('another realm'), 'text']
    monitor.addListener(async () => {
      await turn()
      throw errors[0]
    })
    monitor.addListener(() => runInNewContext('async error => { throw error }')(errors[1]))
    monitor.addListener(() => Promise.reject(errors[2]))
    // What else a listener returns is its own.
    for (const result of [
      null,
      {},
      thenable(trap),
      new Lazy(() => {}),
      Promise.resolve(),
      new Proxy({}, { get: trap }),
    ]) {
      monitor.addListener(() => result as never)
    }
    const unhandled = await unhandledDuring(async () => {
      expect(await monitor.trackOperation('load', async () => 5)).toBe(5)
    })
    expect(unhandled).toEqual([])
    expect(new Set(log.mock.calls.map(call => call.at(-1)))).toEqual(new Set(errors))
    expect(log).toHaveBeenCalledTimes(errors.length)
  })

  test('are called once when added twice', async () => {
    const monitor = new PerformanceMonitor()
    const listener = vi.fn()
    monitor.addListener(listener)
    monitor.addListener(listener)
    monitor.removeListener(() => {})
    await monitor.trackOperation('load', quick)
    expect(listener).toHaveBeenCalledTimes(1)
    monitor.removeListener(listener)
    await monitor.trackOperation('load', quick)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})

describe('behind a Proxy', () => {
  const wrap = <T extends object>(target: T, handler: ProxyHandler<T>): T => new Proxy(target, handler)
  /** As Vue's `reactive`, which wraps whatever is read through it. */
  const deep = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, key, receiver) {
        const value: unknown = Reflect.get(object, key, receiver)
        return typeof value === 'object' && value !== null ? deep(value) : value
      },
    })
  const proxies: [string, (monitor: PerformanceMonitor) => PerformanceMonitor][] = [
    ['that does nothing', monitor => wrap(monitor, {})],
    ['that forwards its receiver', monitor => wrap(monitor, { get: (...all) => Reflect.get(...all) })],
    ['that reads for itself', monitor => wrap(monitor, { get: (target, key) => Reflect.get(target, key) })],
    ['of a Proxy', monitor => wrap(wrap(monitor, {}), {})],
    ['that wraps what is read', deep],
    ['that inherits', monitor => Object.create(monitor)],
  ]

  test.each(proxies)('%s the monitor works', async (_, create) => {
    const monitor = new PerformanceMonitor()
    const proxy = create(monitor)
    const heard: string[] = []
    const listener = vi.fn()
    const undo = proxy.addListener(({ operationName }) => heard.push(operationName))
    proxy.addListener(listener)
    proxy.removeListener(listener)
    const order = await proxy.trackOperation('checkout', async operation => {
      await create(operation as never as PerformanceMonitor).trackOperation('pay', quick)
      return 5
    })
    expect(order).toBe(5)
    expect(proxy.trackCall('parse', () => 6)).toBe(6)
    undo()
    proxy.maxOperations = 20
    expect([proxy.maxOperations, monitor.maxOperations]).toEqual([20, 20])
    const pending = proxy.trackOperation('late', turn)
    expect(proxy.getPendingOperations()).toMatchObject([{ operationName: 'late' }])
    await pending
    const [pay, checkout] = monitor.getMetrics().operations
    expect(pay?.parentId).toBe(checkout?.id)
    expect(proxy.getMetrics()).toEqual(monitor.getMetrics())
    expect([heard, proxy.getMetrics().totalOperations]).toEqual([['pay', 'checkout', 'parse'], 4])
    expect(listener).not.toHaveBeenCalled()
    proxy.clearMetrics()
    expect(monitor.getMetrics().totalOperations).toBe(0)
  })
})

describe('operations that have not ended', () => {
  test('are listed, oldest first', async () => {
    const monitor = new PerformanceMonitor()
    const finish: (() => void)[] = []
    const wait = (): Promise<void> => new Promise(resolve => finish.push(resolve))
    const promises = ['a', 'b', 'c'].map(name => monitor.trackOperation(name, wait, { name }))
    void monitor.trackOperation('never', () => new Promise(() => {}))
    expect(monitor.getPendingOperations()).toMatchObject(
      ['a', 'b', 'c', 'never'].map(operationName => ({ operationName, outcome: 'pending', success: false })),
    )
    expect(monitor.getPendingOperations()[0]).toMatchObject({ metadata: { name: 'a' } })
    for (const key of ['duration', 'endTime', 'error']) {
      expect(monitor.getPendingOperations()[0]).not.toHaveProperty(key)
    }
    finish[0]?.()
    await promises[0]
    expect(monitor.getPendingOperations().map(({ operationName }) => operationName)).toEqual(['b', 'c', 'never'])
    expect(monitor.getMetrics()).toMatchObject({ pendingOperations: 3, totalOperations: 4, successfulOperations: 1 })
  })

  test('are in no metrics after clearMetrics, whenever they end', async () => {
    const monitor = new PerformanceMonitor()
    const finish: (() => void)[] = []
    const wait = (): Promise<void> => new Promise(resolve => finish.push(resolve))
    const before = monitor.trackOperation('before', wait)
    monitor.clearMetrics()
    const after = monitor.trackOperation('after', wait)
    expect(monitor.getMetrics().pendingOperations).toBe(1)
    expect(monitor.getPendingOperations().map(({ operationName }) => operationName)).toEqual(['after'])
    monitor.clearMetrics()
    expect(monitor.getMetrics().pendingOperations).toBe(0)
    finish[0]?.()
    await before
    expect(monitor.getMetrics()).toMatchObject({ pendingOperations: 0, totalOperations: 0, operations: [] })
    finish[1]?.()
    await after
    expect(monitor.getMetrics()).toMatchObject({ pendingOperations: 0, totalOperations: 0, operations: [] })
    await monitor.trackOperation('new', quick)
    expect(monitor.getMetrics()).toMatchObject({ pendingOperations: 0, totalOperations: 1, retainedOperations: 1 })
  })
})

describe('hostile arguments', () => {
  test.each<[string, unknown, string]>([
    ['a number', 5, '5'],
    ['undefined', undefined, 'undefined'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object', { toString: () => 'named' }, 'named'],
    ['an object whose toString throws', { toString: trap }, '(unnamed)'],
    ['an object that is no text', Object.create(null), '(unnamed)'],
    ['a long one', { toString: () => 'x'.repeat(10_000) }, 'x'.repeat(MAX_NAME_LENGTH)],
  ])('accepts a name that is %s', async (_, name, shown) => {
    const monitor = new PerformanceMonitor()
    expect(await monitor.trackOperation(name as string, async () => 5)).toBe(5)
    expect(monitor.getMetrics().operations[0]?.operationName).toBe(shown)
  })

  test.each([null, 'text', 5, true, Symbol('s'), () => {}, Object.freeze({ a: 1 }), new Proxy({}, { get: trap })])(
    'accepts metadata %#',
    async metadata => {
      const monitor = new PerformanceMonitor()
      expect(await monitor.trackOperation('load', async () => 5, metadata as object)).toBe(5)
      expect(monitor.getMetrics().totalOperations).toBe(1)
    },
  )

  test.each<[string, unknown]>([
    [
      'whose name throws',
      {
        get name() {
          return trap()
        },
      },
    ],
    ['that is a proxy', new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap })],
    ['that is frozen', Object.freeze(new Error('no'))],
    ['whose toString throws', { toString: trap }],
    ['without prototype', Object.create(null)],
  ])('rejects with the same error: one %s', async (_, error) => {
    const monitor = new PerformanceMonitor()
    monitor.addListener(() => {})
    const caught = await monitor
      .trackOperation('load', () => Promise.reject(error))
      .then(
        () => 'resolved',
        thrown => thrown === error,
      )
    expect(caught).toBe(true)
    expect(monitor.getMetrics().operations[0]?.error).toBeInstanceOf(Error)
  })

  test('counts thenables once that settle twice, throw late or have a throwing then', async () => {
    const monitor = new PerformanceMonitor()
    const results = await Promise.allSettled([
      monitor.trackOperation('twice', () =>
        thenable((resolve, reject) => {
          resolve(1)
          reject(new Error('late'))
          resolve(2)
        }),
      ),
      monitor.trackOperation('late', () =>
        thenable(resolve => {
          resolve(1)
          trap()
        }),
      ),
      monitor.trackOperation('getter', () => Object.defineProperty({}, 'then', { get: trap }) as Promise<void>),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(monitor.getMetrics()).toMatchObject({ totalOperations: 3, failedOperations: 1, pendingOperations: 0 })
  })
})

describe('trackCall', () => {
  test('returns the returned value and throws the thrown error', () => {
    const monitor = new PerformanceMonitor()
    const value = {}
    expect(monitor.trackCall('load', () => value)).toBe(value)
    const error = new Error('no')
    expect(() =>
      monitor.trackCall('load', () => {
        throw error
      }),
    ).toThrow(error)
    expect(monitor.getMetrics()).toMatchObject({ successfulOperations: 1, failedOperations: 1, pendingOperations: 0 })
  })

  test('ends when the call returns, whatever it returns', () => {
    const monitor = new PerformanceMonitor()
    for (const value of [Promise.reject(new Error('no')), thenable(trap)]) {
      expect(monitor.trackCall('load', () => value)).toBe(value)
      void Promise.resolve(value).catch(() => {})
    }
    expect(monitor.getMetrics()).toMatchObject({ successfulOperations: 2, pendingOperations: 0 })
  })

  test('ends when watch says so', () => {
    const monitor = new PerformanceMonitor()
    const value = {}
    const ends: Record<string, (error?: unknown) => void> = {}
    expect(
      monitor.trackCall(
        'load',
        () => value,
        undefined,
        (returned, succeed, fail) => {
          expect(returned).toBe(value)
          Object.assign(ends, { succeed, fail })
          return true
        },
      ),
    ).toBe(value)
    monitor.trackCall(
      'load',
      () => value,
      undefined,
      (_, __, fail) => {
        ends.fail = fail
        return true
      },
    )
    expect(monitor.getMetrics()).toMatchObject({ totalOperations: 2, pendingOperations: 2 })
    ends.succeed?.()
    ends.fail?.(new DOMException('stop', 'AbortError'))
    expect(monitor.getMetrics()).toMatchObject({
      successfulOperations: 1,
      cancelledOperations: 1,
      pendingOperations: 0,
    })
  })
})

test('start, end and duration are consistent epoch times', async () => {
  const monitor = new PerformanceMonitor()
  const before = performance.timeOrigin + performance.now()
  await monitor.trackOperation('load', turn)
  const after = performance.timeOrigin + performance.now()
  const [{ startTime, endTime = 0, duration = 0 } = { startTime: 0 }] = monitor.getMetrics().operations
  expect(startTime).toBeGreaterThanOrEqual(before)
  expect(endTime).toBeLessThanOrEqual(after)
  expect(endTime - startTime).toBeCloseTo(duration, 2)
})

test('getInstance returns one monitor', () => {
  expect(PerformanceMonitor.getInstance()).toBe(PerformanceMonitor.getInstance())
})
