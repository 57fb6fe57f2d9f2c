import { expect, test } from 'vitest'
import { createSettingsStore } from '../../../../../panel/app/stores/settings-store.ts'
import type { StorageArea } from '../../../../../storage/incognito-area.ts'
import { DEFAULT_SETTINGS } from '../../../../../wire/settings.ts'

/** `browser.storage.local`, shared by two panels. */
function createArea() {
  let stored: Record<string, unknown> = {}
  const listeners = new Set<Parameters<StorageArea['onChanged']['addListener']>[0]>()
  const area = {
    full: false,
    listeners,
    async get() {
      return structuredClone(stored)
    },
    async set(items: Record<string, unknown>) {
      if (area.full) throw new Error('QUOTA_BYTES quota exceeded')
      stored = { ...stored, ...structuredClone(items) }
      for (const listener of listeners) {
        listener(Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { newValue }])))
      }
    },
    onChanged: {
      addListener: (listener: typeof listeners extends Set<infer L> ? L : never) => void listeners.add(listener),
      removeListener: (listener: typeof listeners extends Set<infer L> ? L : never) => void listeners.delete(listener),
    },
  }
  return area
}

test('shares changes between panels', async () => {
  const area = createArea()
  const [one, other] = [await createSettingsStore(area), await createSettingsStore(area)]
  expect(one.settings.value).toEqual(DEFAULT_SETTINGS)
  await one.change({ keepDays: 3 })
  await other.change({ durationScale: 'linear' })
  expect(one.settings.value).toEqual({ ...DEFAULT_SETTINGS, keepDays: 3, durationScale: 'linear' })
  expect(other.settings.value).toEqual(one.settings.value)
  const later = await createSettingsStore(area)
  expect(later.settings.value).toEqual(one.settings.value)
  for (const store of [one, other, later]) store.stop()
  expect(area.listeners.size).toBe(0)
})

test('keeps the previous settings and reports why when they cannot be saved', async () => {
  const area = createArea()
  const store = await createSettingsStore(area)
  const before = store.settings.value
  area.full = true
  await store.change({ keepDays: 3 })
  expect(store.settings.value).toEqual(DEFAULT_SETTINGS)
  expect(store.settings.value).not.toBe(before)
  expect(store.problem.value).toContain('quota')
  area.full = false
  await store.change({ keepDays: 3 })
  expect([store.settings.value.keepDays, store.problem.value]).toEqual([3, null])
})
