// Background: what pages left in storage when they were unloaded, as it was not confirmed as stored then. See
// `wire/unload-batch.ts`. Pages of incognito windows put it into `storage.session`, which the browser keeps in memory.
import type { Storage } from 'webextension-polyfill'
import { type Batch, operationsIn } from '../../wire/batch.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import { decodeBatch, readUnloadKey, type UnloadRecord, unloadKey } from '../../wire/unload-batch.ts'
import { checkedBatch } from './batch-guard.ts'
import { isRecordedSince, type KnownDocument, type Sessions } from './sessions.ts'

/**
 * Milliseconds from when the worker first hears of an unloaded page for what that sent by its port to be stored, and for its
 * batches to be in storage. What is missing after that is lost.
 */
export const SETTLE_TIME = 5_000
/**
 * Milliseconds after which the normal profile's worker removes what incognito pages have put into storage. The incognito
 * worker takes it within seconds, unless it has ended with the last incognito window.
 */
const INCOGNITO_GRACE = 20_000
/** Documents of which nothing is wanted: those of the last minutes, in tabs that are not inspected. */
const MAX_DISCARDED = 1_000

export interface UnloadParts {
  area: Pick<Storage.StorageArea, 'get' | 'remove' | 'onChanged'>
  sessions: Pick<Sessions, 'findDocument' | 'addUnloadBatch' | 'addUnattributed'>
  secretNames(): Promise<ReadonlySet<string>>
}

/** What one document left. */
interface Unloaded {
  record?: UnloadRecord
  /** The batches' texts, by their numbers. */
  texts: Map<number, unknown>
}

export class UnloadBatches {
  readonly #parts: UnloadParts
  readonly #discarded = new Set<string>()
  /** When each document was first heard of, by the clock that stands still while the machine sleeps. */
  readonly #heard = new Map<string, number>()
  #queue: Promise<unknown> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: UnloadParts) {
    this.#parts = parts
  }

  /** Stores what is there, and what comes. Returns the undo. */
  start(): () => void {
    const { area } = this.#parts
    const onChanged = (changes: Record<string, Storage.StorageChange>): void => {
      if (newKeys(changes).length > 0) this.#take()
    }
    area.onChanged.addListener(onChanged)
    this.#take()
    return () => {
      clearTimeout(this.#timer)
      area.onChanged.removeListener(onChanged)
    }
  }

  /** Nothing of this document is wanted. */
  discard(stream: string): void {
    this.#discarded.add(stream)
    const [oldest] = this.#discarded
    if (this.#discarded.size > MAX_DISCARDED && oldest !== undefined) this.#discarded.delete(oldest)
  }

  #take(): void {
    this.#queue = this.#queue
      .then(() => this.#takeAll())
      .catch(error => {
        console.error('Perf could not store what an unloaded page left', error)
        this.#takeLater()
      })
  }

  async #takeAll(): Promise<void> {
    const found = new Map<string, Unloaded>()
    for (const [key, value] of Object.entries(await this.#parts.area.get(null))) {
      const { stream, seq } = readUnloadKey(key) ?? {}
      if (stream === undefined) continue
      const unloaded: Unloaded = found.get(stream) ?? { texts: new Map() }
      found.set(stream, unloaded)
      if (seq === undefined) unloaded.record = value as UnloadRecord
      else unloaded.texts.set(seq, value)
    }
    for (const [stream, unloaded] of found) {
      const taken = await this.#takeDocument(stream, unloaded)
      if (taken === 'all') this.#heard.delete(stream)
      else this.#takeLater()
      if (taken !== 'nothing') await this.#remove(stream, unloaded, taken === 'all')
    }
  }

  /** Takes the batches that are there; and says whether that is all, or something may still come. */
  async #takeDocument(stream: string, { record, texts }: Unloaded): Promise<'all' | 'batches' | 'nothing'> {
    const { sessions, secretNames } = this.#parts
    if (this.#discarded.has(stream)) return 'all'
    const heard = this.#heard.get(stream) ?? performance.now()
    this.#heard.set(stream, heard)
    const settled = performance.now() - heard >= SETTLE_TIME
    const counts = new Map(record?.batches)
    const known = await sessions.findDocument(stream)
    if (!known) {
      if (!settled) return 'nothing'
      const lost = record?.batches ?? Array.from(texts, ([seq, text]): [number, number] => [seq, rowsIn(text)])
      await sessions.addUnattributed(stream, record?.time ?? Date.now(), lost, record?.since)
      return 'all'
    }
    if (!isWanted(known, record)) return 'all'
    const names = await secretNames()
    let complete = true
    // By their numbers: of what is reported twice the later has to come last.
    for (const seq of [...new Set([...texts.keys(), ...counts.keys()])].sort((a, b) => a - b)) {
      const isThere = texts.has(seq)
      complete &&= isThere || settled
      if (!isThere && !settled) continue
      // One that was stored before, of which there is no text any more, is not counted: it is recognised.
      const batch = readBatch(texts.get(seq)) ?? lostBatch(counts.get(seq) ?? 0)
      redactBatch(batch, names)
      await sessions.addUnloadBatch(known, seq, batch)
    }
    return complete ? 'all' : 'batches'
  }

  async #remove(stream: string, { record, texts }: Unloaded, all: boolean): Promise<void> {
    const { area } = this.#parts
    const key = unloadKey(stream)
    const latest = (await area.get(key))[key] as UnloadRecord | undefined
    // The page may have left more meanwhile, or have come back and been unloaded again.
    const isDone = all && lastSeqOf(latest) === lastSeqOf(record)
    await area.remove([...(isDone ? [key] : []), ...Array.from(texts.keys(), seq => unloadKey(stream, seq))])
  }

  #takeLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#take(), SETTLE_TIME)
  }
}

/** Batches are numbered in their order. */
function lastSeqOf(record: UnloadRecord | undefined): number | undefined {
  return record?.batches.at(-1)?.[0]
}

/** Not from before the session began, which Clear had ended; nor from a document that came while recording was off. */
function isWanted({ session }: KnownDocument, record: UnloadRecord | undefined): boolean {
  if (!record) return true
  return record.time >= session.createdAt && isRecordedSince(session, record.since)
}

/** Undefined for what is missing, and for what no relay of ours has put there. */
function readBatch(text: unknown): Batch | undefined {
  try {
    return typeof text === 'string' ? checkedBatch(decodeBatch(text)) : undefined
  } catch {
    return undefined
  }
}

function lostBatch(count: number): Batch {
  const losses = count > 0 ? [{ reason: 'page-left' as const, count }] : []
  return { operations: [], memory: [], snapshots: [], losses }
}

function rowsIn(text: unknown): number {
  return operationsIn(readBatch(text) ?? lostBatch(0))
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
export function discardIncognitoBatches(area: Storage.StorageArea): void {
  const discard = (keys: string[]): void => {
    if (keys.length > 0) setTimeout(() => void area.remove(keys), INCOGNITO_GRACE)
  }
  area.onChanged.addListener(changes => discard(newKeys(changes)))
  // The worker may have been stopped before it came to that.
  void area.get(null).then(items => discard(Object.keys(items).filter(readUnloadKey)))
}

function newKeys(changes: Record<string, Storage.StorageChange>): string[] {
  return Object.keys(changes).filter(key => changes[key]?.newValue !== undefined && readUnloadKey(key))
}
