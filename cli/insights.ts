// Node: `perf-devtools insights`.
import { findInsights, type Insights } from '../model/insights/find-insights.ts'
import { insightsMarkdown } from '../model/insights/insights-markdown.ts'
import { aside, insightsText } from '../model/insights/insights-text.ts'
import type { SessionModel } from '../model/session/session-model.ts'
import { complete } from '../node/complete.ts'
import { openSession } from './open-session.ts'
import { FORMAT_HELP, parseFiles, type ReportCase, writeReport } from './report.ts'
import type { Command } from './usage.ts'

interface Found {
  file: string
  session: SessionModel
  insights: Insights
}

export const insightsCommand: Command = {
  name: 'insights',
  summary: 'what to fix first in recorded sessions',
  help: `perf-devtools insights FILE… [--format FORMAT]

Says of each session file (.json or .json.gz) what to fix first, up to how much it would save, and how sure that is.

${FORMAT_HELP}. json is an array of {file, insights}

Exit code: 0; 2 for wrong usage and for a file that cannot be read. To fail where there are any, use check.`,
  async run(args, streams) {
    const { files, format } = parseFiles(args)
    const found: Found[] = []
    for (const file of files) {
      const session = await openSession(file)
      found.push({ file, session, insights: complete(findInsights(session)) })
    }
    const report = {
      title: 'perf-devtools insights',
      text: found.map(({ file, session, insights }) => insightsText(insights, { title: file, session })).join('\n'),
      markdown: found
        .map(({ file, session, insights }) => insightsMarkdown(insights, { title: file, session }))
        .join('\n'),
      json: found.map(insightsJson),
      cases: found.flatMap(casesOf),
    }
    await writeReport(report, format, streams)
    return 0
  },
}

function casesOf({ file, insights }: Found): ReportCase[] {
  if (insights.ranked.length === 0) return [{ name: file, state: 'passed' }]
  return insights.ranked.map(insight => ({
    name: `${file}: ${insight.kind} ${insight.route}`,
    state: 'skipped',
    message: `${insight.sentence} (${aside(insight)})\n${insight.remedy}`,
  }))
}

export function insightsJson({ file, session, insights }: Found) {
  return {
    file,
    insights: insights.ranked.map(
      ({ kind, route, confidence, savedMs, count, rows, sentence, remedy, caveats, apart }) => ({
        kind,
        route,
        confidence,
        savedMs,
        count,
        operations: rows.map(row => session.operations.idOf(row)),
        sentence,
        remedy,
        caveats,
        ...(apart === undefined ? {} : { apart }),
      }),
    ),
    checks: { ran: insights.ran, skipped: insights.skipped },
  }
}
