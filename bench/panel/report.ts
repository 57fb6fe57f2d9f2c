// Node. The panel's figures as tables for people.
import { markdownTable } from '../harness/markdown-table.ts'
import { spreadOf } from '../harness/spread.ts'
import { LIVE_VIEWS } from './live.ts'
import { type Figures, PEERS, type Plan } from './measure.ts'
import { STEPS } from './steps.ts'
import { median } from './targets.ts'

const NONE = '–'
const PEER_NAMES = { uplot: 'plain uPlot points', chartjs: 'Chart.js points' }
const short = (count: number): string => (count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`)
const digits = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

/** CPU of the main thread; how often each was measured stands above the table. */
export function costTable(formatters: Figures, { sizes }: Plan): string {
  const cells = (what: string, who: string): string[] =>
    sizes.map(size => {
      const spread = spreadOf(formatters.of(what, who, size))
      if (!spread) return NONE
      const { median, min, max, rounds } = spread
      return rounds === 1 ? digits(median) : `${digits(median)} [${digits(min)}–${digits(max)}]`
    })
  const rows = [
    ...STEPS.map(({ id, title }) => [title, ...cells(id, 'panel')]),
    ...LIVE_VIEWS.map(({ id, title }) => [`${title}: a second`, ...cells(id, 'panel')]),
    ...PEERS.flatMap(peer =>
      ['pan', 'zoom'].map(what => [`${PEER_NAMES[peer]}: ${what}, a frame`, ...cells(what, peer)]),
    ),
  ]
  return markdownTable(['CPU ms', ...sizes.map(short)], rows)
}

export function timeTable(formatters: Figures, { sizes }: Plan): string {
  const cells = (what: string, of: 'median' | 'max'): string[] =>
    sizes.map(size => {
      const spread = spreadOf(formatters.of(what, 'panel', size))
      return spread ? digits(spread[of]) : NONE
    })
  const longest = (what: string, title: string): string[] => {
    const wall = cells(`${what} longest wall`, 'max')
    return [`longest task: ${title}`, ...cells(`${what} longest`, 'max').map((cpu, i) => `${cpu} (${wall[i]})`)]
  }
  const rows = [
    ['open a stored session: first chart', ...cells('first-chart', 'median')],
    ['open a stored session: all of it', ...cells('all', 'median')],
    ...STEPS.map(({ id, title }) => longest(id, title)),
    ...LIVE_VIEWS.map(({ id, title }) => longest(id, title)),
    longest('all', 'a stored session opened'),
  ]
  return markdownTable(['ms', ...sizes.map(short)], rows)
}

export function memoryTable(formatters: Figures, { sizes }: Plan): string {
  const row = (title: string, what: string): string[] => [
    title,
    ...sizes.map(size => {
      const bytes = median(formatters, what, 'panel', size)
      return bytes === undefined ? NONE : (bytes / 1e6).toFixed(1)
    }),
  ]
  const rows = [row('JS and DOM objects', 'heap'), row('typed arrays', 'buffers')]
  return markdownTable(['MB after a collection', ...sizes.map(short)], rows)
}
