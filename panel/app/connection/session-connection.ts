// Panel: follows the inspected tab's session. Which session that is comes from the background; its log is read from storage, on
// opening and whenever the background says that it grew. One loop does both, so no record is missed or doubled.
import type { SessionLog } from '../../../storage/session-log.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { LogChange, StoredSession } from '../../../wire/messages.ts'

/** Milliseconds until we ask again about a tab without a session, or read again a log that could not be read. */
export const RETRY_INTERVAL = 1_000

/** Milliseconds for storage to say how much there is of a session: it gives no answer while something else holds it. */
export const MAX_STORAGE_WAIT = 5_000

export interface ConnectionPorts {
  /** Asks the background for the tab's session. */
  askSession(): Promise<StoredSession | null>
  /** Whether the extension was reloaded under this panel: nobody answers then. */
  isGone(): boolean
  log: Pick<SessionLog, 'read' | 'getSession'>
  /** Calls `listener` whenever a log changes. Returns a function that stops it. */
  onLogChange(listener: (change: LogChange) => void): () => void
}

export interface SessionListener {
  /** The tab's session, or that it has none; a session with another id is a new one. */
  onSession(session: StoredSession | null): void
  /** The next entries of that session, up to this position in its log. Nothing more is read until it resolves. */
  onEntries(entries: LogEntry[], position: number): Promise<void>
  /** Everything that is stored has been read. */
  onRead(): void
  /** The session or its log cannot be read. It will be tried again. */
  onUnreadable(cause: Error): void
  /** The browser has no space for what is to be added to that session. */
  onNoSpace(): void
  /** The background cannot be reached any more. */
  onDisconnected(): void
}

export interface FollowedSession {
  /** The background has answered a command with the tab's session. */
  take(session: StoredSession): void
  /** Resolves when all that is stored of the session by now has been read, or can't be: see `MAX_STORAGE_WAIT`. */
  catchUp(): Promise<void>
  stop(): void
}

/** Follows until stopped. */
export function followSession(ports: ConnectionPorts, listener: SessionListener): FollowedSession {
  let session: StoredSession | null = null
  let read = 0
  let stale = { session: true, log: true }
  /** How often the session was taken: an answer to a question from before is out of date. */
  let taken = 0
  let running = false
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined
  /** Who waits until the entries up to a position of the log have been processed, and how far that is. */
  const waiting = new Set<{ position: number; resolve: () => void }>()
  let processed = 0

  const reach = (position: number): void => {
    processed = position
    for (const each of waiting) {
      if (each.position > position) continue
      waiting.delete(each)
      each.resolve()
    }
  }
  const giveUp = (): void => {
    for (const { resolve } of waiting) resolve()
    waiting.clear()
  }

  const take = (found: StoredSession | null): void => {
    taken++
    if (found?.id !== session?.id) {
      read = 0
      processed = 0
      giveUp()
    }
    session = found
    stale = { session: false, log: true }
    listener.onSession(found)
    clearTimeout(retry)
    if (!found) askAgain()
  }

  const refresh = async (): Promise<void> => {
    const before = taken
    const found = await ports.askSession()
    if (!stopped && taken === before) take(found)
  }

  const askAgain = (): void => {
    clearTimeout(retry)
    retry = setTimeout(() => wake({ session: true }), RETRY_INTERVAL)
  }

  const fail = (cause: Error): void => {
    giveUp()
    if (ports.isGone()) listener.onDisconnected()
    else {
      listener.onUnreadable(cause)
      askAgain()
    }
  }

  const readOn = async (): Promise<void> => {
    const id = session?.id
    if (id === undefined) return
    const records = await ports.log.read(id, read)
    if (stopped || stale.session || session?.id !== id) {
      // What was read may be that of an old session.
      stale.log = true
      return
    }
    const last = records.at(-1)
    if (!last) {
      // Unless something was stored since this read began, the log has no more, whatever the session says.
      if (!stale.log) giveUp()
      return listener.onRead()
    }
    // Set before the entries are processed: an entry that fails must not be processed again.
    read = last.n
    stale.log = true
    await listener.onEntries(
      records.map(record => record.entry),
      last.n,
    )
    if (session?.id === id) reach(last.n)
  }

  const run = async (): Promise<void> => {
    if (running || stopped) return
    running = true
    try {
      while (!stopped && (stale.session || stale.log)) {
        if (stale.session) {
          stale.session = false
          await refresh().catch(error => {
            stale.session = true
            throw error
          })
        } else {
          stale.log = false
          await readOn()
        }
      }
    } catch (cause) {
      console.error(cause)
      if (!stopped) fail(cause as Error)
    } finally {
      running = false
    }
  }

  const wake = (what: { session?: boolean; log?: boolean }): void => {
    stale = { session: stale.session || what.session === true, log: stale.log || what.log === true }
    void run()
  }

  const undo = ports.onLogChange(change => {
    // Where there is no session, one can't be stored either, or is there now.
    if (session && change.sessionId !== session.id) return
    if (change.change === 'no-space') listener.onNoSpace()
    else if (change.change === 'appended') {
      // Reading what is stored doesn't fail then. Asking for a stale session does.
      if (!stale.session && ports.isGone()) listener.onDisconnected()
      wake({ log: session !== null })
    } else if (change.change === 'removed' || !session) wake({ session: true })
    else {
      take(change.session)
      void run()
    }
  })
  void run()

  return {
    take(found) {
      if (stopped) return
      take(found)
      void run()
    },
    async catchUp() {
      const id = session?.id
      if (id === undefined) return
      const noAnswer = new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), MAX_STORAGE_WAIT))
      // What was read can be exported all the same where storage fails: the next read says so.
      const stored = await Promise.race([ports.log.getSession(id).catch(() => undefined), noAnswer])
      if (!stored || stopped || session?.id !== id || stored.bytes <= processed) return
      await new Promise<void>(resolve => {
        waiting.add({ position: stored.bytes, resolve })
        wake({ log: true })
      })
    },
    stop() {
      stopped = true
      giveUp()
      clearTimeout(retry)
      undo()
    },
  }
}
