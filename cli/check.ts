// Node: `perf-devtools check`.
import { parseArgs } from 'node:util'
import { checkBudgets, exceededText } from '../model/checks/budgets.ts'
import { unwantedInsights } from '../model/checks/no-insights.ts'
import { compareSessions } from '../model/comparison/compare-sessions.ts'
import { comparisonJson } from '../model/comparison/comparison-json.ts'
import { comparisonMarkdown, comparisonText } from '../model/comparison/comparison-text.ts'
import { aside } from '../model/insights/insights-text.ts'
import { type Baseline, baselineFiles, readBaseline } from '../node/baseline.ts'
import { complete } from '../node/complete.ts'
import { describeMachine, machineNote } from '../node/machine.ts'
import { UnreadableFile } from '../node/session-file.ts'
import { caseOf } from './compare.ts'
import { type CheckConfig, readConfig } from './config.ts'
import { openSession } from './open-session.ts'
import { FORMAT_HELP, formatOf, type Report, type ReportCase, writeReport } from './report.ts'
import { type RecordedTest, recordedTests } from './run-tests.ts'
import { type Command, EXIT_WORSE, UsageError } from './usage.ts'

/** One part of the report: what a test was held against. */
interface Section {
  title: string
  text: string
  markdown: string
  json: unknown
  cases: ReportCase[]
}

export const checkCommand: Command = {
  name: 'check',
  summary: 'whether sessions keep to a baseline, to budgets, and free of insights',
  help: `perf-devtools check [FILE…] [--config FILE] [--strict] [--format FORMAT]

Runs the tests as perf.config.json says, or takes session files, and compares them with the baseline, test by test; holds
them against the budgets; and looks for the insights that the configuration does not want. docs/ci.md has all settings.

  --config FILE    the configuration (default perf.config.json)
  --strict         exit with 1 also if something is inconclusive, has no baseline, a budget matches nothing, or there is
                   nothing to check against
${FORMAT_HELP}

Exit code: 0; 1 if the tests fail, a name became slower or fails more, a budget is exceeded or an insight is found; 2 for
wrong usage and for a file that cannot be read.`,
  async run(args, streams) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { config: { type: 'string' }, strict: { type: 'boolean' }, format: { type: 'string' } },
      allowPositionals: true,
    })
    const format = formatOf(values.format)
    const strict = values.strict === true
    const config = await readConfig(values.config)
    const baseline = await openBaseline(config)
    const { byTest, failure } = await recordedTests(positionals, config, streams)
    const notes = baseline ? [machineNote(baseline.machine, describeMachine())].filter(note => note !== undefined) : []
    const sections: Section[] = []
    if (failure !== undefined) sections.push(failedRun(failure))
    if (!baseline && Object.keys(config.budgets).length === 0 && config.insights === false) {
      sections.push(nothingToCheck(config, strict))
    }
    for (const [test, recorded] of byTest) {
      if (baseline) sections.push(await compareTest(test, recorded, config, strict))
      sections.push(...checkTest(test, recorded, config, strict))
    }
    const report = reportOf(sections, notes)
    await writeReport(report, format, streams)
    return report.cases.some(({ state }) => state === 'failed') ? EXIT_WORSE : 0
  },
}

async function openBaseline({ baseline, needsBaseline }: CheckConfig): Promise<Baseline | undefined> {
  try {
    const found = await readBaseline(baseline)
    if (found || !needsBaseline) return found
    throw new UsageError(`there is no baseline in ${baseline}: write one with perf-devtools baseline.`)
  } catch (error) {
    throw error instanceof UnreadableFile ? new UsageError(error.message) : error
  }
}

function failedRun(message: string): Section {
  const cases: ReportCase[] = [{ name: 'the tests', state: 'failed', message }]
  return { title: 'the tests', text: `failed       ${message}`, markdown: message, json: { failure: message }, cases }
}

function nothingToCheck({ baseline }: CheckConfig, strict: boolean): Section {
  const message = `There is nothing to check against: no baseline in ${baseline}, and no budgets or insights in the configuration.`
  const cases: ReportCase[] = [{ name: 'the configuration', state: strict ? 'failed' : 'skipped', message }]
  return { title: 'the configuration', text: `note: ${message}`, markdown: message, json: { note: message }, cases }
}

