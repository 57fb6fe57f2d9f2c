// Node: what a command found, in the format that was asked for; and in the summary of a run of GitHub Actions.
import { appendFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { truncate } from '../wire/truncate.ts'
import { printable } from './printable.ts'
import { oneOf, type Streams, UsageError, writing } from './usage.ts'

const FORMATS = ['text', 'json', 'markdown', 'junit'] as const
export type ReportFormat = (typeof FORMATS)[number]

/**
 * Characters, each of which takes up to three bytes. The summary of a step may have 1 MiB:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
const MAX_SUMMARY = 300_000

export const FORMAT_HELP = `  --format FORMAT  text (default), json, markdown or junit`

/** One statement of a report, which holds or not. */
export interface ReportCase {
  name: string
  state: 'passed' | 'failed' | 'skipped'
  /** Why, where it did not pass. */
  message?: string
}

export interface Report {
  /** Names it in JUnit's format. */
  title: string
  text: string
  markdown: string
  json: unknown
  cases: readonly ReportCase[]
}

export function formatOf(value: string | undefined): ReportFormat {
  return oneOf('--format', value ?? 'text', FORMATS)
}

/** The arguments of a command that reports on session files. */
export function parseFiles(args: readonly string[]): { files: readonly string[]; format: ReportFormat } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { format: { type: 'string' } },
    allowPositionals: true,
  })
  const format = formatOf(values.format)
  if (positionals.length === 0) throw new UsageError('name at least one session file.')
  return { files: positionals, format }
}

export async function writeReport(report: Report, format: ReportFormat, { out, colours }: Streams): Promise<void> {
  if (format === 'json') out(`${JSON.stringify(report.json, null, 2)}\n`)
  else if (format === 'markdown') out(printable(report.markdown))
  else if (format === 'junit') out(junitOf(report))
  else {
    const text = printable(report.text)
    out(colours ? coloured(text) : text)
  }
  const summary = process.env.GITHUB_STEP_SUMMARY
  if (!summary) return
  await writing('GITHUB_STEP_SUMMARY', () => appendFile(summary, `${truncate(report.markdown, MAX_SUMMARY)}\n`))
}

const [RED, GREEN, YELLOW, END] = ['\u001b[31m', '\u001b[32m', '\u001b[33m', '\u001b[39m']
const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/^(\s*)(slower|failed|exceeded|found)\b/gm, RED],
  [/^(\s*)(faster|ok)\b/gm, GREEN],
  [/^(\s*)(inconclusive|note)\b/gm, YELLOW],
]

/** Colours each line by its first word. */
function coloured(text: string): string {
  return COLOURS.reduce((shown, [word, colour]) => shown.replace(word, `$1${colour}$2${END}`), text)
}

/** https://github.com/testmoapp/junitxml */
function junitOf({ title, cases }: Report): string {
  const count = (state: ReportCase['state']): number => cases.filter(each => each.state === state).length
  const lines = cases.map(({ name, state, message = '' }) => {
    const opening = `    <testcase classname="${escaped(title)}" name="${escaped(name)}"`
    if (state === 'passed') return `${opening}/>`
    const [first = ''] = message.split('\n')
    const inner =
      state === 'failed'
        ? `<failure message="${escaped(first)}">${escaped(message)}</failure>`
        : `<skipped message="${escaped(first)}"/>`
    return `${opening}>\n      ${inner}\n    </testcase>`
  })
  const counts = `tests="${cases.length}" failures="${count('failed')}" skipped="${count('skipped')}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(title)}" ${counts}>`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** Without the characters that XML cannot hold: https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return truncate(text, Number.MAX_SAFE_INTEGER)
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '�')
    .replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
