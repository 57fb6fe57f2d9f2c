// Extension origin (background, devtools page, panel): the sessions and their logs in IndexedDB. The background and the
// devtools page write, panels read. They share nothing else, so each may be gone and come back.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { LogEntry, LogRecord } from '../wire/log.ts'
import type { SentSession, SessionInfo, StoredSession } from '../wire/messages.ts'
import { emptySession, withEntry, withinBudget } from './stored-session.ts'

interface LogSchema extends DBSchema {
  sessions: { key: string; value: StoredSession }
  log: { key: [session: string, n: number]; value: LogRecord; indexes: { delivery: [string, number] } }
}

/** A later version needs an upgrade from this one in `upgrade`: what users have stored must stay. */
const DATABASE_VERSION = 3

/** The bounds of a read: all of it is made into objects in one task, on the reader's main thread. */
export const RECORDS_PER_READ = 200
export const BYTES_PER_READ = 500_000

export interface NewEntry {
  entry: LogEntry
  delivery?: [stream: string, seq: number]
}

export interface SessionLog {
  getSession(id: string): Promise<StoredSession | undefined>
  listSessions(): Promise<StoredSession[]>
  /** A new session, with an empty log. */
  addSession(session: SessionInfo): Promise<StoredSession>
  /**
   * Adds entries at the end of a session's log, and changes what is known of it, in one transaction. An entry whose
   * `delivery` is stored already is skipped, so that sending twice stores once. Once the log has reached the session's
   * budget, what can be large is stored as a count of what is lost. Resolves when the browser has committed all of it: with
   * the session as it is then, or undefined, and nothing stored, where there is no such session. Rejects if nothing is stored.
   */
  append(id: string, entries: NewEntry[], change?: Partial<SessionInfo>): Promise<StoredSession | undefined>
  /** The first record of this stream, in whatever session it is. */
  firstOf(stream: string): Promise<LogRecord | undefined>
  /** The records after position `after`: some, within the bounds of a read, or one where that is larger. */
  read(session: string, after: number): Promise<LogRecord[]>
  /** Notes how much of a session was sent. Resolves with the session, or undefined where there is no such session any more. */
  setSent(session: string, sent: SentSession): Promise<StoredSession | undefined>
  /** Removes a session with its log. */
  remove(session: string): Promise<void>
  close(): Promise<void>
}

/** @param name the database's, so that tests can have their own. */
export function openSessionLog(name = 'perf'): SessionLog {
  let opened: Promise<IDBPDatabase<LogSchema>> | undefined
  /** Opens it; and again, after the browser has closed it (its files were damaged or cleared) or could not open it. */
  const database = (): Promise<IDBPDatabase<LogSchema>> => {
    if (!opened) {
      const forget = (): void => {
        opened = undefined
      }
      opened = openDB<LogSchema>(name, DATABASE_VERSION, { upgrade, terminated: forget }).catch(explainNewerVersion)
      opened.catch(forget)
    }
    return opened
  }
  // Opened now, so that the first caller need not wait for it.
  database().catch(() => undefined)
  /** Appends take turns: each needs to know the position at which the one before it ended. */
  let queue: Promise<unknown> = Promise.resolve()

  return {
    getSession: async id => (await database()).get('sessions', id),
    listSessions: async () => (await database()).getAll('sessions'),
    async addSession(info) {
      const session = emptySession(info)
      await (await database()).add('sessions', session)
      return session
    },
    append(id, entries, change) {
      const appended = queue.then(async () => append(await database(), id, entries, change))
      queue = appended.catch(() => undefined)
      return appended
    },
    async firstOf(stream) {
      const range = IDBKeyRange.bound([stream, 0], [stream, Number.POSITIVE_INFINITY])
      return (await database()).getFromIndex('log', 'delivery', range)
    },
    async read(session, after) {
      const near = rangeOf(session, after, after + BYTES_PER_READ)
      const records = await (await database()).getAll('log', near, RECORDS_PER_READ)
      return records.length > 0 ? records : (await database()).getAll('log', rangeOf(session, after), 1)
    },
    async setSent(id, sent) {
      const transaction = (await database()).transaction('sessions', 'readwrite', { durability: 'relaxed' })
      const found = await transaction.store.get(id)
      const session = found && { ...found, sent }
      if (session) await transaction.store.put(session)
      await transaction.done
      return session
    },
    async remove(session) {
      const transaction = (await database()).transaction(['sessions', 'log'], 'readwrite')
      await Promise.all([
        transaction.objectStore('sessions').delete(session),
        transaction.objectStore('log').delete(rangeOf(session, 0)),
        transaction.done,
      ])
    },
    async close() {
      ;(await opened)?.close()
    },
  }
}

/**
 * The browser refuses to open what a newer version of the extension has stored, and leaves it as it is.
 * https://w3c.github.io/IndexedDB/#open-a-database-connection
 */
function explainNewerVersion(cause: Error): never {
  if (cause.name !== 'VersionError') throw cause
  const message = 'a newer version of Perf has stored sessions here. Nothing was deleted: update Perf to use them'
  throw new Error(message, { cause })
}

function upgrade(upgrading: IDBPDatabase<LogSchema>, oldVersion: number): void {
  // What was stored before the first release.
  if (oldVersion > 0 && oldVersion < 3)
    for (const store of ['sessions', 'log'] as const) upgrading.deleteObjectStore(store)
  upgrading.createObjectStore('sessions', { keyPath: 'id' })
  const log = upgrading.createObjectStore('log', { keyPath: ['session', 'n'] })
  log.createIndex('delivery', 'delivery', { unique: true })
}

function rangeOf(session: string, after: number, to = Number.POSITIVE_INFINITY): IDBKeyRange {
  return IDBKeyRange.bound([session, after], [session, to], true)
}

async function append(
  db: IDBPDatabase<LogSchema>,
  id: string,
  entries: NewEntry[],
  change: Partial<SessionInfo> = {},
): Promise<StoredSession | undefined> {
  const transaction = db.transaction(['sessions', 'log'], 'readwrite', { durability: 'relaxed' })
  const [sessions, log] = [transaction.objectStore('sessions'), transaction.objectStore('log')]
  let session: StoredSession | undefined
  try {
    session = await sessions.get(id)
    for (const { entry, delivery } of session ? entries : []) {
      if (delivery && (await log.index('delivery').getKey(delivery)) !== undefined) continue
      const kept = withinBudget(session as StoredSession, entry)
      if (!kept) continue
      session = withEntry(session as StoredSession, kept, Date.now())
      await log.add({ session: id, n: session.bytes, entry: kept, ...(delivery ? { delivery } : {}) })
    }
    if (session) {
      session = { ...session, ...change }
      await sessions.put(session)
    }
  } catch (error) {
    // An error that was thrown, and not the result of a request, would leave the transaction to commit its first part.
    abort(transaction)
    await transaction.done.catch(() => undefined)
    throw transaction.error ?? error
  }
  await transaction.done
  return session
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // The request that failed has aborted it.
  }
}
