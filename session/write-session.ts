// Any world: writes a session as JSON text in parts, so that the whole of it never stands in memory twice.
import type { SessionHead, SessionLists, SessionMetrics } from './format.ts'

/** Rows to a part: some hundred kB of text, a few milliseconds of work. */
export const ROWS_PER_PART = 2_000

export type SessionSource = SessionHead & {
  [List in keyof SessionLists]: Iterable<SessionLists[List]>
} & { metrics: SessionMetrics }

const LISTS = [
  'documents',
  'operations',
  'networkRequests',
  'memory',
  'snapshots',
  'marks',
  'gaps',
] as const satisfies (keyof SessionLists)[]

/** The file's text, in parts to be joined. Nothing of a list is read before its part is asked for. */
export function* writeSession(source: SessionSource): Generator<string, void> {
  const { format, version, generator, createdAt, page, availability, metrics } = source
  const head = JSON.stringify({ format, version, generator, createdAt, page, availability, metrics })
  yield head.slice(0, -1)
  for (const list of LISTS) {
    let part = `,\n"${list}":[`
    let rows = 0
    for (const row of source[list]) {
      part += `${rows === 0 ? '' : ','}\n${JSON.stringify(row)}`
      if (++rows % ROWS_PER_PART === 0) {
        yield part
        part = ''
      }
    }
    yield `${part}]`
  }
  yield '}\n'
}
