// Extension origin, in incognito windows only: takes the place of `browser.storage` there. With `"incognito": "split"`
// Chromium runs a second worker for incognito windows and gives it an IndexedDB of its own, which it holds in memory and
// drops with the last incognito window. But both workers share `browser.storage`: what one writes to `storage.local` stays
// on the disk. https://developer.chrome.com/docs/extensions/reference/manifest/incognito
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

interface ItemsSchema extends DBSchema {
  items: { key: string; value: unknown }
}

type Changes = Record<string, { oldValue?: unknown; newValue?: unknown }>
type ChangeListener = (changes: Changes) => void

/** The part of a `browser.storage` area that is used. */
export interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>
  set(items: Record<string, unknown>): Promise<void>
  onChanged: { addListener(listener: ChangeListener): void; removeListener(listener: ChangeListener): void }
}

/** Of the database, and of the channel on which the pages and the worker hear of each other's changes. */
const NAME = 'perf-incognito'

/** @param defaults is read for a key that was not set here, and never written to. */
export function openIncognitoArea(defaults?: StorageArea): StorageArea & { close(): void } {
  let opened: Promise<IDBPDatabase<ItemsSchema>> | undefined
  const database = (): Promise<IDBPDatabase<ItemsSchema>> => {
    const forget = (): void => {
      opened = undefined
    }
    const upgrade = (upgrading: IDBPDatabase<ItemsSchema>): void => void upgrading.createObjectStore('items')
    opened ??= openDB<ItemsSchema>(NAME, 1, { upgrade, terminated: forget })
    opened.catch(forget)
    return opened
  }

  const listeners = new Set<ChangeListener>()
  const notify = (changes: Changes): void => {
    for (const listener of listeners) listener(changes)
  }
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<Changes>) => notify(data)
  const onDefaultChanged = async (changes: Changes): Promise<void> => {
    const ownKeys = await (await database()).getAllKeys('items')
    const passedOn = Object.entries(changes).filter(([key]) => !ownKeys.includes(key))
    if (passedOn.length > 0) notify(Object.fromEntries(passedOn))
  }
  defaults?.onChanged.addListener(onDefaultChanged)

  const get = async (key: string): Promise<Record<string, unknown>> => {
    const value = await (await database()).get('items', key)
    return value === undefined ? ((await defaults?.get(key)) ?? {}) : { [key]: value }
  }

  return {
    get,
    async set(items) {
      const changes: Changes = {}
      for (const [key, newValue] of Object.entries(items)) {
        changes[key] = { oldValue: (await get(key))[key], newValue }
        await (await database()).put('items', newValue, key)
      }
      // A channel does not deliver to the one who posts.
      notify(changes)
      channel.postMessage(changes)
    },
    onChanged: {
      addListener: listener => void listeners.add(listener),
      removeListener: listener => void listeners.delete(listener),
    },
    close() {
      defaults?.onChanged.removeListener(onDefaultChanged)
      channel.close()
      opened?.then(db => db.close())
    },
  }
}
