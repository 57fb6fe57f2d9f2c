// Node. The figures as tables for people.
import { markdownTable } from '../harness/markdown-table.ts'
import type { Spread } from '../harness/spread.ts'
import { type Figures, find, ratio } from './figures.ts'
import type { Variant } from './plan.ts'
import type { Verdict } from './targets.ts'

const short = (count: number): string => (count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`)
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const roundsText = (rounds: number): string => (rounds === 1 ? '1 round' : `${rounds} rounds`)
const NONE = '–'

/** One row per variant. The header tells how many rounds are usual; a cell from fewer says so itself. */
export function costTable(figures: Figures, variants: readonly Variant[], counts: readonly number[]): string {
  const usual = (count: number): number => find(figures, 'bare', count)?.cpuNs.rounds ?? 0
  const ratios = (of: string, to: string): string =>
    counts.map(count => ratio(figures, of, to, count)?.toFixed(2) ?? NONE).join(' / ')
  const hasOurs = variants.some(({ name }) => name === 'ours')
  const header = [
    'variant',
    ...counts.map(count => `ns/op, ${short(count)} (${roundsText(usual(count))})`),
    '× ring',
    ...(hasOurs ? ['× ours'] : []),
    ...counts.map(count => `B/op kept, ${short(count)}`),
    'kB at load',
  ]
  const rows = variants.map(({ name, label }) => [
    label,
    // The bare await is what is subtracted from the others; for it alone, its own cost is shown.
    ...counts.map(count => {
      const figure = find(figures, name, count)
      return nanoseconds(name === 'bare' ? figure?.cpuNs : figure?.overBareNs, usual(count))
    }),
    name === 'bare' ? NONE : ratios(name, 'ring'),
    ...(hasOurs ? [name === 'bare' ? NONE : ratios(name, 'ours')] : []),
    ...counts.map(count => find(figures, name, count)?.retainedBytesPerOperation.median.toFixed(1) ?? NONE),
    kilobytesAtLoad(figures, name, counts),
  ])
  return markdownTable(header, rows)
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ['promise', 'operations', 'measured', 'target', 'verdict'],
    verdicts.map(({ promise, operations, measured, target, met }) => [
      promise,
      operations,
      measured,
      target,
      met ? 'met' : 'missed',
    ]),
  )
}

function nanoseconds(spread: Spread | undefined, usualRounds: number): string {
  if (spread === undefined) return NONE
  const { median, min, max, rounds } = spread
  const range = rounds > 1 ? ` [${whole(min)}–${whole(max)}]` : ''
  const fewer = rounds === usualRounds ? '' : ` (${roundsText(rounds)})`
  return `${whole(median)}${range}${fewer}`
}

/** Over the page with the bare await: code, tables and buffers that are there before the first operation. */
function kilobytesAtLoad(figures: Figures, name: string, counts: readonly number[]): string {
  const count = counts[0] ?? 0
  const [own, bare] = [find(figures, name, count), find(figures, 'bare', count)]
  return own && bare ? whole((own.bytesAtLoad.median - bare.bytesAtLoad.median) / 1000) : NONE
}
