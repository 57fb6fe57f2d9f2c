// Background: a log that makes room when the browser has no space for what is to be stored.
import type { SessionLog } from '../../storage/session-log.ts'
import type { LogChange } from '../../wire/messages.ts'
import { removable } from './expired-sessions.ts'

/** Milliseconds after which what could not be stored is tried again. */
export const RETRY_INTERVAL = 2_000

/**
 * The same log, whose writes find space: the oldest sessions make room; as long as there are none it waits, and what is
 * sent meanwhile waits too: within the relay's bounds, which count what they drop.
 *
 * @param inUse the ids of the sessions that stay.
 */
export function withEviction(
  log: SessionLog,
  inUse: () => Promise<string[]>,
  announce: (change: LogChange) => void,
): SessionLog {
  /** Removes the oldest session that is not in use; false where there is none. */
  const makeRoom = async (): Promise<boolean> => {
    const [oldest] = removable(await log.listSessions(), new Set(await inUse()))
    if (!oldest) return false
    await log.remove(oldest.id)
    announce({ sessionId: oldest.id, change: 'removed' })
    return true
  }

  const write = async <T>(sessionId: string, task: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await task()
      } catch (error) {
        if ((error as Error).name !== 'QuotaExceededError') throw error
        if (await makeRoom()) continue
        announce({ sessionId, change: 'full' })
        await new Promise(resolve => setTimeout(resolve, RETRY_INTERVAL))
      }
    }
  }

  return {
    ...log,
    addSession: session => write(session.id, () => log.addSession(session)),
    changeSession: (id, how) => write(id, () => log.changeSession(id, how)),
    append: (id, entries) => write(id, () => log.append(id, entries)),
  }
}
