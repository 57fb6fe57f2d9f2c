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
/** The median, and where it surely is: one burst says little on a machine with other users. */
const spread = ({ median, low, high }: Spread, text: (value: number) => string): string =>
  `${text(median)} [${text(low)} to ${text(high)}]`

/** One row per variant. The first is what the others add to: for it, its own cost is shown. */
export function callTable(figures: Figures, variants: readonly Variant[]): string {
  const first = variants[0]?.name ?? ''
  const base = find(figures, first)
  const rows = variants.flatMap(({ name, label }) => {
    const figure = find(figures, name)
    if (!figure || !base) return []
    const { calls, all } = name === first ? figure.own : figure.over
    const ring = find(figures, 'ring')
    /** A ring whose cost can't be distinguished from none is no measure. */
    const toRing = (['calls', 'all'] as const).map(what =>
      ring && ring.over[what].low > 0 ? (ratio(figures, what, name, 'ring')?.toFixed(1) ?? NONE) : NONE,
    )
    return [
      [
        label,
        spread(calls, whole),
        spread(all, whole),
        name === first ? NONE : toRing.join(' / '),
        name === first ? NONE : spread(figure.over.all, value => percent(value / base.own.all.median)),
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
