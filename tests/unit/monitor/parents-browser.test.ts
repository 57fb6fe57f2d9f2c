// The entry for browsers: a parent is known through a handle, or in its synchronous extent; else there is none.
import { expect, test } from 'vitest'
import { monitored, PerformanceMonitor, type TrackedOperation } from '../../../monitor/index.ts'
import { decorateStandard } from './contract.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** The parent's name of each operation that ends while `run` runs. */
async function parentsDuring(
  run: (monitor: PerformanceMonitor) => unknown,
): Promise<Record<string, string | undefined>> {
  const monitor = PerformanceMonitor.getInstance()
  const heard: TrackedOperation[] = []
  const undo = monitor.addListener(metrics => heard.push(metrics))
  await run(monitor)
  undo()
  const names = new Map(heard.map(({ id, operationName }) => [id, operationName]))
  return Object.fromEntries(
    heard.map(({ operationName, parentId }) => [
      operationName,
      parentId === undefined ? undefined : names.get(parentId),
    ]),
  )
}

test('a child tracked through a handle has its parent, whenever it starts', async () => {
  const parents = await parentsDuring(monitor =>
    monitor.trackOperation('checkout', async op => {
      await turn()
      await op.trackOperation('pay', async inner => {
        await turn()
        await inner.trackOperation('confirm', turn)
      })
    }),
  )
  expect(parents).toEqual({ checkout: undefined, pay: 'checkout', confirm: 'pay' })
})

test('a child that starts before the callback returns has its parent', async () => {
  const parents = await parentsDuring(monitor =>
    monitor.trackOperation('parent', () => {
      const first = monitor.trackOperation('first', () => monitor.trackOperation('inner', turn))
      const second = monitor.trackOperation('second', turn)
      return Promise.all([first, second])
    }),
  )
  expect(parents).toEqual({ parent: undefined, first: 'parent', inner: 'first', second: 'parent' })
})

test('a child that starts after an await has no parent, and never a wrong one', async () => {
  const parents = await parentsDuring(async monitor => {
    await Promise.all([
      monitor.trackOperation('a', async () => {
        await turn()
        await monitor.trackOperation('of a', turn)
      }),
      monitor.trackOperation('b', async () => {
        await monitor.trackOperation('of b', turn)
        await monitor.trackOperation('later of b', turn)
      }),
    ])
    await monitor.trackOperation('after', turn)
  })
  expect(parents).toEqual({
    a: undefined,
    'of a': undefined,
    b: undefined,
    'of b': 'b',
    'later of b': undefined,
    after: undefined,
  })
})

test('nothing has a parent after the callback threw or returned', async () => {
  const parents = await parentsDuring(async monitor => {
    await monitor
      .trackOperation('throws', () => {
        throw new Error('no')
      })
      .catch(() => {})
    await monitor.trackOperation('after a throw', turn)
    const running = monitor.trackOperation('runs', turn)
    await monitor.trackOperation('beside', turn)
    await running
  })
  expect(parents).toEqual({ throws: undefined, 'after a throw': undefined, runs: undefined, beside: undefined })
})

test('an operation that a listener starts has no parent', async () => {
  const parents = await parentsDuring(async monitor => {
    const undo = monitor.addListener(({ operationName }) => {
      if (operationName === 'load') void monitor.trackOperation('from a listener', async () => {})
    })
    await monitor.trackOperation('load', turn)
    await turn()
    undo()
  })
  expect(parents).toEqual({ load: undefined, 'from a listener': undefined })
})

test('a handle works after its operation has ended', async () => {
  const parents = await parentsDuring(async monitor => {
    const handle = await monitor.trackOperation('ended', async op => op)
    await handle.trackOperation('late', turn)
  })
  expect(parents).toEqual({ ended: undefined, late: 'ended' })
})

test('monitored methods that call each other are parent and child', async () => {
  class Service {
    outer(): number {
      return this.inner() + 1
    }
    inner(): number {
      return 1
    }
  }
  for (const key of ['outer', 'inner']) decorateStandard(monitored(), Service.prototype, key, false)
  const parents = await parentsDuring(() => new Service().outer())
  expect(parents).toEqual({ 'Service.outer': undefined, 'Service.inner': 'Service.outer' })
})
