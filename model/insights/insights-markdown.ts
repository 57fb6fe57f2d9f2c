// Any world: insights as Markdown, for an issue, a pull request or a coding agent. Bounded, and as redacted as an export.
import type { SessionModel } from '../session/session-model.ts'
import type { Insights } from './find-insights.ts'
import type { Insight } from './insight.ts'
import { APART_HEADING, aside, isFirstApart, MAX_LISTED, silenceOr } from './insights-text.ts'

/** Operations of an insight that are named. */
const MAX_OPERATIONS = 10

interface Named {
  title: string
  session: SessionModel
}

export function insightsMarkdown(insights: Insights, { title, session }: Named): string {
  const parts = [`## ${title}`, '', `${capitalised(silenceOr(insights))}.`, '']
  for (const [i, insight] of insights.ranked.slice(0, MAX_LISTED).entries()) {
    if (isFirstApart(insights.ranked, i)) parts.push(`**${APART_HEADING}**`, '')
    parts.push(
      `### ${i + 1}. ${insight.sentence}`,
      '',
      `*${aside(insight)}*`,
      '',
      ...insightLines(insight, session),
      '',
    )
  }
  return parts.join('\n')
}

/** The body of one insight: what to do, what speaks against it, where, and which operations show it. */
export function insightLines({ remedy, caveats, callSite, rows }: Insight, { operations }: SessionModel): string[] {
  const ids = rows.slice(0, MAX_OPERATIONS).map(row => `\`${operations.idOf(row)}\``)
  const more = rows.length > ids.length ? ` and ${rows.length - ids.length} more` : ''
  return [
    remedy,
    ...(caveats.length > 0 ? ['', ...caveats.map(caveat => `- ${caveat}`)] : []),
    ...(callSite ? ['', 'Started at:', '', '```', ...callSite, '```'] : []),
    ...(ids.length > 0 ? ['', `Operations: ${ids.join(', ')}${more}`] : []),
  ]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
