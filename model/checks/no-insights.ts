// Model: insights that are not to be there, in one or more sessions.
import { findInsights, type Insights } from '../insights/find-insights.ts'
import type { Insight, InsightKind } from '../insights/insight.ts'
import type { SessionModel } from '../session/session-model.ts'

/**
 * The insights that more than half of the sessions have, by kind and route: what one run has alone is chance.
 *
 * @param kinds those of these kinds, however sure they are; where it is not given, all that are at least likely and within the
 *   app's own reach.
 */
export function* unwantedInsights(
  sessions: readonly SessionModel[],
  kinds?: readonly InsightKind[],
): Generator<void, Insight[]> {
  const found = new Map<string, { insight: Insight; runs: number }>()
  for (const session of sessions) {
    const { ranked }: Insights = yield* findInsights(session)
    const unwanted = ranked.filter(({ kind, confidence, apart }) =>
      kinds ? kinds.includes(kind) : confidence !== 'possible' && apart === undefined,
    )
    const byRoute = new Map(unwanted.map(insight => [`${insight.kind} ${insight.route}`, insight]))
    for (const [key, insight] of byRoute) {
      const known = found.get(key)
      if (known) known.runs++
      else found.set(key, { insight, runs: 1 })
    }
  }
  return [...found.values()].flatMap(({ insight, runs }) => (runs * 2 > sessions.length ? insight : []))
}
