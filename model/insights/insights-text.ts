// Any world: insights for a terminal.
import type { SessionModel } from '../session/session-model.ts'
import { timeText } from './amounts.ts'
import { APART_TEXT } from './apart.ts'
import { MAX_MEMBERS } from './evidence.ts'
import type { Insights } from './find-insights.ts'
import type { Insight } from './insight.ts'

/** Lines that are listed in full: what comes after is counted. */
export const MAX_LISTED = 20

interface Named {
  title: string
  session: SessionModel
}

export function insightsText(insights: Insights, { title }: Named): string {
  const lines = [`${title}: ${silenceOr(insights)}`]
  for (const [i, insight] of insights.ranked.slice(0, MAX_LISTED).entries()) {
    if (isFirstApart(insights.ranked, i)) lines.push(`     ${APART_HEADING}:`)
    lines.push(`${String(i + 1).padStart(3)}. ${insight.sentence}`, `     ${aside(insight)}`, `     ${insight.remedy}`)
  }
  const smaller = insights.ranked.length - MAX_LISTED
  if (smaller > 0) lines.push(`     ${smaller} smaller`)
  return `${lines.join('\n')}\n`
}

/** Above the insights that the app's own team can't change. */
export const APART_HEADING = 'Outside this app'

/** Whether an insight is the first of those that stand apart. */
export function isFirstApart(ranked: readonly Insight[], i: number): boolean {
  return ranked[i]?.apart !== undefined && ranked[i - 1]?.apart === undefined
}

/** How many there are; where there are none, what was looked for. Silence is a result. */
export function silenceOr(insights: Insights): string {
  const { length } = insights.ranked
  const looked = lookedAt(insights)
  if (length > 0) return `${length} insight${length === 1 ? '' : 's'} in ${looked}${limitText(insights)}`
  return `nothing found in ${looked}; ${checksText(insights)}`
}

export function lookedAt({ operations }: Insights): string {
  return `${operations.toLocaleString('en')} operation${operations === 1 ? '' : 's'}`
}

/** `20 checks ran, 2 could not: the heap was not recorded; no long tasks were recorded` */
export function checksText(insights: Insights): string {
  const { ran, skipped } = insights
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].join('; ')
  return `${ran.length} checks ran${skipped.length > 0 ? `, ${skipped.length} could not: ${reasons}` : ''}${limitText(insights)}`
}

function limitText({ limitedRoutes: routes }: Insights): string {
  if (routes === 0) return ''
  const which = routes === 1 ? 'one route' : `${routes} routes`
  return `. Of ${which} the latest ${MAX_MEMBERS.toLocaleString('en')} operations were looked at; a zoomed span shows earlier ones`
}

/** Up to how much, and how sure. */
export function aside({ savedMs, confidence, partOf, kind, apart }: Insight): string {
  const saved = savedMs > 0 ? `up to ${timeText(savedMs)} · ` : ''
  const part = partOf === undefined ? '' : ` · part of ${partOf}`
  return `${saved}${confidence}${part}${apart ? ` · ${APART_TEXT[apart]}` : ''} · ${kind}`
}
