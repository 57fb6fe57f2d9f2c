import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TrackedOperation } from '../../../monitor/metrics.ts'
import { monitored as ours } from '../../../monitor/monitored.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import { isCollected, retainedBytes } from './collected.ts'
import { decorateLegacy, decorateStandard, unhandledDuring } from './contract.ts'
import { thenable } from './thenable.ts'

/** Compiled with decorators of either kind; `members` are more of the class `Base`. */
const source = (members: string): string => `
  import { monitored, PerformanceMonitor } from './monitor/index.ts'
  export { monitored, PerformanceMonitor }

  const outer = (decorator: (...args: any[]) => any) => decorator
  /** Another decorator on top of ours. */
  const wrapping = outer((target: any, key: any, descriptor?: any) => {
    const wrap = (method: any) => function (this: any, ...args: any[]) { return method.apply(this, args) }
    return descriptor ? { ...descriptor, value: wrap(descriptor.value) } : wrap(target)
  })

  export class Base {
    base = 40
    @monitored() async add(amount: number) { return this.base + amount }
    @monitored() double(value: number, _more?: number) { return value * 2 }
    @monitored('fetchUser') async load(id: string) { return id }
    @monitored() static async create() { return this.name }
    @monitored() static twice(value: number) { return value * 2 }
    @monitored() fail(error: unknown): never { throw error }
    @monitored() async reject(error: unknown) { throw error }
    @monitored() ['computed name']() { return 1 }
    @monitored() [Symbol.iterator]() { return [][Symbol.iterator]() }
    @wrapping @monitored() static stacked() { return this.name }
    @monitored(undefined, { metadata: (id: string, user: object) => ({ id, user }) })
    opted(_id: string, _user: object) {}
    @monitored(undefined, { metadata: () => { throw new Error('metadata') } })
    throwing() { return 5 }
    ${members}
  }
  export class Derived extends Base {
    override async add(amount: number) { return 1 + await super.add(amount) }
  }
  export class Hostile {
    static get name(): any { throw new Error('name') }
    @monitored() static load() { return 5 }
    @monitored() free() { return this === undefined }
  }
`

const PRIVATES = `
  @monitored() #secret(value: number) { return value + 1 }
  @monitored() static #hidden(value: number) { return value + 2 }
  callSecret(value: number) { return this.#secret(value) }
  static callHidden(value: number) { return Base.#hidden(value) }
`

interface BaseClass {
  new (): {
    add(amount: number): Promise<number>
    double(value: number, more?: number): number
    load(id: string): Promise<string>
    fail(error: unknown): never
    reject(error: unknown): Promise<never>
    'computed name'(): number
    [Symbol.iterator](): Iterator<never>
    opted(id: string, user: object): void
    throwing(): number
    callSecret(value: number): number
  }
  create(): Promise<string>
  twice(value: number): number
  stacked(): string
  callHidden(value: number): number
}

