import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { whenSettled } from '../../../monitor/when-settled.ts'
import { runBundled } from '../../support/run-bundled.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
const trap = (): never => {
  throw new Error('trap')
}
/** Adds a `then` that must not be called. */
const withThen = <T extends object>(value: T): T => Object.defineProperty(value, 'then', { value: trap })

/** What `whenSettled` returned for a value, and what it called by the next turn. */
async function heardOf(value: unknown): Promise<unknown[]> {
  const heard: unknown[] = []
  const watched = whenSettled(
    value,
    () => heard.push('fulfilled'),
    error => heard.push('rejected', error),
  )
  await turn()
  return [watched, ...heard]
}

class Cancelable<T> extends Promise<T> {
  cancel(): string {
    return 'cancelled'
  }
}
class Deep<T> extends Cancelable<T> {}

const error = new Error('no')

describe('watches', () => {
  const other = runInNewContext('({ Promise, ok: async () => 1, later: () => new Promise(done => done(1)) })')
  test.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve(1)],
    ['one that settles later', () => turn()],
    ['one of an async function', async () => 1],
    ['one of a subclass', () => Cancelable.resolve(1)],
    ['one of a subclass of that', () => new Deep(resolve => resolve(1))],
    [
      'one with properties of its own',
      () => Object.assign(Promise.resolve(1), { cancel: () => {}, status: 'pending' }),
    ],
    ['a frozen one', () => Object.freeze(Promise.resolve(1))],
    ['one of another realm', () => other.ok()],
    ['one that another realm has constructed', () => other.later()],
    ['a subclass of another realm', () => runInNewContext('new (class extends Promise {})(done => done())')],
  ])('%s', async (_, create) => {
    expect(await heardOf(create())).toEqual([true, 'fulfilled'])
  })

  test.each<[string, () => unknown]>([
    ['a promise', () => Promise.reject(error)],
    ['one of a subclass', () => Deep.reject(error)],
    ['one of another realm', () => other.Promise.reject(error)],
  ])('the rejection of %s', async (_, create) => {
    expect(await heardOf(create())).toEqual([true, 'rejected', error])
  })
})

describe('calls nothing of', () => {
  /** p-lazy: starts its work when `then` is called, and has long been resolved as a promise. */
  class Lazy<T> extends Promise<T> {
    constructor() {
      super(resolve => resolve(undefined as T))
    }
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    override then(): never {
      return trap()
    }
  }
  class Builder {
    readonly [Symbol.toStringTag] = 'Promise'
    where(): this {
      return this
    }
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    then(): never {
      return trap()
    }
    catch(): never {
      return trap()
    }
  }
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'then'],
    ['an object', {}],
    ['an object without prototype', Object.create(null)],
    ['a query builder', new Builder()],
    ['a subclass of a query builder', new (class extends Builder {})()],
    ['a lazy promise', new Lazy()],
    ['a subclass of a lazy promise', new (class extends Lazy<number> {})()],
    ['an object with a then', withThen({})],
    ['one without prototype', withThen(Object.create(null))],
    ['a function with a then', withThen(() => {})],
    ['one whose then is a getter', Object.defineProperty({}, 'then', { get: trap })],
    ['a promise with a then of its own', withThen(Promise.resolve())],
    ['what only inherits from Promise', Object.create(Promise.prototype)],
    ['a Proxy of a promise', new Proxy(Promise.resolve(), {})],
    ['a Proxy that was revoked', proxy],
    ['a Proxy that throws', new Proxy({}, { get: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap })],
  ])('%s', async (_, value) => {
    expect(await heardOf(value)).toEqual([false])
  })

  test('ignores a promise whose class can’t be constructed again', async () => {
    class Once<T> extends Promise<T> {
      static made = 0
      constructor(executor: ConstructorParameters<typeof Promise<T>>[0]) {
        if (Once.made++ > 0) throw new Error('one is enough')
        super(executor)
      }
    }
    expect(await heardOf(new Once<void>(resolve => resolve()))).toEqual([false])
  })
})

describe.each([
  ['before', ['zone.js/node', './monitor/when-settled.ts']],
  ['after', ['./monitor/when-settled.ts', 'zone.js/node']],
])('where zone.js was loaded %s us', (_, modules) => {
  test('watches promises of zone.js and of the engine, and no query builder', async () => {
    const program = `
      ${modules.map((module, index) => `import * as module${index} from '${module}'`).join('\n')}
      const { whenSettled } = { ...module0, ...module1 }
      const heard = []
      const watch = (name, value) => whenSettled(value, () => heard.push(name), error => heard.push(name + error))
      class Builder { then() { throw new Error('started') } }
      const watched = [
        watch('made', new Promise(resolve => setTimeout(resolve))),
        watch('async', (async () => {})()),
        watch('failed', Promise.reject('!')),
        watch('builder', new Builder()),
      ]
      setTimeout(() => console.log(JSON.stringify({ zone: Promise.name, watched, heard: heard.sort() })), 20)
    `
    const { stdout, stderr } = await runBundled(program)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      zone: 'ZoneAwarePromise',
      watched: [true, true, true, false],
      heard: ['async', 'failed!', 'made'],
    })
  })
})
