// Background: keeps what is stored within the bounds that the user has set, and makes room when the browser has none.
import type { NewEntry, SessionLog } from '../storage/session-log.ts'
import type { ListedSession, LogChange } from '../wire/messages.ts'
import type { Settings } from '../wire/settings.ts'
import { expiredSessions, removable } from './expired-sessions.ts'
import type { InspectedTabs } from './inspected-tabs.ts'

/** Appends between two looks at what has expired: at the recorder's fastest, some minutes. */
const APPENDS_PER_TIDY = 2_000
/** Milliseconds after which what could not be stored is tried again. */
export const RETRY_INTERVAL = 2_000

export interface StoredSessions {
  list(): Promise<ListedSession[]>
  /** False for one that is in use, which stays. */
  remove(id: string): Promise<boolean>
  /** Removes what has expired. */
  tidy(): Promise<void>
  /**
   * As `SessionLog.append`. Where the browser's space is used up, the oldest sessions make room; as long as there are
   * none it waits, and what is sent meanwhile waits too: within the relay's bounds, which count what they drop.
   */
  append(id: string, entries: NewEntry[]): Promise<boolean>
}

export function createStoredSessions(
  log: SessionLog,
  tabs: Pick<InspectedTabs, 'sessionsInUse'>,
  settings: () => Promise<Settings>,
  announce: (change: LogChange) => void,
): StoredSessions {
  let appends = 0

  const remove = async (id: string): Promise<void> => {
    await log.remove(id)
    announce({ sessionId: id, change: 'removed' })
  }

  const tidy = async (): Promise<void> => {
    const inUse = new Set(await tabs.sessionsInUse())
    const expired = expiredSessions(await log.listSessions(), inUse, await settings(), Date.now())
    for (const id of expired) await remove(id)
  }

  /** Removes the oldest session that is not in use; false where there is none. */
  const makeRoom = async (): Promise<boolean> => {
    const [oldest] = removable(await log.listSessions(), new Set(await tabs.sessionsInUse()))
    if (oldest) await remove(oldest.id)
    return oldest !== undefined
  }

  return {
    tidy,
    async list() {
      const inUse = new Set(await tabs.sessionsInUse())
      return (await log.listSessions()).map(session => ({ ...session, inUse: inUse.has(session.id) }))
    },
    async remove(id) {
      const inUse = (await tabs.sessionsInUse()).includes(id)
      if (!inUse) await remove(id)
      return !inUse
    },
    async append(id, entries) {
      if (++appends % APPENDS_PER_TIDY === 0) tidy().catch(error => console.error('Perf could not tidy', error))
      for (;;) {
        try {
          return await log.append(id, entries)
        } catch (error) {
          if ((error as Error).name !== 'QuotaExceededError') throw error
          if (await makeRoom()) continue
          announce({ sessionId: id, change: 'full' })
          await new Promise(resolve => setTimeout(resolve, RETRY_INTERVAL))
        }
      }
    },
  }
}
