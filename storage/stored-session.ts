// Extension origin: what is known of a stored session without reading its log, and what its log may still take. It is
// counted as the log is written.
import { operationsIn } from '../wire/batch.ts'
import type { LogEntry } from '../wire/log.ts'
import type { SessionInfo, StoredSession } from '../wire/messages.ts'
import { PENDING } from '../wire/operations.ts'
import { approximateBytes } from './entry-size.ts'

/**
 * Bytes that a session's log may take beyond its budget, for what says how much was lost since: by then recording has been
 * switched off, and only a page that forges batches gets this far. After them nothing is stored.
 */
export const OVER_BUDGET_BYTES = 5_000_000

/** A session whose log is empty. */
export function emptySession(info: SessionInfo): StoredSession {
  return { ...info, url: '', title: '', appendedAt: info.createdAt, operations: 0, bytes: 0 }
}

export function hasReachedBudget({ bytes, budget = Number.POSITIVE_INFINITY }: StoredSession): boolean {
  return bytes >= budget
}

/**
 * What of an entry is stored: all of it; or, once the session has reached its budget, how much of it is lost. Nothing of what
 * DevTools saw, as recording has ended by then and a gap says so; and nothing at all beyond `OVER_BUDGET_BYTES`.
 */
export function withinBudget(session: StoredSession, entry: LogEntry): LogEntry | undefined {
  if (!hasReachedBudget(session)) return entry
  if (session.bytes >= (session.budget ?? 0) + OVER_BUDGET_BYTES) return undefined
  if (entry.type === 'batch') return { ...entry, batch: lostBatch(entry.batch) }
  return entry.type === 'network' ? undefined : entry
}

function lostBatch({ operations, losses }: BatchEntry['batch']): BatchEntry['batch'] {
  const count = operationsIn({ operations })
  const lost = count > 0 ? [...losses, { reason: 'session-full' as const, count }] : losses
  return { operations: [], memory: [], snapshots: [], losses: lost }
}

type BatchEntry = Extract<LogEntry, { type: 'batch' }>

/** The session with one more entry in its log. `now` is epoch milliseconds. */
export function withEntry(session: StoredSession, entry: LogEntry, now: number): StoredSession {
  const document = entry.type === 'document' || entry.type === 'batch' ? entry.document : undefined
  const { url, title } = document?.frameId === 0 ? document : session
  const operations = session.operations + (entry.type === 'batch' ? endedIn(entry.batch.operations) : 0)
  return { ...session, url, title, operations, appendedAt: now, bytes: session.bytes + approximateBytes(entry) }
}

function endedIn(operations: readonly { columns: { outcome: Uint8Array } }[]): number {
  let ended = 0
  for (const { columns } of operations) for (const outcome of columns.outcome) if (outcome !== PENDING) ended++
  return ended
}
