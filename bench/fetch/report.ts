// Node. The figures as tables for people.
import { markdownTable } from '../harness/markdown-table.ts'
import type { Spread } from '../harness/spread.ts'
import type { DocumentStart } from './document-start.ts'
import { type Figures, find, ratio } from './figures.ts'
import type { Variant } from './plan.ts'
import type { ScriptSize } from './script-sizes.ts'
import { percent } from './targets.ts'

const NONE = '–'
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const spread = ({ median, min, max }: Spread, text: (value: number) => string): string =>
  `${text(median)} [${text(min)}–${text(max)}]`

/** One row per variant. The first is what the others add to: for it, its own cost is shown. */
export function callTable(figures: Figures, variants: readonly Variant[]): string {
  const first = variants[0]?.name ?? ''
  const base = find(figures, first)
  const rows = variants.flatMap(({ name, label }) => {
    const figure = find(figures, name)
    if (!figure || !base) return []
    const { calls, all } = name === first ? figure.own : figure.over
    const toRing = (['calls', 'all'] as const).map(what => ratio(figures, what, name, 'ring')?.toFixed(1) ?? NONE)
    return [
      [
        label,
        spread(calls, whole),
        spread(all, whole),
        name === first ? NONE : toRing.join(' / '),
        name === first ? NONE : percent(figure.over.all.median / base.own.all.median),
      ],
    ]
  })
  return markdownTable(['variant', 'the calls, ns', 'with what they put off, ns', '× ring', 'added'], rows)
}

export function documentTable({ rows }: DocumentStart): string {
  const ms = (value: number): string => value.toFixed(2)
  return markdownTable(
    [`DevTools open, an empty page, ${rows[0]?.own.rounds ?? 0} loads each`, 'CPU ms', 'added, of the medians'],
    rows.map(({ label, own, added }, i) => [label, spread(own, ms), i === 0 ? NONE : ms(added)]),
  )
}

export function sizeTable(sizes: readonly ScriptSize[]): string {
  return markdownTable(
    ['script', 'minified, B', 'gzipped, B'],
    sizes.map(({ script, minified, gzipped }) => [script, whole(minified), whole(gzipped)]),
  )
}