interface Fixture {
  PerformanceMonitor: typeof PerformanceMonitor
  monitored: typeof ours
  Base: BaseClass
  Derived: BaseClass
  Hostile: { new (): { free(): boolean }; load(): number }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-decorators-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function compile(experimentalDecorators: boolean): Promise<Fixture> {
  const outfile = join(folder, `decorated-${experimentalDecorators}.mjs`)
  await build({
    stdin: {
      contents: source(experimentalDecorators ? '' : PRIVATES),
      loader: 'ts',
      resolveDir: new URL('../../..', import.meta.url).pathname,
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    // Else esbuild calls a class that names itself `_Base`.
    keepNames: true,
    outfile,
    tsconfigRaw: { compilerOptions: { experimentalDecorators, useDefineForClassFields: true } },
  })
  return import(pathToFileURL(outfile).href)
}

describe.each([
  ['legacy', true],
  ['standard', false],
])('as a %s decorator, compiled', (_, legacy) => {
  let fixture: Fixture
  let heard: TrackedOperation[]

  beforeAll(async () => {
    fixture = await compile(legacy)
    fixture.PerformanceMonitor.getInstance().addListener(metrics => heard.push(metrics))
  })
  beforeEach(() => {
    heard = []
  })

  const names = (): string[] => heard.map(({ operationName }) => operationName)

  test('names methods after the class that defines them, whoever calls first', async () => {
    const { Base, Derived } = fixture
    expect(await new Derived().add(1)).toBe(42)
    expect(await new Base().add(2)).toBe(42)
    expect(names()).toEqual(['Base.add', 'Base.add'])
  })

  test('names static methods after their class, also when a subclass calls', async () => {
    const { Base, Derived } = fixture
    expect(await Derived.create()).toBe('Derived')
    expect(await Base.create()).toBe('Base')
    expect(Derived.twice(2)).toBe(4)
    expect(names()).toEqual(['Base.create', 'Base.create', 'Base.twice'])
  })

  test('uses a given name, symbols and computed keys', async () => {
    const { Base } = fixture
    expect(await new Base().load('a')).toBe('a')
    expect(new Base()['computed name']()).toBe(1)
    new Base()[Symbol.iterator]()
    expect(names()).toEqual(['fetchUser', 'Base.computed name', 'Base.Symbol(Symbol.iterator)'])
  })

  test('keeps name, length and attributes', () => {
    const { prototype } = fixture.Base
    expect([prototype.add.name, prototype.add.length]).toEqual(['add', 1])
    expect([prototype.double.name, prototype.double.length]).toEqual(['double', 2])
    expect([fixture.Base.twice.name, fixture.Base.twice.length]).toEqual(['twice', 1])
    expect(Object.getOwnPropertyDescriptor(prototype, 'add')).toMatchObject({
      writable: true,
      configurable: true,
      enumerable: false,
    })
  })

  test('keeps a synchronous method synchronous, and throws the same error', () => {
    const { Base } = fixture
    expect(new Base().double(4)).toBe(8)
    const error = {}
    let caught: unknown
    try {
      new Base().fail(error)
    } catch (thrown) {
      caught = thrown
    }
    expect(caught).toBe(error)
    expect(heard.map(({ outcome }) => outcome)).toEqual(['ok', 'failed'])
  })

  test('rejects with the same error', async () => {
    const error = new Error('no')
    await expect(new fixture.Base().reject(error)).rejects.toBe(error)
    expect(heard).toMatchObject([{ operationName: 'Base.reject', outcome: 'failed', error }])
  })

  test('names a method after its class under another decorator', () => {
    expect(fixture.Base.stacked()).toBe('Base')
    expect(names()).toEqual(['Base.stacked'])
  })

  test('tracks methods of a class whose name throws, and calls without this', () => {
    const { Hostile } = fixture
    expect(Hostile.load()).toBe(5)
    const { free } = new Hostile()
    expect(free()).toBe(true)
    expect(new Hostile().free()).toBe(false)
    expect(names()[0]).toMatch(/\.load$/)
    expect(names()).toHaveLength(3)
  })

  test('passes the arguments to options.metadata, which may throw', () => {
    const user = { name: 'Bob' }
    new fixture.Base().opted('7', user)
    expect(new fixture.Base().throwing()).toBe(5)
    expect(heard[0]?.metadata).toEqual({ id: '7', user })
    expect(heard[1]?.metadata).toEqual({ '[metadata]': '[unreadable]' })
  })

  if (legacy) return

  test('wraps private methods, also static ones', () => {
    const { Base } = fixture
    expect(new Base().callSecret(1)).toBe(2)
    expect(Base.callHidden(1)).toBe(3)
    expect(names()).toEqual(['Base.#secret', 'Base.#hidden'])
  })

  test('names a private method after its class, whichever subclass calls first', () => {
    const { Base, Derived } = fixture
    new Derived().callSecret(1)
    new Base().callSecret(1)
    expect(names()[1]).toBe('Base.#secret')
  })
})

describe.each([
  ['legacy', decorateLegacy],
  ['standard', decorateStandard],
])('a wrapper by a %s decorator', (_, decorate) => {
  /** A method with everything that can be kept on a function, before and after it was decorated. */
  const decorated = (method: (this: unknown) => unknown) => {
    const target = { method }
    decorate(ours(), target, 'method', false)
    return target.method
  }
  const methods: [string, () => () => unknown][] = [
    ['a method', () => ({ method: () => 1 }).method],
    [
      'a method of a class',
      () =>
        class {
          method() {}
        }.prototype.method,
    ],
    [
      'an async method',
      () =>
        class {
          async method() {}
        }.prototype.method,
    ],
    ['a function of old', () => function method() {}],
    ['a frozen one', () => Object.freeze(() => 1)],
    [
      'one with a prototype of its own',
      () => Object.setPrototypeOf(() => 1, { call: 'mine', __proto__: Function.prototype }),
    ],
    ['a bound one', () => (() => 1).bind(null)],
    ['a Proxy of one', () => new Proxy(() => 1, {})],
  ]

  test.each(methods)('keeps all own properties and the prototype of %s', (_, create) => {
    const method = create()
    const symbol = Symbol('mark')
    if (Object.isExtensible(method)) {
      Object.assign(method, { isAction: true, [symbol]: { of: 'a library' } })
      Object.defineProperty(method, 'computed', { get: () => 5, configurable: true })
      Object.defineProperty(method, 'fixed', { value: 6 })
    }
    const kept: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(method)
    for (const key of ['prototype', 'arguments', 'caller']) delete kept[key]
    const after = decorated(method)
    expect(after).not.toBe(method)
    expect(Object.getOwnPropertyDescriptors(after)).toEqual(kept)
    expect(Object.getPrototypeOf(after)).toBe(Object.getPrototypeOf(method))
    expect(Object.prototype.toString.call(after)).toBe(Object.prototype.toString.call(method))
  })

  test.each(methods)('is not a constructor, for %s', (_, create) => {
    const after = decorated(create()) as unknown as new () => unknown
    expect(() => new after()).toThrow(TypeError)
    expect(Object.hasOwn(after, 'prototype')).toBe(false)
  })
})

test('a legacy decorator changes the given descriptor in place', () => {
  const method = (): number => 5
  const descriptor = { value: method, writable: true, enumerable: false, configurable: true }
  const result = (ours('load') as (...args: unknown[]) => unknown)({}, 'load', descriptor)
  expect(result).toBe(descriptor)
  expect(descriptor).toMatchObject({ writable: true, enumerable: false, configurable: true })
  expect(descriptor.value).not.toBe(method)
  expect(descriptor.value()).toBe(5)
})

describe.each([false, true])(
  'where another legacy decorator looks for the method on the class (static: %s)',
  isStatic => {
    /** As `@first @monitored() @last load() {}` does. */
    const decorate = (Service: new () => object, first: 'marks' | 'wraps', last?: 'wraps'): (() => unknown) => {
      const target = (isStatic ? Service : Service.prototype) as { load(): unknown }
      const decorators = {
        ours: ours(),
        marks: (owner: typeof target, key: 'load') => void Object.assign(owner[key], { isMarked: true }),
        wraps: (owner: typeof target, key: 'load', descriptor: PropertyDescriptor) => {
          const method = owner[key]
          return { ...descriptor, value: () => [method.call(owner)] }
        },
      }
      let descriptor = Object.getOwnPropertyDescriptor(target, 'load') as PropertyDescriptor
      for (const name of last ? [last, 'ours' as const, first] : ['ours' as const, first]) {
        const decorator = decorators[name] as (...args: unknown[]) => PropertyDescriptor | undefined
        descriptor = decorator(target, 'load', descriptor) ?? descriptor
      }
      Object.defineProperty(target, 'load', descriptor)
      return target.load
    }
    const create = () =>
      class {
        load(): number {
          return 5
        }
        static load(): number {
          return 5
        }
      }

    test('what it sets there is kept', () => {
      const load = decorate(create(), 'marks')
      expect(load).toHaveProperty('isMarked', true)
      expect(load()).toBe(5)
    })

    test('it wraps the tracked method', () => {
      const monitor = PerformanceMonitor.getInstance()
      monitor.clearMetrics()
      expect(decorate(create(), 'wraps')()).toEqual([5])
      expect(monitor.getMetrics().totalOperations).toBe(1)
    })

    test('the method that yet another one has replaced stays replaced', () => {
      expect(decorate(create(), 'marks', 'wraps')()).toEqual([5])
    })
  },
)

describe('the object that a method returns', () => {
  class Cancelable<T> extends Promise<T> {
    readonly cancel = (): void => {}
  }
  class Query {
    started = 0
    where(): this {
      return this
    }
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    then(): void {
      this.started++
    }
  }
  const returned: [string, () => object][] = [
    ['a promise', () => Promise.resolve()],
    ['a promise of another realm', () => runInNewContext('Promise.resolve()')],
    ['a promise with more', () => Object.assign(Promise.resolve(), { pid: 5 })],
    ['a promise of a subclass', () => Cancelable.resolve()],
    ['a query', () => new Query()],
    ['a frozen query', () => Object.freeze(new Query())],
    ['an object with a then', () => thenable(() => {})],
    ['an object', () => ({})],
  ]

  test.each(returned)('reaches the caller unchanged: %s', (_, create) => {
    const value = create()
    class Service {
      load(): object {
        return value
      }
    }
    decorateLegacy(ours(), Service.prototype, 'load')
    expect(new Service().load()).toBe(value)
    expect(new Service().load()).toBe(value)
    if (value instanceof Query) expect(value.started).toBe(0)
  })

  test('is tracked for each call, if it is a promise', async () => {
    let settle: (value: number) => void = () => {}
    const memoised = new Promise<number>(resolve => {
      settle = resolve
    })
    class Service {
      load(): Promise<number> {
        return memoised
      }
    }
    decorateLegacy(ours('memoised'), Service.prototype, 'load')
    const monitor = PerformanceMonitor.getInstance()
    const counts = (): unknown => {
      const { byName, pendingOperations } = monitor.getMetrics()
      return [byName.memoised?.successfulOperations ?? 0, pendingOperations]
    }
    monitor.clearMetrics()
    void new Service().load()
    void new Service().load()
    expect(counts()).toEqual([0, 2])
    settle(5)
    expect(await new Service().load()).toBe(5)
    expect(counts()).toEqual([3, 0])
  })
})

test('a rejected promise of an ordinary method is recorded as failed, and counts as handled', async () => {
  const error = new Error('no')
  class Service {
    load(): Promise<never> {
      return Promise.reject(error)
    }
  }
  decorateLegacy(ours('ordinary'), Service.prototype, 'load')
  PerformanceMonitor.getInstance().clearMetrics()
  const reported = await unhandledDuring(async () => {
    await expect(new Service().load()).rejects.toBe(error)
    // Watching a promise handles it, on all platforms: see `whenSettled`.
    void new Service().load()
  })
  expect(reported).toEqual([])
  expect(PerformanceMonitor.getInstance().getMetrics()).toMatchObject({ failedOperations: 2, pendingOperations: 0 })
})

test('reports the rejection of an async metadata function, which ends no process', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = new Error('metadata')
  const thrown: [string, () => object][] = [
    ['of this realm', async () => Promise.reject(error)],
    ['of another realm', () => runInNewContext('async error => { throw error }')(error)],
  ]
  const unhandled = await unhandledDuring(async () => {
    for (const [name, metadata] of thrown) {
      const service = { load: (): number => 5 }
      decorateLegacy(ours(name, { metadata }), service, 'load')
      expect(service.load()).toBe(5)
    }
  })
  expect(unhandled).toEqual([])
  expect(log.mock.calls).toEqual([[error], [error]])
  log.mockRestore()
})

describe('summarises arguments', () => {
  const summaryOf = (...args: unknown[]): unknown => {
    class Service {
      method(..._: unknown[]): void {}
    }
    decorateLegacy(ours(), Service.prototype, 'method')
    let metadata: unknown
    const undo = PerformanceMonitor.getInstance().addListener(metrics => {
      metadata = metrics.metadata
    })
    new Service().method(...args)
    undo()
    return metadata
  }
  class User {}

  test.each<[unknown, unknown]>([
    ['s3cret', '[string of 6]'],
    ['', '[string of 0]'],
    [5, 5],
    [null, null],
    [undefined, undefined],
    [true, true],
    [12n, '[bigint]'],
    [Symbol('s3cret'), '[symbol]'],
    [() => {}, '[function]'],
    [[1, 2, 3], '[Array of 3]'],
    [{ password: 's3cret' }, '[Object]'],
    [new User(), '[User]'],
    [new Map(), '[Map]'],
    [Object.create(null), '[Object]'],
  ])('%#', (argument, shown) => {
    expect(summaryOf(argument)).toEqual({ args: [shown] })
  })

  test('a revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(summaryOf(proxy)).toEqual({ args: ['[object]'] })
  })

  test('is empty without arguments, and counts those past the tenth', () => {
    expect(summaryOf()).toEqual({ args: [] })
    expect(summaryOf(...Array.from({ length: 13 }, (_, i) => i))).toEqual({
      args: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, '[3 more]'],
    })
  })

