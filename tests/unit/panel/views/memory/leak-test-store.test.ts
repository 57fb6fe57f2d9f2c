// Test (Node): the rounds of a leak test, led by a fake page.
import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { createLeakTestStore, IDLE_ROUNDS, ROUNDS } from '../../../../../panel/views/memory/leak-test-store.ts'
import { connectHeap, MAX_SETTLE_TIME } from '../../../../../panel/views/memory/settle.ts'
import type { LogEntry } from '../../../../../wire/log.ts'
import type { StoredSession } from '../../../../../wire/messages.ts'
import { documentOf } from '../../../model/operation-rows.ts'

function testStore({ settle = () => Promise.resolve(), isStored = true } = {}) {
  const document = documentOf()
  const session = new SessionModel(document.timeOrigin)
  session.apply({ type: 'document', document })
  const kept: LogEntry[] = []
  const store = createLeakTestStore({
    live: { session: signal(session), info: signal({ id: 'a' } as StoredSession) },
    page: {
      async settle() {
        await settle()
        return { used: 1_000 + kept.length, time: kept.length, timeOrigin: document.timeOrigin }
      },
    },
    async append(_, entry) {
      if (isStored) kept.push(entry)
      return isStored
    },
    wait: () => Promise.resolve(),
  })
  const rounds = () => kept.map(entry => entry.type === 'settled' && [entry.snapshot.round, entry.snapshot.idle])
  return { store, kept, rounds }
}

test('reads before the first round and after each, and then a control', async () => {
  const { store, rounds } = testStore()
  await store.start()
  for (let round = 1; round <= ROUNDS; round++) {
    expect(store.phase.value).toBe('round')
    expect(store.round.value).toBe(round)
    await store.endRound()
  }
  expect(store.phase.value).toBe('done')
  await store.control()
  expect(store.phase.value).toBe('done')
  expect(rounds()).toEqual([
    ...Array.from({ length: ROUNDS + 1 }, (_, round) => [round, undefined]),
    ...Array.from({ length: IDLE_ROUNDS + 1 }, (_, round) => [round, true]),
  ])
})

test('can be ended while the heap is settled, and starts anew', async () => {
  let release = (): void => undefined
  const { store, rounds } = testStore({
    settle: () =>
      new Promise(resolve => {
        release = resolve
      }),
  })
  const started = store.start()
  expect(store.phase.value).toBe('settling')
  store.end()
  expect(store.phase.value).toBe('idle')
  const again = store.start()
  release()
  await again
  expect(store.phase.value).toBe('round')
  expect(rounds().at(-1)).toEqual([0, undefined])
  void started
})

test.each([
  ['the browser does not collect', { settle: () => Promise.reject(new Error('no collection')) }, 'no collection'],
  ['the session was cleared', { isStored: false }, 'the session was cleared'],
])('says why it stops where %s', async (_, parts, reason) => {
  const { store } = testStore(parts)
  await store.start()
  expect(store.phase.value).toBe('idle')
  expect(store.problem.value).toContain(reason)
})

/** Evaluates like a page whose garbage is collected at the `collectedAt`-th look. */
function fakeWindow(collectedAt: number, used: readonly (number | undefined)[] = [5]) {
  const scripts: string[] = []
  let looks = 0
  let reads = 0
  return {
    scripts,
    eval(script: string, callback: (result: unknown) => void): void {
      scripts.push(script)
      if (script.includes('deref')) callback(++looks >= collectedAt)
      else if (!script.includes('usedJSHeapSize')) callback(undefined)
      else callback({ used: used[Math.min(reads, used.length - 1)], time: ++reads, timeOrigin: 2 })
    },
  }
}

test('reads the heap once a witness has been collected, and leaves nothing in the page', async () => {
  const page = fakeWindow(3)
  expect(await connectHeap(page, () => Promise.resolve()).settle(1)).toEqual({ used: 5, time: 2, timeOrigin: 2 })
  expect(page.scripts.filter(script => script.includes('queryObjects'))).toHaveLength(1)
  expect(page.scripts.at(-2)).toContain('delete')
})

test('takes the lowest of several readings, each after a collection of its own', async () => {
  const page = fakeWindow(1, [1, 90, 70, 80])
  expect(await connectHeap(page, () => Promise.resolve()).settle(3)).toEqual({ used: 70, time: 4, timeOrigin: 2 })
  expect(page.scripts.filter(script => script.includes('queryObjects'))).toHaveLength(3)
})

test('gives up where nothing is collected, and says where there is no heap to read', async () => {
  const page = fakeWindow(Number.POSITIVE_INFINITY)
  let waited = 0
  const wait = async (ms: number): Promise<void> => {
    waited += ms
  }
  await expect(connectHeap(page, wait).settle(1)).rejects.toThrow('did not collect in time')
  expect(waited).toBeGreaterThanOrEqual(MAX_SETTLE_TIME)
  expect(page.scripts.at(-1)).toContain('delete')
  const firefox = { eval: () => Promise.resolve([{ time: 1, timeOrigin: 2 }]) }
  await expect(connectHeap(firefox).settle(1)).rejects.toThrow('does not report the size of the heap')
})
