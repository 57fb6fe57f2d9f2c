// Node. The figures as tables for people.
import { markdownTable } from '../harness/markdown-table.ts'
import type { Spread } from '../harness/spread.ts'
import { type Figures, find, ratio } from './figures.ts'
import type { Variant } from './plan.ts'
import type { Verdict } from './targets.ts'

const short = (count: number): string => (count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`)

/** One row per variant. `rounds` says how many are usual; a cell from fewer says so itself. */
export function costTable(figures: Figures, variants: readonly Variant[], counts: readonly number[]): string {
  const usual = new Map(counts.map((count) => [count, find(figures, 'bare', count)?.overBareNs.rounds]))
  const header = [
    'variant',
    ...counts.map((count) => `ns/op at ${short(count)}, ${usual.get(count) ?? 0} rounds`),
    '× ring',
    '× ours',
    ...counts.map((count) => `B/op kept at ${short(count)}`),
  ]
  const ratios = (of: string, to: string): string =>
    counts.map((count) => ratio(figures, of, to, count)?.toFixed(2) ?? '–').join(' / ')
  const rows = variants.map(({ name, label }) => [
    label,
    ...counts.map((count) => {
      const figure = find(figures, name, count)
      // The bare await is what is subtracted from the others: for it alone, its own cost is shown.
      return nanoseconds(name === 'bare' ? figure?.cpuNs : figure?.overBareNs, usual.get(count))
    }),
    ...(name === 'bare' ? ['–', '–'] : [ratios(name, 'ring'), ratios(name, 'ours')]),
    ...counts.map((count) => find(figures, name, count)?.retainedBytesPerOperation.median.toFixed(1) ?? '–'),
  ])
  return markdownTable(header, rows)
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ['promise', 'operations', 'measured', 'target', 'verdict'],
    verdicts.map(({ promise, count, measured, target, met }) => [
      promise,
      count,
      measured,
      target,
      met === undefined ? '–' : met ? 'met' : 'missed',
    ]),
  )
}

function nanoseconds(spread: Spread | undefined, usualRounds: number | undefined): string {
  if (spread === undefined) return '–'
  const figure = (value: number): string => Math.round(value).toLocaleString('en')
  const range = spread.rounds > 1 ? ` [${figure(spread.min)}–${figure(spread.max)}]` : ''
  const rounds = spread.rounds === usualRounds ? '' : ` (${spread.rounds} rounds)`
  return `${figure(spread.median)}${range}${rounds}`
}
