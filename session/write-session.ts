// Any world: writes a session as JSON text in parts, so that the whole text is never in memory.
import type { SessionHead, SessionLists, SessionMetrics } from './format.ts'

/** Rows of a part: some hundred kB of text, a few milliseconds of work. */
export const ROWS_PER_PART = 2_000

export type SessionSource = SessionHead & {
  [List in keyof SessionLists]: Iterable<SessionLists[List]>
} & { metrics: SessionMetrics }

/** The file's lists, in the order in which they are written. */
export const LISTS = [
  'documents',
  'operations',
  'networkRequests',
  'memory',
  'snapshots',
  'marks',
  'gaps',
] as const satisfies (keyof SessionLists)[]

const METRICS = Object.keys({
  totalOperations: 0,
  successfulOperations: 0,
  failedOperations: 0,
  cancelledOperations: 0,
  pendingOperations: 0,
  averageDuration: 0,
  minDuration: 0,
  maxDuration: 0,
  p50: 0,
  p95: 0,
  p99: 0,
  overheadMs: 0,
} satisfies Record<keyof SessionMetrics, 0>) as (keyof SessionMetrics)[]

/** The text of the file, in parts to be joined. Rows are not read before their part is requested. */
export function* writeSession(source: SessionSource): Generator<string, void> {
  yield writeHead(source)
  for (const list of LISTS) yield* writeList(list, source[list])
  yield END
}

/** The text before the first list. */
export function writeHead(head: SessionHead & { metrics: SessionMetrics }): string {
  const { format, version, createdAt } = head
  const { name, version: generatorVersion } = head.generator
  const { url, title, userAgent } = head.page
  const { memory } = head.availability
  return JSON.stringify({
    format,
    version,
    generator: { name, version: generatorVersion },
    createdAt,
    page: { url, title, userAgent },
    availability: { memory },
    metrics: Object.fromEntries(METRICS.map(metric => [metric, head.metrics[metric]])),
  }).slice(0, -1)
}

export function* writeList(list: keyof SessionLists, rows: Iterable<unknown>): Generator<string, void> {
  let part = `,\n"${list}":[`
  let count = 0
  for (const row of rows) {
    part += `${count === 0 ? '' : ','}\n${JSON.stringify(row)}`
    if (++count % ROWS_PER_PART === 0) {
      yield part
      part = ''
    }
  }
  yield `${part}]`
}

/** The text after the last list. */
export const END = '}\n'