  test('keeps neither long arguments nor objects alive', async () => {
    class Service {
      store(_text: string): void {}
      wait(_value: object): Promise<void> {
        return new Promise(() => {})
      }
    }
    for (const key of ['store', 'wait']) decorateLegacy(ours(), Service.prototype, key)
    const before = await retainedBytes()
    for (let i = 0; i < 50; i++) new Service().store(Buffer.alloc(1_000_000, 65 + i).toString('latin1'))
    expect((await retainedBytes()) - before).toBeLessThan(5_000_000)
    const ref = (() => {
      const value = {}
      void new Service().wait(value)
      return new WeakRef(value)
    })()
    expect(await isCollected(ref)).toBe(true)
  })
})

describe('refuses', () => {
  const standard = ours() as unknown as (value: unknown, context: object) => unknown
  const legacy = ours() as unknown as (target: object, key?: string, descriptor?: object) => unknown

  test('use without parentheses', () => {
    expect(() => ours((() => {}) as never)).toThrow(/parentheses/)
    expect(() => ours({} as never, 'key' as never)).toThrow(/parentheses/)
  })

  test.each(['field', 'getter', 'setter', 'accessor', 'class'])('a standard %s', kind => {
    const message = `@monitored is for methods, not for a ${kind}: total is one`
    expect(() => standard(() => {}, { kind, name: 'total' })).toThrow(new TypeError(message))
  })

  test.each<[string, string | undefined, object | undefined]>([
    ['class', undefined, undefined],
    ['field', 'total', undefined],
    ['field', 'total', { initializer: () => 5 }],
    ['field', 'total', { value: 5 }],
    ['getter', 'total', { get: () => 5 }],
    ['getter', 'total', { get: () => 5, set() {} }],
    ['setter', 'total', { set() {} }],
  ])('a legacy %s', (kind, key, descriptor) => {
    const message = `@monitored is for methods, not for a ${kind}${key ? ': total is one' : ''}`
    expect(() => legacy(class {}, key, descriptor)).toThrow(new TypeError(message))
  })

  test('generators', () => {
    for (const value of [function* () {}, async function* () {}, function* () {}.bind(null)]) {
      expect(() => standard(value, { kind: 'method', name: 'rows' })).toThrow(/not for a generator: rows is one/)
      expect(() => legacy({}, 'rows', { value })).toThrow(/not for a generator: rows is one/)
    }
  })
})

