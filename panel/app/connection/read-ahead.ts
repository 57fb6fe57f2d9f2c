// Panel: reads the next part of a log while the panel still adds the part before it to the session.
import { BYTES_PER_READ, type SessionLog } from '../../../storage/session-log.ts'
import type { LogRecord } from '../../../wire/log.ts'

/** The same log. One read at most is held that nobody has asked for yet. */
export function readAhead(log: SessionLog): SessionLog {
  let next: { session: string; after: number; records: Promise<LogRecord[]> } | undefined
  return {
    ...log,
    async read(session, after) {
      const ahead = next?.session === session && next.after === after ? next.records : undefined
      next = undefined
      const found = (await ahead) ?? []
      // Others may have been stored since.
      const records = found.length > 0 ? found : await log.read(session, after)
      const last = records.at(-1)
      if (last && last.n - after > BYTES_PER_READ / 2) {
        // One that fails is tried again when it is asked for.
        next = { session, after: last.n, records: log.read(session, last.n).catch(() => []) }
      }
      return records
    },
  }
}
