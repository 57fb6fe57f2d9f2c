// Background: which stored sessions have to go. Touches nothing.
import type { StoredSession } from '../../wire/messages.ts'
import type { Settings } from '../../wire/settings.ts'

const DAY = 24 * 60 * 60 * 1000
const MEGABYTE = 1_000_000

/**
 * The ids of those that were last added to too long ago, and of the oldest of the others while all together are too
 * large; never of one in use.
 *
 * @param now epoch milliseconds.
 */
export function expiredSessions(
  stored: readonly StoredSession[],
  inUse: ReadonlySet<string>,
  { keepDays, maxTotalMb }: Pick<Settings, 'keepDays' | 'maxTotalMb'>,
  now: number,
): string[] {
  let excess = stored.reduce((sum, { bytes }) => sum + bytes, 0) - maxTotalMb * MEGABYTE
  const expired: string[] = []
  for (const { id, bytes, appendedAt } of removable(stored, inUse)) {
    if (excess <= 0 && appendedAt >= now - keepDays * DAY) break
    expired.push(id)
    excess -= bytes
  }
  return expired
}

/** Those that are not in use, the oldest first. */
export function removable(stored: readonly StoredSession[], inUse: ReadonlySet<string>): StoredSession[] {
  return stored.filter(({ id }) => !inUse.has(id)).sort((a, b) => a.appendedAt - b.appendedAt)
}
