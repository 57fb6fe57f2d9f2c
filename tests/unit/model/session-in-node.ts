// Test (Node): what the panel does with a session file, by the model alone.
import { analyse } from '../../../model/analysis/analyse.ts'
import { groupRows, sortedGroups } from '../../../model/analysis/group-rows.ts'
import { groupByRoute } from '../../../model/analysis/grouping.ts'
import { compileFilter, matchingRows } from '../../../model/filter/compile.ts'
import { parseFilter } from '../../../model/filter/parse.ts'
import { readFile } from '../../../model/formats/read-file.ts'
import { sessionBytes } from '../../../model/formats/session/session-bytes.ts'
import { createSessionSource } from '../../../model/formats/session/session-source.ts'
import { stepsOfPart } from '../../../model/formats/session/take-part.ts'
import { rowsIn } from '../../../model/session/rows-in.ts'
import { SessionModel } from '../../../model/session/session-model.ts'
import { createFormatters } from '../../../model/text/formatters.ts'
import { summaryParts } from '../../../model/text/summary-text.ts'
import { finish } from './operation-rows.ts'

/** Opens a session file. */
export async function openSession(file: Blob): Promise<SessionModel> {
  let session: SessionModel | undefined
  await readFile(file, async part => {
    if (part.type === 'createdAt') session = new SessionModel(part.time)
    else if (session) for (const _ of stepsOfPart(session, part));
  })
  if (!session) throw new Error('no part came')
  return session
}

export interface SessionReport {
  /** The status bar's texts. */
  summary: string[]
  /** The groups' names, counts and totals, most operations first. */
  groups: { name: string; count: number; failed: number; totalDuration: number }[]
}

/** Filters, groups and summarizes a session. */
export function reportOf(session: SessionModel, filter: string, locale: string, slowThreshold = 1_000): SessionReport {
  const { terms, errors } = parseFilter(filter)
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '))
  const test = compileFilter(terms, { slowThreshold, onTooComplex: () => undefined })
  const matches = test ? finish(matchingRows(session, test)) : session.operations.order
  const grouping = groupByRoute(session.operations)
  const analysis = finish(analyse({ session, matches, zoom: null, grouping, slowThreshold }))
  const groups = finish(sortedGroups(finish(groupRows(analysis)), { key: 'count', descending: true }))
  const shown = rowsIn(matches, session.operations.start, null)
  return {
    summary: summaryParts(session, shown, analysis.all, createFormatters(locale)).map(({ text }) => text),
    groups: groups.map(({ name, count, totals }) => ({
      name,
      count,
      failed: totals.stats().failedOperations,
      totalDuration: totals.totalDuration,
    })),
  }
}

/** The bytes of the session's export. */
export function exportBytes(session: SessionModel, generator = { name: 'Perf', version: '0' }): Buffer<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (const { bytes } of sessionBytes(createSessionSource(session, generator), session)) parts.push(bytes.slice())
  return Buffer.concat(parts)
}
