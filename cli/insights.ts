// Node: `perf-devtools insights`.
import { parseArgs } from 'node:util'
import { findInsights, type Insights } from '../model/insights/find-insights.ts'
import { insightsMarkdown } from '../model/insights/insights-markdown.ts'
import { insightsText } from '../model/insights/insights-text.ts'
import type { SessionModel } from '../model/session/session-model.ts'
import { openSession } from './open-session.ts'
import { type Command, complete, oneOf, UsageError } from './usage.ts'

const FORMATS = ['text', 'json', 'markdown'] as const

export const insightsCommand: Command = {
  name: 'insights',
  summary: 'what to fix first in recorded sessions',
  help: `perf-devtools insights FILE… [--format text|json|markdown]

Says of each session file (.json or .json.gz) what to fix first, up to how much it would save, and how sure that is.

  --format FORMAT  text (default), json: an array of {file, insights}, or markdown

Exit code: 0; 2 for wrong usage and for a file that cannot be read.`,
  async run(args, { out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { format: { type: 'string', default: 'text' } },
      allowPositionals: true,
    })
    const format = oneOf('--format', values.format, FORMATS)
    if (positionals.length === 0) throw new UsageError('name at least one session file.')
    const found: { file: string; session: SessionModel; insights: Insights }[] = []
    for (const file of positionals) {
      const session = await openSession(file)
      found.push({ file, session, insights: complete(findInsights(session)) })
    }
    if (format === 'json') out(`${JSON.stringify(found.map(toJson), null, 2)}\n`)
    else {
      const write = format === 'markdown' ? insightsMarkdown : insightsText
      out(found.map(({ file, session, insights }) => write(insights, { title: file, session })).join('\n'))
    }
    return 0
  },
}

function toJson({ file, session, insights }: { file: string; session: SessionModel; insights: Insights }) {
  return {
    file,
    insights: insights.ranked.map(({ kind, route, confidence, savedMs, count, rows, sentence, remedy, caveats }) => ({
      kind,
      route,
      confidence,
      savedMs,
      count,
      operations: rows.map(row => session.operations.idOf(row)),
      sentence,
      remedy,
      caveats,
    })),
    checks: { ran: insights.ran, skipped: insights.skipped },
  }
}
