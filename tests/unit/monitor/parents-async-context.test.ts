// The entry for browsers where the platform has AsyncContext (TC39 proposal), played by Node's own storage.
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, expect, test, vi } from 'vitest'

class Variable<T> {
  readonly #storage = new AsyncLocalStorage<T>()

  run<R>(value: T, inside: () => R): R {
    return this.#storage.run(value, inside)
  }

  get(): T | undefined {
    return this.#storage.getStore()
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

afterAll(() => {
  vi.unstubAllGlobals()
})

test('parents are known across awaits', async () => {
  vi.stubGlobal('AsyncContext', { Variable })
  const { PerformanceMonitor } = await import('../../../monitor/index.ts')
  const monitor = new PerformanceMonitor()
  await Promise.all(
    ['a', 'b'].map(name =>
      monitor.trackOperation(name, async () => {
        await turn()
        await monitor.trackOperation(`of ${name}`, turn)
      }),
    ),
  )
  const { operations } = monitor.getMetrics()
  const idOf = (name: string): number | undefined => operations.find(({ operationName }) => operationName === name)?.id
  for (const name of ['a', 'b']) {
    expect(operations.find(({ operationName }) => operationName === `of ${name}`)?.parentId).toBe(idOf(name))
  }
})

test.each([undefined, null, {}, { Variable: 5 }, 'text'])('ignores %o as AsyncContext', async AsyncContext => {
  vi.stubGlobal('AsyncContext', AsyncContext)
  const { PerformanceMonitor } = await import('../../../monitor/index.ts')
  expect(await new PerformanceMonitor().trackOperation('load', async () => 5)).toBe(5)
})
