import 'fake-indexeddb/auto'

import { expect, test } from 'vitest'
import { openIncognitoArea, type StorageArea } from '../../../storage/incognito-area.ts'

type Listener = Parameters<StorageArea['onChanged']['addListener']>[0]

/** `browser.storage.local`, which both profiles share. */
function createShared(stored: Record<string, unknown>) {
  const listeners = new Set<Listener>()
  return {
    stored,
    listeners,
    get: async (key: string) => (key in stored ? { [key]: stored[key] } : {}),
    async set(items: Record<string, unknown>) {
      Object.assign(stored, items)
      for (const listener of listeners) {
        listener(Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { newValue }])))
      }
    },
    onChanged: {
      addListener: (listener: Listener) => void listeners.add(listener),
      removeListener: (listener: Listener) => void listeners.delete(listener),
    },
  }
}

/** Resolves with the next changes that an area tells. */
const nextChange = ({ onChanged }: StorageArea): Promise<Parameters<Listener>[0]> =>
  new Promise(resolve => {
    const listener: Listener = changes => {
      onChanged.removeListener(listener)
      resolve(changes)
    }
    onChanged.addListener(listener)
  })

test('reads the shared value until it has one of its own, and never writes to the shared area', async () => {
  const shared = createShared({ settings: { keepDays: 3 } })
  const [one, other] = [openIncognitoArea(shared), openIncognitoArea(shared)]
  expect(await one.get('settings')).toEqual({ settings: { keepDays: 3 } })
  expect(await one.get('tabs')).toEqual({})

  const passedOn = [nextChange(one), nextChange(other)]
  await shared.set({ settings: { keepDays: 4 } })
  const passed = { settings: { newValue: { keepDays: 4 } } }
  expect(await Promise.all(passedOn)).toEqual([passed, passed])

  const changes = [nextChange(one), nextChange(other)]
  await one.set({ settings: { keepDays: 5 } })
  const change = { settings: { oldValue: { keepDays: 4 }, newValue: { keepDays: 5 } } }
  expect(await Promise.all(changes)).toEqual([change, change])
  expect(await other.get('settings')).toEqual({ settings: { keepDays: 5 } })
  expect(shared.stored).toEqual({ settings: { keepDays: 4 } })

  // A shared value that is overridden changes nothing; another does.
  const next = nextChange(other)
  await shared.set({ settings: { keepDays: 6 }, other: 1 })
  expect(await next).toEqual({ other: { newValue: 1 } })
  expect(await one.get('settings')).toEqual({ settings: { keepDays: 5 } })

  one.close()
  other.close()
  expect(shared.listeners.size).toBe(0)
})

test('without a shared area it holds only what was set', async () => {
  const area = openIncognitoArea()
  expect(await area.get('tabs')).toEqual({})
  await area.set({ tabs: { 1: { session: 'a' } } })
  expect(await area.get('tabs')).toEqual({ tabs: { 1: { session: 'a' } } })
  area.close()
})
