// Any world: some of the insights, without those that the user has dismissed.
import type { Insights } from './find-insights.ts'
import type { Insight } from './insight.ts'

/** Numbers of other insights count within what is left; those of insights that are left out go. */
export function selectInsights(insights: Insights, keep: (insight: Insight) => boolean): Insights {
  const places = new Map<number, number>()
  for (const [i, insight] of insights.ranked.entries()) if (keep(insight)) places.set(i + 1, places.size + 1)
  const ranked = insights.ranked.filter(keep).map(({ partOf, ...insight }): Insight => {
    const place = partOf === undefined ? undefined : places.get(partOf)
    return place === undefined ? insight : { ...insight, partOf: place }
  })
  return { ...insights, ranked }
}
