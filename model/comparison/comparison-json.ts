// Any world: a comparison as JSON, as comparison.schema.json describes it.
import type { Insight } from '../insights/insight.ts'
import type { InsightChanges } from './compare-insights.ts'
import type { ComparedName, Comparison } from './compare-sessions.ts'

export const COMPARISON_FORMAT = 'perf-comparison'
export const COMPARISON_VERSION = 1

/** @param insights absent if they were not compared. */
export function comparisonJson({ names, limits, runs, thresholds }: Comparison, insights?: InsightChanges): object {
  return {
    format: COMPARISON_FORMAT,
    version: COMPARISON_VERSION,
    runs,
    thresholds,
    limits,
    names: names.map(nameJson),
    ...(insights
      ? { insights: { new: insights.appeared.map(insightJson), gone: insights.gone.map(insightJson) } }
      : {}),
  }
}

function nameJson(compared: ComparedName): unknown {
  const { name, verdict, before, after, difference, p, p95, failsMore, impactMs, moreRuns } = compared
  return {
    name,
    verdict,
    failsMore,
    before: sideJson(before),
    after: sideJson(after),
    ...(difference ? { ratio: difference.ratio, shiftMs: difference.shift, p } : {}),
    ...(p95 ? { p95 } : {}),
    impactMs,
    ...(moreRuns === undefined ? {} : { moreRuns }),
  }
}

function sideJson({ durations, runs, ...counts }: ComparedName['before']): unknown {
  return { samples: durations.length, runs: runs.length, ...counts }
}

function insightJson({ kind, route, confidence, savedMs, count, sentence, remedy, caveats }: Insight): unknown {
  return { kind, route, confidence, savedMs, count, sentence, remedy, caveats }
}
