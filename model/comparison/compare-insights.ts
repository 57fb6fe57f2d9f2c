// Any world: which insights are new on one side of a comparison, and which are gone.
import { findInsights } from '../insights/find-insights.ts'
import type { Insight } from '../insights/insight.ts'
import type { Run } from './samples.ts'

export interface InsightChanges {
  /** In most runs of the new side, and in none of the baseline. What to fix first comes first. */
  appeared: Insight[]
  /** In most runs of the baseline, and in none of the new side. */
  gone: Insight[]
}

export function* compareInsights(before: readonly Run[], after: readonly Run[]): Generator<void, InsightChanges> {
  const left = yield* insightsOf(before)
  const right = yield* insightsOf(after)
  return { appeared: onlyIn(right, left, after.length), gone: onlyIn(left, right, before.length) }
}

interface Found {
  insight: Insight
  runs: number
}

/** By kind and route: call sites move whenever code is edited. */
function* insightsOf(runs: readonly Run[]): Generator<void, Map<string, Found>> {
  const found = new Map<string, Found>()
  for (const { session, span = null } of runs) {
    const { ranked } = yield* findInsights(session, span)
    for (const [key, insight] of new Map(ranked.map(each => [`${each.kind} ${each.route}`, each]))) {
      found.set(key, { insight, runs: (found.get(key)?.runs ?? 0) + 1 })
    }
  }
  return found
}

function onlyIn(side: Map<string, Found>, other: Map<string, Found>, runs: number): Insight[] {
  return [...side]
    .filter(([key, found]) => !other.has(key) && found.runs > runs / 2)
    .map(([, { insight }]) => insight)
    .sort((a, b) => b.score - a.score)
}
