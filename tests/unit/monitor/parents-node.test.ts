// The entry for Node: parents are known across awaits as well.
import { AsyncResource } from 'node:async_hooks'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { PerformanceMonitor, type TrackedOperation } from '../../../monitor/node.ts'

const monitor = PerformanceMonitor.getInstance()
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

async function parentsDuring(run: () => unknown): Promise<Record<string, string | undefined>> {
  const heard: TrackedOperation[] = []
  const undo = monitor.addListener(metrics => heard.push(metrics))
  await run()
  undo()
  const names = new Map(heard.map(({ id, operationName }) => [id, operationName]))
  return Object.fromEntries(
    heard.map(({ operationName, parentId }) => [
      operationName,
      parentId === undefined ? undefined : names.get(parentId),
    ]),
  )
}

test('a child that starts after awaits has its parent, also beside concurrent operations', async () => {
  const parents = await parentsDuring(() =>
    Promise.all(
      ['a', 'b', 'c'].map(name =>
        monitor.trackOperation(name, async () => {
          for (let i = 0; i < 3; i++) await turn()
          await monitor.trackOperation(`of ${name}`, async () => {
            await turn()
            await monitor.trackOperation(`of of ${name}`, turn)
          })
        }),
      ),
    ),
  )
  for (const name of ['a', 'b', 'c']) {
    expect(parents).toMatchObject({ [name]: undefined, [`of ${name}`]: name, [`of of ${name}`]: `of ${name}` })
  }
})

test('a handle takes precedence over the context', async () => {
  const parents = await parentsDuring(() =>
    monitor.trackOperation('outer', async outer => {
      await monitor.trackOperation('inner', async () => {
        await turn()
        await outer.trackOperation('of outer', turn)
      })
    }),
  )
  expect(parents).toEqual({ outer: undefined, inner: 'outer', 'of outer': 'outer' })
})

test('an operation is no parent after it has ended', async () => {
  const parents = await parentsDuring(async () => {
    await monitor.trackOperation('first', turn)
    await monitor.trackOperation('second', turn)
    await monitor.trackOperation('throws', () => Promise.reject(new Error('no'))).catch(() => {})
    await monitor.trackOperation('third', turn)
  })
  expect(parents).toEqual({ first: undefined, second: undefined, throws: undefined, third: undefined })
})

describe('no parent is given in the context of an operation that has ended:', () => {
  /** What is made lazily, in the context of whoever asks first, and used for the rest of a program's life. */
  const makers: [string, () => (operation: () => Promise<unknown>) => Promise<unknown>][] = [
    [
      'a queue',
      () => {
        const waiting: (() => void)[] = []
        const work = async (): Promise<void> => {
          for (;;) {
            waiting.shift()?.()
            if (stopped) return
            await turn()
          }
        }
        let stopped = false
        void work()
        return operation =>
          new Promise(resolve =>
            waiting.push(() => {
              stopped = true
              resolve(operation())
            }),
          )
      },
    ],
    [
      'an interval',
      () => operation =>
        new Promise(resolve => {
          const interval = setInterval(() => {
            clearInterval(interval)
            resolve(operation())
          }, 1)
        }),
    ],
    [
      'a pool of resources',
      () => {
        const resource = new AsyncResource('pool')
        return operation => resource.runInAsyncScope(operation)
      },
    ],
    [
      'a stream',
      () => {
        const stream = new PassThrough({ objectMode: true })
        const read = (async () => {
          for await (const operation of stream) return operation()
        })()
        return operation => {
          stream.write(operation)
          return read
        }
      },
    ],
  ]

  test.each(makers)('%s', async (_, make) => {
    const parents = await parentsDuring(async () => {
      let use: (operation: () => Promise<unknown>) => Promise<unknown> = turn
      let later: Promise<unknown> = Promise.resolve()
      let first: () => void = () => {}
      await monitor.trackOperation('first', async () => {
        use = make()
        // Asked for by the first operation, done when that is long over.
        later = new Promise<void>(resolve => {
          first = resolve
        }).then(() => use(() => monitor.trackOperation('later', turn)))
        await turn()
      })
      first()
      await later
    })
    expect(parents).toEqual({ first: undefined, later: undefined })
  })

  test('even while its own parent is running', async () => {
    let late: () => Promise<void> = turn
    const parents = await parentsDuring(() =>
      monitor.trackOperation('outer', async () => {
        await monitor.trackOperation('inner', async () => {
          late = AsyncResource.bind(() => monitor.trackOperation('late', turn))
          await turn()
        })
        await late()
      }),
    )
    expect(parents).toEqual({ outer: undefined, inner: 'outer', late: undefined })
  })

  test('but a handle still gives its operation', async () => {
    const parents = await parentsDuring(async () => {
      const handle = await monitor.trackOperation('ended', async op => op)
      await handle.trackOperation('late', turn)
    })
    expect(parents).toEqual({ ended: undefined, late: 'ended' })
  })
})

test('two monitors do not share their contexts', async () => {
  const other = new PerformanceMonitor()
  const heard: TrackedOperation[] = []
  other.addListener(metrics => heard.push(metrics))
  await monitor.trackOperation('outer', () => other.trackOperation('elsewhere', turn))
  expect(heard).toHaveLength(1)
  expect(heard[0]).not.toHaveProperty('parentId')
})
