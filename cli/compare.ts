// Node: `perf-devtools compare`.
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compareInsights } from '../model/comparison/compare-insights.ts'
import { type ComparedName, compareSides } from '../model/comparison/compare-sessions.ts'
import { comparisonJson } from '../model/comparison/comparison-json.ts'
import { comparisonMarkdown, comparisonText } from '../model/comparison/comparison-text.ts'
import type { Run } from '../model/comparison/samples.ts'
import { complete } from '../node/complete.ts'
import { openSession } from './open-session.ts'
import { FORMAT_HELP, formatOf, type ReportCase, writeReport } from './report.ts'
import { type Command, EXIT_WORSE, shareOf, timeOf, UsageError } from './usage.ts'

export const compareCommand: Command = {
  name: 'compare',
  summary: 'two sides of recorded sessions: what became slower or faster',
  help: `perf-devtools compare BASE… --with NEW… [--slower 10%] [--at-least 5ms] [--strict] [--format FORMAT]

Compares the operations of session files by name. Several files of a side are its runs: runs count, as each differs
from the next by more than its samples tell.

  --with FILE…     the new side; everything before it is the baseline
  --slower SHARE   by how much a name has to be slower to be called so (default 10%)
  --at-least TIME  and by how much in milliseconds (default 5ms)
  --strict         exit with 1 also if something is inconclusive
${FORMAT_HELP}

Exit code: 0; 1 if a name became slower or fails more; 2 for wrong usage, for a file that cannot be read,
and for one without operations.`,
  async run(args, streams) {
    const at = args.indexOf('--with')
    if (at < 0) throw new UsageError('name the new side after --with.')
    const base = parse(args.slice(0, at))
    const next = parse(args.slice(at + 1))
    const options = { ...base.values, ...next.values }
    const format = formatOf(options.format)
    const thresholds = {
      ratio: shareOf('--slower', options.slower ?? '10%'),
      shiftMs: timeOf('--at-least', options['at-least'] ?? '5ms'),
    }
    if (base.positionals.length === 0) throw new UsageError('name at least one session file before --with.')
    if (next.positionals.length === 0) throw new UsageError('name at least one session file after --with.')
    const known = new Set<string>()
    for (const file of [...base.positionals, ...next.positionals]) {
      const path = await realpath(file).catch(() => resolve(file))
      if (known.has(path)) throw new UsageError(`${file} is named twice.`)
      known.add(path)
    }
    const before = await runsOf(base.positionals)
    const after = await runsOf(next.positionals)
    const comparison = complete(compareSides(before, after, thresholds))
    const insights = complete(compareInsights(before, after))
    const cases = comparison.names.map(each => caseOf(each, options.strict === true))
    const report = {
      title: 'perf-devtools compare',
      text: comparisonText(comparison, insights),
      markdown: comparisonMarkdown(comparison, insights),
      json: comparisonJson(comparison, insights),
      cases,
    }
    await writeReport(report, format, streams)
    return cases.some(({ state }) => state === 'failed') ? EXIT_WORSE : 0
  },
}

/** One after the other: a session takes much memory while it is read. */
async function runsOf(files: readonly string[]): Promise<Run[]> {
  const runs: Run[] = []
  for (const file of files) {
    const session = await openSession(file)
    if (session.operations.length === 0) throw new UsageError(`${file} has no operations to compare.`)
    runs.push({ session })
  }
  return runs
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      format: { type: 'string' },
      slower: { type: 'string' },
      'at-least': { type: 'string' },
      strict: { type: 'boolean' },
    },
    allowPositionals: true,
  })
}

/** @param strict whether what is inconclusive does not pass. */
export function caseOf(each: ComparedName, strict: boolean): ReportCase {
  const { name, verdict, failsMore } = each
  const message = comparisonText({ names: [each], limits: [] }).trimEnd()
  if (verdict === 'slower' || failsMore) return { name, state: 'failed', message }
  if (verdict !== 'inconclusive') return { name, state: 'passed' }
  return { name, state: strict ? 'failed' : 'skipped', message }
}
