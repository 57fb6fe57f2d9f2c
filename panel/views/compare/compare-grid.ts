// Panel: the table of compared names.
import type { ComparedName } from '../../../model/comparison/compare-sessions.ts'
import { changeText, shiftText } from '../../../model/comparison/verdict-text.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import type { GridColumn } from '../../kit/grid-frame.ts'

type Key = 'name' | 'verdict' | 'ratio' | 'shift' | 'p95' | 'failed' | 'count'

interface CompareColumn extends GridColumn<Key> {
  text(compared: ComparedName, formatters: Formatters): string
}

/** A sign beside the word, so that rows differ at a glance. */
const SIGNS: Record<ComparedName['verdict'], string> = {
  slower: '▲',
  faster: '▼',
  same: '=',
  inconclusive: '?',
  new: '+',
  gone: '−',
}

const COLUMNS: readonly CompareColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ name }) => name },
  { key: 'verdict', title: 'Verdict', width: 112, text: ({ verdict }) => `${SIGNS[verdict]} ${verdict}` },
  {
    key: 'ratio',
    title: 'Change',
    width: 170,
    numeric: true,
    hint: 'New duration over old, with its 95% confidence interval',
    text: ({ difference }) =>
      difference
        ? `${changeText(difference.ratio.estimate)} (${changeText(difference.ratio.low)} to ${changeText(difference.ratio.high)})`
        : '',
  },
  {
    key: 'shift',
    title: 'A call',
    width: 78,
    numeric: true,
    hint: 'How much longer a call takes',
    text: ({ difference }) => (difference ? shiftText(difference.shift.estimate) : ''),
  },
  {
    key: 'p95',
    title: 'p95',
    width: 130,
    numeric: true,
    hint: '95% finished within this time: baseline → new. Needs 60 operations on each side.',
    text: ({ p95 }, { duration }) => (p95 ? `${duration(p95.before, 1)} → ${duration(p95.after, 1)}` : ''),
  },
  {
    key: 'failed',
    title: 'Failed',
    width: 84,
    numeric: true,
    hint: 'Baseline → new',
    text: ({ before, after }, { count }) =>
      before.failed + after.failed > 0 ? `${count(before.failed)} → ${count(after.failed)}` : '',
  },
  {
    key: 'count',
    title: 'Count',
    width: 110,
    numeric: true,
    hint: 'Baseline → new',
    text: ({ before, after }, { count }) => `${count(before.ended)} → ${count(after.ended)}`,
  },
]

export interface CompareGridParts {
  formatters: Formatters
  names(): readonly ComparedName[]
  selected(): string | null
  select(name: string | null): void
}

export function createCompareGrid(host: HTMLElement, parts: CompareGridParts): DataGrid {
  const at = (index: number): ComparedName => parts.names()[index] as ComparedName
  return createDataGrid(host, {
    label: 'Compared operations',
    columns: COLUMNS,
    length: () => parts.names().length,
    idOf: index => `compared-${index}`,
    fillRow(row, index) {
      const compared = at(index)
      row.dataset.verdict = compared.verdict
      row.dataset.failures = String(compared.failsMore)
      for (const [i, column] of COLUMNS.entries()) {
        setText(row.children[i], column.text(compared, parts.formatters), column.key === 'name' ? compared.name : '')
      }
    },
    selectedIndex: () => parts.names().findIndex(({ name }) => name === parts.selected()),
    select: index => parts.select(index === null ? null : at(index).name),
    follows: () => false,
  })
}
