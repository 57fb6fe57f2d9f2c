// Extension origin (background, panel): the sessions and their logs in IndexedDB. The background writes, panels
// read; they share nothing else, so either may be gone and come back.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { LogEntry, LogRecord } from '../wire/log.ts'
import type { SessionInfo } from '../wire/messages.ts'

interface LogSchema extends DBSchema {
  sessions: { key: string; value: SessionInfo }
  log: { key: [session: string, n: number]; value: LogRecord; indexes: { delivery: [string, number] } }
}

/** Records read at a time: at most some MB, and few enough to show progress between reads. */
export const RECORDS_PER_READ = 200

export interface SessionLog {
  getSession(id: string): Promise<SessionInfo | undefined>
  putSession(session: SessionInfo): Promise<void>
  /**
   * Adds entries at the end of a session's log. What has a `delivery` that is stored already is skipped, so
   * sending twice stores once. All of them are stored or, when it rejects, none. Resolves when the browser has committed it.
   */
  append(session: string, entries: { entry: LogEntry; delivery?: [stream: string, seq: number] }[]): Promise<void>
  /** The records after position `after`, at most RECORDS_PER_READ of them. */
  read(session: string, after: number): Promise<LogRecord[]>
  /** Removes a session with its log. */
  remove(session: string): Promise<void>
  close(): Promise<void>
}

/** @param name the database's, so that tests can have their own. */
export function openSessionLog(name = 'perf'): SessionLog {
  const opening = openDB<LogSchema>(name, 1, {
    upgrade(upgrading) {
      upgrading.createObjectStore('sessions', { keyPath: 'id' })
      const log = upgrading.createObjectStore('log', { keyPath: ['session', 'n'] })
      log.createIndex('delivery', 'delivery', { unique: true })
    },
  })
  /** Appends take turns: each needs to know the position at which the one before it ended. */
  let queue: Promise<unknown> = Promise.resolve()

  return {
    getSession: async id => (await opening).get('sessions', id),
    async putSession(session) {
      await (await opening).put('sessions', session)
    },
    append(session, entries) {
      const appended = queue.then(async () => append(await opening, session, entries))
      queue = appended.catch(() => undefined)
      return appended
    },
    read: async (session, after) => (await opening).getAll('log', rangeOf(session, after), RECORDS_PER_READ),
    async remove(session) {
      const transaction = (await opening).transaction(['sessions', 'log'], 'readwrite')
      await Promise.all([
        transaction.objectStore('sessions').delete(session),
        transaction.objectStore('log').delete(rangeOf(session, 0)),
        transaction.done,
      ])
    },
    async close() {
      ;(await opening).close()
    },
  }
}

function rangeOf(session: string, after: number): IDBKeyRange {
  return IDBKeyRange.bound([session, after], [session, Number.POSITIVE_INFINITY], true)
}

async function append(
  db: IDBPDatabase<LogSchema>,
  session: string,
  entries: { entry: LogEntry; delivery?: [string, number] }[],
): Promise<void> {
  const transaction = db.transaction('log', 'readwrite', { durability: 'relaxed' })
  try {
    const last = await transaction.store.openKeyCursor(rangeOf(session, 0), 'prev')
    let n = last ? last.key[1] : 0
    for (const { entry, delivery } of entries) {
      if (delivery && (await transaction.store.index('delivery').getKey(delivery)) !== undefined) continue
      await transaction.store.add({ session, n: ++n, entry, ...(delivery ? { delivery } : {}) })
    }
  } catch (error) {
    // An error that is thrown rather than told by a request would leave the transaction to commit its first part.
    abort(transaction)
    await transaction.done.catch(() => undefined)
    throw error
  }
  await transaction.done
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // It was aborted by what has failed.
  }
}
