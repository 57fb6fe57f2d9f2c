// Test (Node): a change of the settings takes effect in the tabs that are inspected.
import { expect, test } from 'vitest'
import { followSettings } from '../../../../extension/background/follow-settings.ts'
import { SETTINGS_KEY } from '../../../../wire/settings.ts'
import { createFakeStorageArea } from '../../../support/fake-storage-area.ts'
import { turn } from '../../../support/turn.ts'

function createWorld() {
  const area = createFakeStorageArea()
  const done: unknown[] = []
  followSettings({
    area,
    tabs: { inspected: async () => [1, 2] },
    sessions: {
      async setBudget(tabId, budget) {
        done.push(['budget', tabId, budget])
        return undefined as never
      },
    },
    stored: { prune: async () => void done.push('prune') },
    sendToTab: async (tabId, command) => void done.push([tabId, command]),
    onCollectorChanged: () => void done.push('collector'),
  })
  const set = async (settings: object): Promise<void> => {
    await area.set({ [SETTINGS_KEY]: settings })
    await turn(3)
  }
  return { area, done, set }
}

test('tells pages whether call stacks are captured, when that changes', async () => {
  const { done, set } = createWorld()
  await set({ callStacks: true })
  await set({ callStacks: true, slowThresholdMs: 5 })
  expect(done).toEqual([1, 2].map(tabId => [tabId, { type: 'call-stacks', on: true }]))
})

test('gives sessions another budget, and prunes, when the storage limit changes', async () => {
  const { done, set } = createWorld()
  await set({ maxTotalMb: 100 })
  expect(done).toEqual([['budget', 1, 50e6], ['budget', 2, 50e6], 'prune'])
  await set({ maxTotalMb: 100, keepDays: 2 })
  expect(done.slice(3)).toEqual(['prune'])
})

test('does nothing for anything else', async () => {
  const { area, done, set } = createWorld()
  await set({ groupRoutes: false })
  await area.set({ other: 1 })
  await turn(3)
  expect(done).toEqual([])
})

test('tells when the collector changes, and not when something else does', async () => {
  const { done, set } = createWorld()
  await set({ collector: 'http://localhost:4318', collectorSince: 1 })
  await set({ collector: 'http://localhost:4318', collectorSince: 1, groupRoutes: false })
  await set({ collector: 'http://127.0.0.1:9', collectorSince: 2 })
  await set({ collector: '' })
  expect(done).toEqual(['collector', 'collector', 'collector'])
})
