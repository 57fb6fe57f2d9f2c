// Background: keeps what is stored within the bounds that the user has set.
import type { NewEntry, SessionLog } from '../../storage/session-log.ts'
import type { ListedSession, LogChange } from '../../wire/messages.ts'
import type { Settings } from '../../wire/settings.ts'
import { expiredSessions } from './expired-sessions.ts'
import type { InspectedTabs } from './inspected-tabs.ts'

/** Appends between two looks at what has expired: at the recorder's fastest, some minutes. */
const APPENDS_PER_TIDY = 2_000

export interface StoredSessions {
  list(): Promise<ListedSession[]>
  /** False for one that is in use, which stays. */
  remove(id: string): Promise<boolean>
  /** Removes what has expired. */
  tidy(): Promise<void>
  /** As `SessionLog.append`; now and then it tidies. */
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
    append(id, entries) {
      if (++appends % APPENDS_PER_TIDY === 0) tidy().catch(error => console.error('Perf could not tidy', error))
      return log.append(id, entries)
    },
  }
}
