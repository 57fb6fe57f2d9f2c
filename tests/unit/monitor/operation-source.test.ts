import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { MAX_LISTED_PENDING } from '../../../monitor/pending-operations.ts'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import { openRegistry, type Source } from '../../../monitor/registry.ts'
import { isLossSummary } from '../../../wire/loss-summary.ts'
import { isOperationColumns } from '../../../wire/operation-guard.ts'
import { OUTCOMES } from '../../../wire/operations.ts'
import { isCollected } from './collected.ts'

const monitor = PerformanceMonitor.getInstance()
const source = openRegistry().sources[0] as Source

interface Row {
  id: number
  name: string
  outcome: string
  parent: number
}

function read(limit: number): { rows: Row[]; lost: number; more: boolean } {
  const { operations, lost, more } = source.read(limit)
  if (!operations) return { rows: [], lost, more }
  expect(isOperationColumns(operations)).toBe(true)
  const { id, name, outcome, parent, strings } = operations
  const rows = Array.from(id, (each, i) => ({
    id: each,
    name: strings[name[i] as number] as string,
    outcome: OUTCOMES[outcome[i] as number] as string,
    parent: parent[i] as number,
  }))
  return { rows, lost, more }
}

function readAll(): { rows: Row[]; lost: number } {
  const all: { rows: Row[]; lost: number } = { rows: [], lost: 0 }
  for (let more = true; more; ) {
    const news = read(3)
    all.rows.push(...news.rows)
    all.lost += news.lost
    more = news.more
  }
  return all
}

/** An operation that ends when `end` is called. */
function start(name: string) {
  let settle: (ok: boolean) => void = () => {}
  const promise = monitor.trackOperation(
    name,
    () =>
      new Promise<void>((resolve, reject) => {
        settle = ok => (ok ? resolve() : reject(undefined))
      }),
  )
  return {
    name,
    async end(ok: boolean): Promise<void> {
      settle(ok)
      await promise.catch(() => {})
    },
  }
}

afterEach(() => {
  source.listen(undefined)
  monitor.maxOperations = 10_000
  readAll()
})

test('releases what was cleared once nobody reads any more', async () => {
  source.listen(() => {})
  const ref = await (async () => {
    const metadata = {}
    await monitor.trackOperation('load', async () => {}, metadata)
    return new WeakRef(metadata)
  })()
  monitor.clearMetrics()
  source.listen(undefined)
  expect(await isCollected(ref)).toBe(true)
})

type Step =
  | { type: 'start' }
  | { type: 'end'; which: number; ok: boolean }
  | { type: 'read'; limit: number }
  | { type: 'resize'; capacity: number }
  | { type: 'clear' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('start' as const) }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('end' as const), which: fc.nat(20), ok: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('resize' as const), capacity: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clear' as const) }) },
)

test('delivers each operation once or counts it as lost, in any order of events', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), async (steps, capacity) => {
      monitor.maxOperations = capacity
      readAll()
      source.listen(() => {})
      const open: ReturnType<typeof start>[] = []
      const ended = new Map<string, string>()
      const delivered = new Map<string, string>()
      const pending = new Set<string>()
      let lost = 0
      let names = 0
      run++

      const take = (rows: Row[], lostNow: number): void => {
        lost += lostNow
        for (const { name, outcome } of rows) {
          expect(delivered.has(name)).toBe(false)
          if (outcome === 'pending') {
            expect(pending.has(name)).toBe(false)
            expect(ended.has(name)).toBe(false)
            pending.add(name)
          } else {
            expect(outcome).toBe(ended.get(name))
            delivered.set(name, outcome)
          }
        }
      }

      for (const each of steps) {
        if (each.type === 'start') open.push(start(`${run}.${names++}`))
        else if (each.type === 'resize') monitor.maxOperations = each.capacity
        else if (each.type === 'clear') monitor.clearMetrics()
        else if (each.type === 'read') {
          const { rows, lost: lostNow } = read(each.limit)
          take(rows, lostNow)
        } else if (each.type === 'end' && open.length > 0) {
          const [operation] = open.splice(each.which % open.length, 1)
          ended.set(operation?.name as string, each.ok ? 'ok' : 'failed')
          await operation?.end(each.ok)
        }
      }
      const rest = readAll()
      take(rest.rows, rest.lost)
      expect(delivered.size + lost).toBe(ended.size)
      for (const { name } of open) expect(pending.has(name)).toBe(true)
      // An operation that was sent as pending is sent again when it has ended.
      for (const name of pending) expect(delivered.has(name)).toBe(ended.has(name))
      for (const operation of open) await operation.end(true)
      expect(readAll().rows.map(({ outcome }) => outcome)).toHaveLength(open.length)
    }),
    { numRuns: 500 },
  )
})

test('enlarging the ring makes up no operations', async () => {
  monitor.maxOperations = 2
  source.listen(() => {})
  for (let i = 0; i < 20; i++) await monitor.trackOperation(`load ${i}`, async () => {})
  monitor.maxOperations = 100
  expect(readAll()).toMatchObject({ lost: 18, rows: [{ name: 'load 18' }, { name: 'load 19' }] })
})

test('gives the totals of dropped operations', async () => {
  monitor.maxOperations = 16
  source.listen(() => {})
  for (let i = 0; i < 100; i++) {
    await monitor
      .trackOperation('load', () => (i < 40 ? Promise.reject(new Error('no')) : Promise.resolve()))
      .catch(() => {})
  }
  const { lost, summary } = source.read(1_000)
  expect(lost).toBeGreaterThanOrEqual(100 - 16)
  expect(isLossSummary(summary, lost)).toBe(true)
  expect([...(summary as Float64Array).subarray(0, 3)]).toEqual([0, lost - 40, 40])
  expect(source.read(1_000).lost).toBe(0)
})

