// Panel: how much was looked at, which checks ran, and which could not.
import { MAX_MEMBERS } from '../../../model/insights/evidence.ts'
import type { Insights } from '../../../model/insights/find-insights.ts'

export function lookedAt({ operations }: Insights): string {
  return `${operations.toLocaleString('en')} operation${operations === 1 ? '' : 's'}`
}

/** `20 checks ran, 2 could not: the heap was not recorded; no long tasks were recorded.` */
export function checksText({ ran, skipped, limitedRoutes }: Insights): string {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].join('; ')
  return `${ran.length} checks ran${skipped.length > 0 ? `, ${skipped.length} could not: ${reasons}` : ''}.${limitedText(limitedRoutes)}`
}

function limitedText(routes: number): string {
  if (routes === 0) return ''
  return ` Of ${routes === 1 ? 'one route' : `${routes} routes`} the latest ${MAX_MEMBERS.toLocaleString('en')} operations were looked at: zoom in for earlier ones.`
}