describe('accepts', () => {
  const names: string[] = []
  const undo = PerformanceMonitor.getInstance().addListener(({ operationName }) => names.push(operationName))
  afterAll(undo)

  test.each(['', null, undefined, 0, false])('%j as no name', name => {
    for (const decorate of [decorateLegacy, decorateStandard]) {
      class Service {
        load(): number {
          return 5
        }
      }
      decorate(ours(name as string), Service.prototype, 'load', false)
      names.length = 0
      expect(new Service().load()).toBe(5)
      expect(names).toEqual(['Service.load'])
    }
  })

  test('methods that use generators or return iterators', () => {
    class Service {
      iterate(): Iterator<number> {
        return [1].values()
      }
      sum(): number {
        const numbers = function* () {
          yield 1
        }
        return [...numbers()].reduce((sum, each) => sum + each)
      }
    }
    for (const key of ['iterate', 'sum']) decorateLegacy(ours(), Service.prototype, key)
    expect([[...(new Service().iterate() as ArrayIterator<number>)], new Service().sum()]).toEqual([[1], 1])
  })
})

test('a first call on another object does not affect later names', () => {
  class Service {
    load(): number {
      return 1
    }
  }
  decorateStandard(ours(), Service.prototype, 'load', false)
  const names: string[] = []
  const undo = PerformanceMonitor.getInstance().addListener(({ operationName }) => names.push(operationName))
  const { load } = Service.prototype
  expect(load.call(undefined as never)).toBe(1)
  expect(load.call(new Proxy({}, { getPrototypeOf: () => Service.prototype }) as never)).toBe(1)
  expect(new Service().load()).toBe(1)
  undo()
  expect(names).toEqual(['Object.load', 'Service.load', 'Service.load'])
})
