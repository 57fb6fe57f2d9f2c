// Test (Node): an area of `browser.storage`. It takes JSON, makes changes in the order of the calls, and says what changed.
import type { Storage } from 'webextension-polyfill'
import { createFakeEvent, type FakeEvent } from './fake-event.ts'
import { turn } from './turn.ts'

type Changes = Record<string, Storage.StorageChange>

export interface FakeStorageArea extends Storage.StorageArea {
  onChanged: FakeEvent<[Changes]>
  /** What is stored. */
  readonly items: ReadonlyMap<string, unknown>
  /** Characters of JSON that an item may have: an area that is nearly full refuses what is larger. */
  maxItemLength: number
}

export function createFakeStorageArea(): FakeStorageArea {
  const items = new Map<string, unknown>()
  const onChanged = createFakeEvent<[Changes]>()

  const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  const keysOf = (keys: unknown): string[] =>
    keys === null || keys === undefined ? [...items.keys()] : ([keys].flat() as string[])
  const change = (changes: Changes): void => void turn().then(() => onChanged.emit(changes))
  const sizeOf = (entries: Iterable<[string, unknown]>): number =>
    Array.from(entries, entry => JSON.stringify(entry).length).reduce((sum, size) => sum + size, 0)

  const area: FakeStorageArea = {
    items,
    onChanged,
    maxItemLength: Number.POSITIVE_INFINITY,
    async get(keys?: unknown) {
      await turn()
      return Object.fromEntries(keysOf(keys).flatMap(key => (items.has(key) ? [[key, copy(items.get(key))]] : [])))
    },
    async set(given: Record<string, unknown>) {
      const added = Object.entries(given).map(([key, value]): [string, unknown] => [key, copy(value)])
      if (added.some(item => sizeOf([item]) > area.maxItemLength)) throw new Error('QUOTA_BYTES quota exceeded')
      const changes: Changes = {}
      for (const [key, newValue] of added) {
        changes[key] = { oldValue: items.get(key), newValue }
        items.set(key, newValue)
      }
      change(changes)
      await turn()
    },
    async remove(keys: string | string[]) {
      const removed = keysOf(keys).filter(key => items.has(key))
      change(Object.fromEntries(removed.map(key => [key, { oldValue: items.get(key) }])))
      for (const key of removed) items.delete(key)
      await turn()
    },
    async clear() {
      items.clear()
      await turn()
    },
    async getBytesInUse() {
      return sizeOf(items)
    },
    async getKeys() {
      return [...items.keys()]
    },
  }
  return area
}
