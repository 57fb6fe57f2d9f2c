// Any world: insights for a terminal.
import type { SessionModel } from '../session/session-model.ts'
import { timeText } from './amounts.ts'
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
    lines.push(`${String(i + 1).padStart(3)}. ${insight.sentence}`, `     ${aside(insight)}`, `     ${insight.remedy}`)
  }
  const smaller = insights.ranked.length - MAX_LISTED
  if (smaller > 0) lines.push(`     ${smaller} smaller`)
  return `${lines.join('\n')}\n`
}

/** How many there are; where there are none, what was looked for. Silence is a result. */
export function silenceOr({ ranked, operations, ran, skipped }: Insights): string {
  const looked = `${operations.toLocaleString('en')} operation${operations === 1 ? '' : 's'}`
  if (ranked.length > 0) return `${ranked.length} insight${ranked.length === 1 ? '' : 's'} in ${looked}`
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].join('; ')
  const could = skipped.length > 0 ? `, ${skipped.length} could not (${reasons})` : ''
  return `nothing found in ${looked}; ${ran.length} checks ran${could}`
}

/** Up to how much, and how sure. */
export function aside({ savedMs, confidence, partOf, kind }: Insight): string {
  const saved = savedMs > 0 ? `up to ${timeText(savedMs)} · ` : ''
  return `${saved}${confidence}${partOf === undefined ? '' : ` · part of ${partOf}`} · ${kind}`
}
