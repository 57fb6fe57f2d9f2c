// Background: a log that evicts stored sessions when the browser has no space for what is to be stored.
import type { SessionLog } from '../../storage/session-log.ts'
import type { LogChange, StoredSession } from '../../wire/messages.ts'
import { removableSessions } from './stored-sessions.ts'

/** Milliseconds after which what could not be stored is tried again. */
export const RETRY_INTERVAL = 2_000

/**
 * The same log, whose writes evict the oldest session when the browser has no space. When there is none left to evict they
 * wait, and so does what is sent meanwhile: within the relay's bounds, which count what they drop.
 *
 * @param inUse the ids of the sessions that stay.
 * @param onExpired a session was removed.
 */
export function withEviction(
  log: SessionLog,
  inUse: () => Promise<string[]>,
  announce: (change: LogChange) => void,
  onExpired: (session: StoredSession) => void = () => undefined,
): SessionLog {
  /** Removes the oldest session that is not in use; false where there is none. */
  const evictOldest = async (): Promise<boolean> => {
    const [oldest] = removableSessions(await log.listSessions(), new Set(await inUse()))
    if (!oldest) return false
    await log.remove(oldest.id)
    onExpired(oldest)
    announce({ sessionId: oldest.id, change: 'removed' })
    return true
  }

  const write = async <T>(sessionId: string, task: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await task()
      } catch (error) {
        if ((error as Error).name !== 'QuotaExceededError') throw error
        if (await evictOldest()) continue
        announce({ sessionId, change: 'no-space' })
        await new Promise(resolve => setTimeout(resolve, RETRY_INTERVAL))
      }
    }
  }

  return {
    ...log,
    addSession: session => write(session.id, () => log.addSession(session)),
    append: (id, entries, change) => write(id, () => log.append(id, entries, change)),
  }
}
