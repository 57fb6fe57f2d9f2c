// The entry for Node: parents are known across awaits as well.
import { expect, test } from 'vitest'
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

test('an operation started after awaits has its parent, also when others run at once', async () => {
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

test('a handle goes before what the context says', async () => {
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

test('nothing is left of an operation after it', async () => {
  const parents = await parentsDuring(async () => {
    await monitor.trackOperation('first', turn)
    await monitor.trackOperation('second', turn)
    await monitor.trackOperation('throws', () => Promise.reject(new Error('no'))).catch(() => {})
    await monitor.trackOperation('third', turn)
  })
  expect(parents).toEqual({ first: undefined, second: undefined, throws: undefined, third: undefined })
})

test('two monitors do not share their contexts', async () => {
  const other = new PerformanceMonitor()
  const heard: TrackedOperation[] = []
  other.addListener(metrics => heard.push(metrics))
  await monitor.trackOperation('outer', () => other.trackOperation('elsewhere', turn))
  expect(heard).toHaveLength(1)
  expect(heard[0]).not.toHaveProperty('parentId')
})
