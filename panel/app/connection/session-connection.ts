// Panel: follows the inspected tab's session. Who it is comes from the background; its log is read from storage,
// on opening and whenever the background says that it grew. One loop does both, so no record is missed or doubled.
import type { SessionLog } from '../../../storage/session-log.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { LogChange, SessionInfo } from '../../../wire/messages.ts'

/** Milliseconds after which a tab without a session is asked about again, and a log is read again that could not be. */
export const RETRY_INTERVAL = 1_000

export interface ConnectionPorts {
  /** Asks the background for the tab's session. */
  askSession(): Promise<SessionInfo | null>
  /** Whether the extension was reloaded under this panel: nobody answers then. */
  isGone(): boolean
  log: Pick<SessionLog, 'read'>
  /** Calls `listener` whenever a log changed; returns the undo. */
  onLogChange(listener: (change: LogChange) => void): () => void
}

export interface SessionListener {
  /** The tab's session, or that it has none; a session with another id is a new one. */
  onSession(session: SessionInfo | null): void
  /** The next entries of that session, up to this position in its log. Nothing more is read until it resolves. */
  onEntries(entries: LogEntry[], position: number): Promise<void>
  /** All that was stored has been read. */
  onRead(): void
  /** The session or its log can't be read now. It is tried again. */
  onUnreadable(cause: Error): void
  /** The browser has no space for what is to be added to that session. */
  onFull(): void
  /** The background cannot be reached any more. */
  onDisconnected(): void
}

/** Follows until stopped. */
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
      // Asked to look again at who the session is: what was read may be that of an old one.
      stale.log = true
      return
    }
    const last = records.at(-1)
    if (!last) return listener.onRead()
    // Before they are taken in: what fails there is not taken in twice.
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
      // Where there is none, one can't be stored either.
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
