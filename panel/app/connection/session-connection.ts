// Panel: follows the session of the inspected tab. The background says which session that is. Its log is read from
// storage, first as a whole and then whenever it grew. One loop does both, so no record is missed or read twice.
import type { SessionLog } from '../../../storage/session-log.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { LogChange, SessionInfo } from '../../../wire/messages.ts'

/** Milliseconds until we ask again about a tab without a session, or read again a log that could not be read. */
export const RETRY_INTERVAL = 1_000

export interface ConnectionPorts {
  /** Asks the background for the session of the tab. */
  askSession(): Promise<SessionInfo | null>
  /** Whether the extension was reloaded while this panel is open. Then the background does not answer. */
  isGone(): boolean
  log: Pick<SessionLog, 'read'>
  /** Calls `listener` whenever a log changes. Returns a function that stops it. */
  onLogChange(listener: (change: LogChange) => void): () => void
}

export interface SessionListener {
  /** The session of the tab, or null if it has none. Another id means another session. */
  onSession(session: SessionInfo | null): void
  /** The next entries of the session, up to this position in its log. Reading continues when the promise resolves. */
  onEntries(entries: LogEntry[], position: number): Promise<void>
  /** Everything that is stored has been read. */
  onRead(): void
  /** The session or its log cannot be read. It will be tried again. */
  onUnreadable(cause: Error): void
  /** The browser has no quota left to add to the session. */
  onFull(): void
  /** The background can no longer be reached. */
  onDisconnected(): void
}

/** Returns a function that stops it. */
export function followSession(ports: ConnectionPorts, listener: SessionListener): () => void {
  let session: SessionInfo | null = null
  let read = 0
  let stale = { session: true, log: true }
  let running = false
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined

  const refresh = async (): Promise<void> => {
    const found = await ports.askSession()
    if (stopped) return
    if (found?.id !== session?.id) read = 0
    session = found
    stale.log = true
    listener.onSession(found)
    clearTimeout(retry)
    if (!found) askAgain()
  }

  const askAgain = (): void => {
    clearTimeout(retry)
    retry = setTimeout(() => wake({ session: true }), RETRY_INTERVAL)
  }

  const fail = (cause: Error): void => {
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
    if (stopped || stale.session) {
      // The session may have been replaced, so what was read may belong to an old one.
      stale.log = true
      return
    }
    const last = records.at(-1)
    if (!last) return listener.onRead()
    // Set before the entries are processed: an entry that fails must not be processed again.
    read = last.n
    stale.log = true
    await listener.onEntries(
      records.map(record => record.entry),
      last.n,
    )
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

  const undo = ports.onLogChange(({ sessionId, change }) => {
    if (change === 'full') {
      // A tab without a session may have none because it could not be stored.
      if (!session || sessionId === session.id) listener.onFull()
    } else if (change === 'appended' && sessionId === session?.id) wake({ log: true })
    else if (change !== 'appended' && (!session || sessionId === session.id)) wake({ session: true })
  })
  void run()

  return () => {
    stopped = true
    clearTimeout(retry)
    undo()
  }
}