async function compareTest(
  test: string,
  { files, sessions }: RecordedTest,
  { baseline, thresholds }: CheckConfig,
  strict: boolean,
): Promise<Section> {
  const before = await baselineFiles(baseline, test)
  if (!before) {
    const message = `${test} is not in the baseline.`
    const cases: ReportCase[] = [{ name: test, state: strict ? 'failed' : 'skipped', message }]
    return { title: test, text: `note: ${message}`, markdown: message, json: { test, names: [] }, cases }
  }
  const comparison = complete(compareSessions(await Promise.all(before.map(openSession)), sessions, thresholds))
  const cases = comparison.names.map(each => {
    const found = caseOf(each, strict)
    const attached = found.state === 'failed' ? `\nsessions: ${files.join(' ')}` : ''
    return { ...found, name: `${test}: ${each.name}`, ...(found.message ? { message: found.message + attached } : {}) }
  })
  const sides = `${sessions.length} run${sessions.length === 1 ? '' : 's'}, ${before.length} of the baseline`
  const isWorse = cases.some(({ state }) => state === 'failed')
  return {
    title: `${test} (${sides})`,
    text: `${comparisonText(comparison).trimEnd()}${isWorse ? `\nsessions: ${files.join(' ')}` : ''}`,
    markdown: `${comparisonMarkdown(comparison)}${isWorse ? `\nSessions: ${files.map(file => `\`${file}\``).join(', ')}\n` : ''}`,
    json: { test, sessions: files, ...comparisonJson(comparison) },
    cases,
  }
}

function checkTest(
  test: string,
  { files, sessions }: RecordedTest,
  { budgets, insights }: CheckConfig,
  strict: boolean,
): Section[] {
  const cases: ReportCase[] = []
  const lines: string[] = []
  const { exceeded, unmatched } = complete(checkBudgets(sessions, budgets))
  for (const each of exceeded) {
    lines.push(`exceeded     ${exceededText(each)}`)
    cases.push({ name: `${test}: ${each.name} ${each.limit}`, state: 'failed', message: exceededText(each) })
  }
  for (const pattern of unmatched) {
    const message = `The budget of "${pattern}" matches no operation.`
    lines.push(`note: ${message}`)
    cases.push({ name: `${test}: ${pattern}`, state: strict ? 'failed' : 'skipped', message })
  }
  const kinds = insights === true ? undefined : insights
  const found = kinds === false ? [] : complete(unwantedInsights(sessions, kinds))
  for (const insight of found) {
    const message = `${insight.sentence} (${aside(insight)})`
    lines.push(`found        ${message}`, `             ${insight.remedy}`)
    cases.push({
      name: `${test}: ${insight.kind} ${insight.route}`,
      state: 'failed',
      message: `${message}\n${insight.remedy}`,
    })
  }
  if (lines.length === 0) return []
  if (exceeded.length + found.length > 0) lines.push(`sessions: ${files.join(' ')}`)
  return [
    {
      title: `${test}: budgets and insights`,
      text: lines.join('\n'),
      markdown: lines.map(line => `- ${line.replace(/ {2,}/g, ' ')}`).join('\n'),
      json: {
        test,
        sessions: files,
        exceeded,
        unmatched,
        insights: found.map(({ kind, route, sentence }) => ({ kind, route, sentence })),
      },
      cases,
    },
  ]
}

function reportOf(sections: readonly Section[], notes: readonly string[]): Report {
  const cases = sections.flatMap(section => section.cases)
  const summary = summaryOf(cases)
  const texts = sections.map(({ title, text }) => `${title}\n${text.replace(/^/gm, '  ')}`)
  return {
    title: 'perf-devtools check',
    text: `${[...notes.map(note => `note: ${note}`), ...texts, summary].join('\n\n')}\n`,
    markdown: `${[`## ${summary}`, ...notes.map(note => `> ${note}`), ...sections.map(({ title, markdown }) => `### ${title}\n\n${markdown}`)].join('\n\n')}\n`,
    json: { summary, notes, sections: sections.map(({ json }) => json) },
    cases,
  }
}

function summaryOf(cases: readonly ReportCase[]): string {
  const count = (state: ReportCase['state']): number => cases.filter(each => each.state === state).length
  const unsure = count('skipped')
  const rest = unsure > 0 ? `, ${unsure} inconclusive or not compared` : ''
  return `Perf: ${count('failed')} failed, ${count('passed')} passed${rest}.`
}
