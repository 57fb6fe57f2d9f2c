// Background: keeps what is stored within the bounds that the user has set.
import type { NewEntry, SessionLog } from '../../storage/session-log.ts'
import type { ListedSession, LogChange, SessionInfo, StoredSession } from '../../wire/messages.ts'
import type { Settings } from '../../wire/settings.ts'
import type { InspectedTabs } from './inspected-tabs.ts'

const DAY = 24 * 60 * 60 * 1000
const MEGABYTE = 1_000_000
/** Appends from one pruning to the next: some minutes at the recorder's fastest. */
const APPENDS_PER_PRUNE = 2_000

export interface StoredSessions {
  list(): Promise<ListedSession[]>
  /** False for one that is in use, which stays. */
  remove(id: string): Promise<boolean>
  /** Removes what has expired. */
  prune(): Promise<void>
  /** As `SessionLog.append`; now and then it prunes. */
  append(id: string, entries: NewEntry[], change?: Partial<SessionInfo>): Promise<StoredSession | undefined>
}

export function createStoredSessions(
  log: SessionLog,
  tabs: Pick<InspectedTabs, 'sessionsInUse'>,
  settings: () => Promise<Settings>,
  announce: (change: LogChange) => void,
  onExpired: (session: StoredSession) => void = () => undefined,
): StoredSessions {
  let appends = 0

  const remove = async (id: string): Promise<void> => {
    await log.remove(id)
    announce({ sessionId: id, change: 'removed' })
  }

  const prune = async (): Promise<void> => {
    const inUse = new Set(await tabs.sessionsInUse())
    const all = await log.listSessions()
    const expired = new Set(expiredSessions(all, inUse, await settings(), Date.now()))
    for (const session of all) {
      if (!expired.has(session.id)) continue
      await remove(session.id)
      onExpired(session)
    }
  }

  return {
    prune,
    async list() {
      const inUse = new Set(await tabs.sessionsInUse())
      return (await log.listSessions()).map(session => ({ ...session, inUse: inUse.has(session.id) }))
    },
    async remove(id) {
      const inUse = (await tabs.sessionsInUse()).includes(id)
      if (!inUse) await remove(id)
      return !inUse
    },
    append(id, entries, change) {
      if (++appends % APPENDS_PER_PRUNE === 0) {
        prune().catch(error => console.error('Perf could not remove expired sessions', error))
      }
      return log.append(id, entries, change)
    },
  }
}

/** Bytes that one session may take: half of what all may, so that one long recording is not all that is kept. */
export function sessionBudget({ maxTotalMb }: Pick<Settings, 'maxTotalMb'>): number {
  return (maxTotalMb * MEGABYTE) / 2
}

/**
 * The ids of stored sessions that were last added to too long ago, and of the oldest of the others while all together are too
 * large. Sessions in use are neither removed nor counted: they have a budget of their own, and what is recorded now does not
 * cost what was kept.
 *
 * @param now epoch milliseconds.
 */
export function expiredSessions(
  stored: readonly StoredSession[],
  inUse: ReadonlySet<string>,
  { keepDays, maxTotalMb }: Pick<Settings, 'keepDays' | 'maxTotalMb'>,
  now: number,
): string[] {
  const kept = removableSessions(stored, inUse)
  let excess = kept.reduce((sum, { bytes }) => sum + bytes, 0) - maxTotalMb * MEGABYTE
  const expired: string[] = []
  for (const { id, bytes, appendedAt } of kept) {
    if (excess <= 0 && appendedAt >= now - keepDays * DAY) break
    expired.push(id)
    excess -= bytes
  }
  return expired
}

/** Those that are not in use, the oldest first. */
export function removableSessions(stored: readonly StoredSession[], inUse: ReadonlySet<string>): StoredSession[] {
  return stored.filter(({ id }) => !inUse.has(id)).sort((a, b) => a.appendedAt - b.appendedAt)
}