describe('clearMetrics', () => {
  test('does not take unread rows from a reader', async () => {
    source.listen(() => {})
    const error = new Error('no')
    await monitor.trackOperation('read before', async () => {})
    readAll()
    await monitor.trackOperation('unread', async () => {}, { cart: 3 })
    await monitor.trackOperation('unread too', () => Promise.reject(error)).catch(() => {})
    monitor.clearMetrics()
    await monitor.trackOperation('after', async () => {})
    const { operations, lost } = source.read(100)
    const { strings, name, details } = operations as NonNullable<typeof operations>
    expect(Array.from(name, index => strings[index])).toEqual(['after', 'unread', 'unread too'])
    expect(details).toEqual([
      [1, { metadata: { cart: 3 } }],
      [2, { metadata: undefined, error }],
    ])
    expect(lost).toBe(0)
    expect(readAll()).toEqual({ rows: [], lost: 0 })
  })

  test('releases rows after they were read', async () => {
    source.listen(() => {})
    const ref = await (async () => {
      const metadata = {}
      await monitor.trackOperation('unread', async () => {}, metadata)
      return new WeakRef(metadata)
    })()
    monitor.clearMetrics()
    expect(await isCollected(ref)).toBe(false)
    readAll()
    expect(await isCollected(ref)).toBe(true)
  })

  test('leaves nothing for a reader that comes later', async () => {
    await monitor.trackOperation('cleared', async () => {})
    monitor.clearMetrics()
    await monitor.trackOperation('after', async () => {})
    source.listen(() => {})
    expect(readAll().rows).toMatchObject([{ name: 'after' }])
  })
})

describe('the call for news', () => {
  test('comes once until the news is read, and then again', async () => {
    const calls: boolean[] = []
    source.listen(urgent => calls.push(urgent))
    expect(calls).toEqual([])
    for (let i = 0; i < 5; i++) await monitor.trackOperation('load', async () => {})
    expect(calls).toEqual([false])
    readAll()
    await monitor.trackOperation('load', async () => {})
    expect(calls).toEqual([false, false])
  })

  test('comes when an operation starts, and when only its end is new', async () => {
    const calls: boolean[] = []
    source.listen(urgent => calls.push(urgent))
    const operation = start('slow')
    expect(calls).toEqual([false])
    expect(readAll().rows).toMatchObject([{ outcome: 'pending' }])
    await operation.end(true)
    expect(calls).toEqual([false, false])
    expect(readAll().rows).toMatchObject([{ outcome: 'ok' }])
  })

  test('is urgent before the buffer is full, so that a reader loses nothing', async () => {
    monitor.maxOperations = 10
    let lost = 0
    const names = new Set<string>()
    source.listen(urgent => {
      if (!urgent) return
      const news = readAll()
      lost += news.lost
      for (const { name, outcome } of news.rows) if (outcome === 'ok') names.add(name)
    })
    for (let i = 0; i < 100; i++) await monitor.trackOperation(`load ${i}`, async () => {})
    for (const { name } of readAll().rows) names.add(name)
    expect(lost).toBe(0)
    expect(names.size).toBe(100)
  })

  test('comes immediately for operations from before the reader', async () => {
    await monitor.trackOperation('early', async () => {})
    const calls: boolean[] = []
    source.listen(urgent => calls.push(urgent))
    expect(calls).toEqual([false])
    expect(readAll().rows).toMatchObject([{ name: 'early' }])
  })

  test('does not count as lost what was overwritten before the reader came', async () => {
    monitor.maxOperations = 3
    for (let i = 0; i < 10; i++) await monitor.trackOperation('early', async () => {})
    source.listen(() => {})
    expect(readAll()).toMatchObject({ lost: 0, rows: { length: 3 } })
  })

  test('does not come after the reader stopped listening', async () => {
    const calls: boolean[] = []
    source.listen(urgent => calls.push(urgent))
    source.listen(undefined)
    await monitor.trackOperation('load', async () => {})
    expect(calls).toEqual([])
  })
})

test('gives each row its name, also repeated ones', async () => {
  const names = ['a', 'b', 'b', 'a', 'a', 'c', 'b']
  for (const name of names) await monitor.trackOperation(name, async () => {})
  expect(read(100).rows.map(({ name }) => name)).toEqual(names)
})

test('gives parents by id', async () => {
  await monitor.trackOperation('parent', op => op.trackOperation('child', async () => {}))
  const [child, parent] = readAll().rows as [Row, Row]
  expect([child.parent, parent.parent]).toEqual([parent.id, 0])
})

test('counts and ends operations beyond the bound of the list', async () => {
  const before = monitor.getMetrics().pendingOperations
  const finish: (() => void)[] = []
  const promises: Promise<void>[] = []
  for (let i = 0; i < MAX_LISTED_PENDING + 10; i++) {
    promises.push(monitor.trackOperation('many', () => new Promise<void>(resolve => finish.push(resolve))))
  }
  expect(monitor.getMetrics().pendingOperations - before).toBe(MAX_LISTED_PENDING + 10)
  expect(monitor.getPendingOperations()).toHaveLength(MAX_LISTED_PENDING)
  const { totalOperations } = monitor.getMetrics()
  expect(totalOperations).toBeGreaterThanOrEqual(MAX_LISTED_PENDING + 10)
  for (const each of finish.toReversed()) each()
  await Promise.all(promises)
  expect(monitor.getMetrics().totalOperations).toBe(totalOperations)
  expect(monitor.getMetrics().pendingOperations).toBe(before)
  expect(monitor.getPendingOperations()).toEqual([])
})
