// Node. What was made beside what the exported session has of it.
import type { SessionFile, SessionOperation } from '../../session/format.ts'

/** Of those that are stored more than once, the ones whose rows are shown. */
const MAX_DUPLICATES = 10
/** Reasons of gaps in which no operation is missing. */
const OF_NO_OPERATION: ReadonlySet<string> = new Set(['paused', 'long-tasks', 'samples', 'requests'])

export interface Tally {
  made: number
  stored: number
  /** Operations that the session says are missing, and of them by reason. */
  gap: number
  gapByReason: Record<string, number>
  /** Made, not stored: as many as the gap says, if it is right. */
  missing: number
  /** Stored more than once. */
  duplicate: number
  /** Their rows, of some of them: for whoever looks for a cause. */
  duplicates: Record<string, string[]>
  /** Stored, and never made. */
  unknown: number
  /** By document: how many are missing, of how many. For whoever looks for a cause. */
  missingByDocument: Record<string, string>
}

/** @param made how many operations each document has made, by its id: `ID.1`, `ID.2` …, or beacons whose path ends in that. */
export function tallyOf(made: ReadonlyMap<string, number>, { operations, gaps }: SessionFile): Tally {
  const tally: Tally = {
    made: 0,
    stored: 0,
    gap: 0,
    gapByReason: {},
    missing: 0,
    duplicate: 0,
    duplicates: {},
    unknown: 0,
    missingByDocument: {},
  }
  const seen = new Set<string>()
  const storedOf = new Map<string, number>()
  const lastOf = new Map<string, number>()
  const twice = new Set<string>()
  for (const operation of operations) {
    const name = nameOf(operation)
    if (name === undefined) continue
    const [id = '', number] = name.split('.')
    if (seen.has(name)) {
      tally.duplicate++
      if (twice.size < MAX_DUPLICATES) twice.add(name)
    } else if (Number(number) > (made.get(id) ?? 0)) tally.unknown++
    else {
      storedOf.set(id, (storedOf.get(id) ?? 0) + 1)
      lastOf.set(id, Math.max(Number(number), lastOf.get(id) ?? 0))
    }
    seen.add(name)
  }
  for (const operation of twice.size > 0 ? operations : []) {
    const name = nameOf(operation)
    if (name === undefined || !twice.has(name)) continue
    const rows = tally.duplicates[name] ?? []
    tally.duplicates[name] = rows
    const { id, documentId, frameId, outcome, startTime, duration, endUnknown } = operation
    rows.push(JSON.stringify({ id, documentId, frameId, outcome, startTime, duration, endUnknown }))
  }
  for (const [id, count] of made) {
    const stored = storedOf.get(id) ?? 0
    tally.made += count
    tally.stored += stored
    if (stored < count)
      tally.missingByDocument[id] = `${count - stored} of ${count}, the last stored being ${lastOf.get(id)}`
  }
  tally.missing = tally.made - tally.stored
  for (const { reason, count } of gaps) {
    if (OF_NO_OPERATION.has(reason) || count === undefined) continue
    tally.gap += count
    tally.gapByReason[reason] = (tally.gapByReason[reason] ?? 0) + count
  }
  return tally
}

/** Of an operation that a document has made. */
function nameOf({ operationName, kind, http }: SessionOperation): string | undefined {
  if (kind === 'beacon') return http?.url.split('/').at(-1)
  return kind === 'custom' ? operationName : undefined
}
