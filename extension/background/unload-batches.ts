// Background: the last batches of pages that were left. Their relays put into storage what was not confirmed then: a
// port that wakes the worker is closed with the page, before the worker hears of it; a change of storage is not.
// Pages of incognito windows put it into `storage.session`, which the browser keeps in memory.
import type { Storage } from 'webextension-polyfill'
import type { Batch } from '../../wire/batch.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import { fromText, readUnloadKey } from '../../wire/unload-batch.ts'
import { checkedBatch } from './batch-guard.ts'
import type { Sessions } from './sessions.ts'

/**
 * Milliseconds after which the normal profile's worker removes what incognito pages have put into storage. The incognito
 * worker takes it within a second, unless it has ended with the last incognito window.
 */
const INCOGNITO_GRACE = 20_000

/** Undefined for what no relay of ours has put there. */
function readBatch(text: unknown): Batch | undefined {
  try {
    return typeof text === 'string' ? checkedBatch(fromText(text)) : undefined
  } catch {
    return undefined
  }
}

/** Stores those that are there, and those to come, each in the session of its document. */
export function takeUnloadBatches(
  sessions: Sessions,
  secretNames: () => Promise<ReadonlySet<string>>,
  area: Storage.StorageArea,
): void {
  let turn: Promise<unknown> = Promise.resolve()

  const take = async (key: string, text: unknown): Promise<void> => {
    const [left, batch] = [readUnloadKey(key), readBatch(text)]
    if (left && Number.isSafeInteger(left.seq) && batch) {
      redactBatch(batch, await secretNames())
      await sessions.addUnloadBatch(left.stream, left.seq, batch)
    }
    await area.remove(key)
  }

  /** All there are, by their numbers: of what is told twice the later has to come last. */
  const takeAll = async (): Promise<void> => {
    const found = Object.entries(await area.get(null)).filter(([key]) => readUnloadKey(key))
    found.sort(([a], [b]) => (readUnloadKey(a)?.seq ?? 0) - (readUnloadKey(b)?.seq ?? 0))
    for (const [key, text] of found) await take(key, text)
  }

  const next = (): void => {
    turn = turn.then(takeAll).catch(error => console.error('Perf could not store what a page had left', error))
  }
  area.onChanged.addListener(changes => {
    if (newLeftKeys(changes).length > 0) next()
  })
  next()
}

/**
 * In the incognito worker: lets content scripts, which the relays are, write to `storage.session`.
 * https://developer.chrome.com/docs/extensions/reference/api/storage#method-StorageArea-setAccessLevel
 */
export function allowRelays(area: Storage.StorageArea): void {
  const session = area as unknown as { setAccessLevel(access: { accessLevel: string }): Promise<void> }
  session
    .setAccessLevel({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' })
    .catch(error => console.error('Perf could not open storage to content scripts', error))
}

/** In the worker of the normal profile: nothing that incognito pages have put into storage outlives their windows. */
export function discardIncognitoLeftBatches(area: Storage.StorageArea): void {
  const discard = (keys: string[]): void => {
    if (keys.length > 0) setTimeout(() => void area.remove(keys), INCOGNITO_GRACE)
  }
  area.onChanged.addListener(changes => discard(newLeftKeys(changes)))
  // The worker may have been stopped before it came to that.
  void area.get(null).then(items => discard(Object.keys(items).filter(readUnloadKey)))
}

function newLeftKeys(changes: Record<string, Storage.StorageChange>): string[] {
  return Object.keys(changes).filter(key => changes[key]?.newValue !== undefined && readUnloadKey(key))
}
