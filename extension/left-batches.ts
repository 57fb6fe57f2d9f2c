// Background: the last batches of pages that were left. Their relays put into storage what was not confirmed then: a
// port that wakes the worker is closed with the page, before the worker hears of it; a change of storage is not.
import browser, { type Storage } from 'webextension-polyfill'
import type { Batch } from '../wire/batch.ts'
import { checkedBatch } from '../wire/batch-guard.ts'
import { fromText, readLeftKey } from '../wire/left-batch.ts'
import { redactBatch } from '../wire/secret-names.ts'
import type { Sessions } from './sessions.ts'

/** Undefined for what no relay of ours has put there. */
function readBatch(text: unknown): Batch | undefined {
  try {
    return typeof text === 'string' ? checkedBatch(fromText(text)) : undefined
  } catch {
    return undefined
  }
}

/** Stores those that are there, and those to come, each in the session of its document. */
export function takeLeftBatches(
  sessions: Sessions,
  secretNames: () => Promise<ReadonlySet<string>>,
  area: Storage.StorageArea = browser.storage.local,
): void {
  let turn: Promise<unknown> = Promise.resolve()

  const take = async (key: string, text: unknown): Promise<void> => {
    const [left, batch] = [readLeftKey(key), readBatch(text)]
    if (left && Number.isSafeInteger(left.seq) && batch) {
      redactBatch(batch, await secretNames())
      await sessions.addLeftBatch(left.stream, left.seq, batch)
    }
    await area.remove(key)
  }

  /** All there are, by their numbers: of what is told twice the later has to come last. */
  const takeAll = async (): Promise<void> => {
    const found = Object.entries(await area.get(null)).filter(([key]) => readLeftKey(key))
    found.sort(([a], [b]) => (readLeftKey(a)?.seq ?? 0) - (readLeftKey(b)?.seq ?? 0))
    for (const [key, text] of found) await take(key, text)
  }

  const next = (): void => {
    turn = turn.then(takeAll).catch(error => console.error('Perf could not store what a page had left', error))
  }
  browser.storage.onChanged.addListener((changes, name) => {
    const hasNew = Object.entries(changes).some(([key, { newValue }]) => newValue !== undefined && readLeftKey(key))
    if (name === 'local' && hasNew) next()
  })
  next()
}
