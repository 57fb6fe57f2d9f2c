// Any world: all insights of a session or of a span of it, ranked.
import type { SessionModel } from '../session/session-model.ts'
import { DETECTORS } from './detectors.ts'
import { gatherEvidence } from './evidence.ts'
import type { Finding, Insight, InsightKind } from './insight.ts'
import { rankFindings } from './rank.ts'
import type { Span } from './spans.ts'

export interface Insights {
  /** What to fix first comes first. */
  ranked: Insight[]
  /** The kinds that were looked for. */
  ran: InsightKind[]
  /** Those that could not be, and why. */
  skipped: { kind: InsightKind; reason: string }[]
  /** How many operations were looked at. */
  operations: number
  /** How many routes have more operations than rules look at. */
  limitedRoutes: number
}

/** @param zoom epoch milliseconds; null for the whole session. Yields at least every few milliseconds. */
export function* findInsights(session: SessionModel, zoom: Span | null = null): Generator<void, Insights> {
  const evidence = yield* gatherEvidence(session, zoom)
  const findings: Finding[] = []
  const ran: InsightKind[] = []
  const skipped: Insights['skipped'] = []
  for (const { kind, cannotRun, find } of DETECTORS) {
    const reason = cannotRun?.(evidence)
    if (reason !== undefined) {
      skipped.push({ kind, reason })
      continue
    }
    findings.push(...(yield* find(evidence)))
    ran.push(kind)
  }
  return {
    ranked: yield* rankFindings(evidence, findings),
    ran,
    skipped,
    operations: evidence.length,
    limitedRoutes: evidence.groups.filter(({ size, members }) => size > members.length).length,
  }
}
