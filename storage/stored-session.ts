// Extension origin: what is known of a stored session without reading its log. It is counted as the log is written.
import type { LogEntry } from '../wire/log.ts'
import type { SessionInfo, StoredSession } from '../wire/messages.ts'
import { PENDING } from '../wire/operations.ts'
import { approximateBytes } from './entry-size.ts'

/** A session whose log is empty. */
export function emptySession(info: SessionInfo): StoredSession {
  return { ...info, url: '', title: '', appendedAt: info.createdAt, operations: 0, bytes: 0 }
}

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
