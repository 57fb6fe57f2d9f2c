// Node: `perf-devtools compare`.
import { parseArgs } from 'node:util'
import { type ComparedName, type Comparison, compareSessions } from '../model/comparison/compare-sessions.ts'
import { comparisonMarkdown, comparisonText } from '../model/comparison/comparison-text.ts'
import { openSession } from './open-session.ts'
import { type Command, complete, oneOf, UsageError } from './usage.ts'

const FORMATS = ['text', 'json', 'markdown'] as const
const EXIT_SLOWER = 1

export const compareCommand: Command = {
  name: 'compare',
  summary: 'two sides of recorded sessions: what became slower or faster',
  help: `perf-devtools compare BASE… --with NEW… [--slower 10%] [--at-least 5ms] [--format text|json|markdown]

Compares the operations of session files by name. Several files of a side are its runs: runs count, as each differs
from the next by more than its samples tell.

  --with FILE…     the new side; everything before it is the baseline
  --slower SHARE   by how much a name has to be slower to be called so (default 10%)
  --at-least TIME  and by how much in milliseconds (default 5ms)
  --format FORMAT  text (default), json or markdown

Exit code: 0; 1 if a name became slower or fails more; 2 for wrong usage and for a file that cannot be read.`,
  async run(args, { out }) {
    const at = args.indexOf('--with')
    if (at < 0) throw new UsageError('name the new side after --with.')
    const base = parse(args.slice(0, at))
    const next = parse(args.slice(at + 1))
    const options = { ...base.values, ...next.values }
    const format = oneOf('--format', options.format ?? 'text', FORMATS)
    const thresholds = {
      ratio: shareOf('--slower', options.slower ?? '10%'),
      shiftMs: timeOf('--at-least', options['at-least'] ?? '5ms'),
    }
    if (base.positionals.length === 0) throw new UsageError('name at least one session file before --with.')
    if (next.positionals.length === 0) throw new UsageError('name at least one session file after --with.')
    const both = new Set(base.positionals.filter(file => next.positionals.includes(file)))
    if (both.size > 0) throw new UsageError(`${[...both].join(', ')} stands on both sides.`)
    const before = await Promise.all(base.positionals.map(openSession))
    const after = await Promise.all(next.positionals.map(openSession))
    const comparison = complete(compareSessions(before, after, thresholds))
    if (format === 'json') out(`${JSON.stringify(toJson(comparison), null, 2)}\n`)
    else out(format === 'markdown' ? comparisonMarkdown(comparison) : comparisonText(comparison))
    return comparison.names.some(({ verdict, failsMore }) => verdict === 'slower' || failsMore) ? EXIT_SLOWER : 0
  },
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { format: { type: 'string' }, slower: { type: 'string' }, 'at-least': { type: 'string' } },
    allowPositionals: true,
  })
}

function shareOf(option: string, text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? []
  if (digits === undefined) throw new UsageError(`${option} takes a share such as 10%; it was given "${text}".`)
  return Number(digits) / 100
}

function timeOf(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  if (digits === undefined) throw new UsageError(`${option} takes a time such as 5ms or 0.1s; it was given "${text}".`)
  return Number(digits) * (unit === 's' ? 1_000 : 1)
}

function toJson({ names, limits }: Comparison) {
  return { limits, names: names.map(nameToJson) }
}

function nameToJson({ name, verdict, before, after, difference, p, p95, failsMore, impactMs, moreRuns }: ComparedName) {
  const side = ({ durations, ...counts }: ComparedName['before']) => ({ samples: durations.length, ...counts })
  return {
    name,
    verdict,
    failsMore,
    before: side(before),
    after: side(after),
    ...(difference ? { ratio: difference.ratio, shiftMs: difference.shift, p } : {}),
    ...(p95 ? { p95 } : {}),
    impactMs,
    ...(moreRuns === undefined ? {} : { moreRuns }),
  }
}
