// Any world: all insights of a session or of a span of it, ranked.
import type { SessionModel } from '../session/session-model.ts'
import { DETECTORS } from './detectors.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
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

const UNKNOWN = {
  phases: 'the phases of requests were not recorded',
  sizes: 'the sizes of answers were not recorded',
} as const
/** Requests whose details are looked at. */
const MAX_LOOKED_AT = 200

/** Whether there are requests, and nothing is known of any of them, as far as evenly spaced ones tell. */
function lacks(evidence: Evidence, needs: keyof typeof UNKNOWN): boolean {
  const step = Math.max(1, Math.floor(evidence.length / MAX_LOOKED_AT))
  let requests = 0
  for (let position = 0; position < evidence.length; position += step) {
    if (!evidence.isRequest(position)) continue
    requests++
    const isKnown =
      needs === 'phases'
        ? evidence.facts(position).phases.wait !== undefined
        : evidence.answerSize(position) !== undefined
    if (isKnown) return false
  }
  return requests > 0
}

/** @param zoom epoch milliseconds; null for the whole session. Yields at least every few milliseconds. */
export function* findInsights(session: SessionModel, zoom: Span | null = null): Generator<void, Insights> {
  const evidence = yield* gatherEvidence(session, zoom)
  const findings: Finding[] = []
  const ran: InsightKind[] = []
  const skipped: Insights['skipped'] = []
  for (const { kind, needs, cannotRun, find } of DETECTORS) {
    const reason = cannotRun?.(evidence)
    if (reason !== undefined) {
      skipped.push({ kind, reason })
      continue
    }
    const found = yield* find(evidence)
    findings.push(...found)
    if (found.length === 0 && needs && lacks(evidence, needs)) skipped.push({ kind, reason: UNKNOWN[needs] })
    else ran.push(kind)
  }
  return {
    ranked: yield* rankFindings(evidence, findings),
    ran,
    skipped,
    operations: evidence.length,
    limitedRoutes: evidence.groups.filter(({ size, members }) => size > members.length).length,
  }
}
