// Any world: a comparison for a terminal, and as Markdown.
import { timeText } from '../insights/amounts.ts'
import type { InsightChanges } from './compare-insights.ts'
import type { ComparedName, Comparison } from './compare-sessions.ts'
import { changeText, shiftText } from './verdict-text.ts'

type Listed = Pick<Comparison, 'names' | 'limits'>

const NONE: InsightChanges = { appeared: [], gone: [] }
/** Names that are listed: the rest is counted. */
const MAX_LISTED = 50

export function comparisonText({ names, limits }: Listed, insights: InsightChanges = NONE): string {
  const width = Math.min(50, Math.max(0, ...names.map(({ name }) => name.length)))
  const lines = limits.map(limit => `note: ${limit}`)
  for (const each of names.slice(0, MAX_LISTED)) {
    lines.push(`${each.verdict.padEnd(13)}${printable(each.name).padEnd(width)}  ${detailOf(each)}`)
  }
  if (names.length > MAX_LISTED) lines.push(`${names.length - MAX_LISTED} more`)
  for (const { sentence } of insights.appeared) lines.push(`new insight: ${sentence}`)
  for (const { sentence } of insights.gone) lines.push(`no longer: ${sentence}`)
  return `${lines.join('\n')}\n`
}

export function comparisonMarkdown({ names, limits }: Listed, insights: InsightChanges = NONE): string {
  const head = ['| verdict | name | ratio | shift | p95 | failed | samples |', '|---|---|---|---|---|---|---|']
  const rows = names.slice(0, MAX_LISTED).map(each => {
    const { name, verdict, before, after } = each
    const cells = [
      verdict,
      `\`${name.replaceAll('|', '\\|').replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``,
      ratioOf(each),
      shiftOf(each),
      p95Of(each),
      `${before.failed} → ${after.failed}`,
      `${before.durations.length} → ${after.durations.length}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const more = names.length > MAX_LISTED ? [`\n${names.length - MAX_LISTED} more`] : []
  const changes = [
    ...insights.appeared.map(({ sentence }) => `- New insight: ${sentence}`),
    ...insights.gone.map(({ sentence }) => `- No longer: ${sentence}`),
  ]
  if (changes.length > 0) more.push('', ...changes)
  return `${[...limits.map(limit => `> ${limit}\n`), ...head, ...rows, ...more].join('\n')}\n`
}

function detailOf(each: ComparedName): string {
  const { before, after, failsMore, moreRuns } = each
  const parts = [ratioOf(each), shiftOf(each), p95Of(each) && `p95 ${p95Of(each)}`]
  if (before.failed + after.failed > 0)
    parts.push(`failed ${before.failed} → ${after.failed}${failsMore ? ' (more than by chance)' : ''}`)
  parts.push(`n = ${before.durations.length}, ${after.durations.length}`)
  if (moreRuns !== undefined) parts.push(`about ${moreRuns} more run${moreRuns === 1 ? '' : 's'} would tell`)
  return parts.filter(Boolean).join(' · ')
}

/** By how much slower or faster, with its interval. */
function ratioOf({ difference }: ComparedName): string {
  if (!difference) return ''
  const { estimate, low, high } = difference.ratio
  return `${changeText(estimate)} (${changeText(low)} to ${changeText(high)})`
}

function shiftOf({ difference }: ComparedName): string {
  return difference ? shiftText(difference.shift.estimate) : ''
}

function p95Of({ p95 }: ComparedName): string {
  return p95 ? `${timeText(p95.before)} → ${timeText(p95.after)}` : ''
}

/** A page chooses its names: control characters could move a terminal's cursor. */
function printable(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, ' ')
}
