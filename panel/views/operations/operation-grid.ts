// Panel: the table of single operations, and its columns.
import type { Signal } from '@preact/signals'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { isSlow } from '../../../model/session/shown-duration.ts'
import { type Formatters, UNKNOWN } from '../../../model/text/formatters.ts'
import { durationText, outcomeText } from '../../../model/text/outcome-text.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import type { GridColumn } from '../../kit/grid-frame.ts'
import type { OperationList } from './sorted-operations.ts'

interface OperationColumn extends GridColumn<OperationKey> {
  text(session: SessionModel, row: Row, formatters: Formatters): string
}

const OPERATION_COLUMNS: readonly OperationColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ operations }, row) => operations.nameOf(row) },
  { key: 'kind', title: 'Kind', width: 94, text: ({ operations }, row) => operations.kindOf(row) },
  {
    key: 'status',
    title: 'Status',
    width: 70,
    text: ({ operations }, row) => String(operations.requests.statusOf(row) ?? UNKNOWN),
  },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 116,
    text: outcomeText,
  },
  {
    key: 'start',
    title: 'Start',
    width: 96,
    numeric: true,
    text: (session, row, formatters) => formatters.moment(session.operations.start.get(row) - session.first),
  },
  { key: 'duration', title: 'Duration', width: 96, numeric: true, text: durationText },
]

export interface OperationGridParts {
  store: SessionStore
  view: ViewStore
  formatters: Formatters
  list(): OperationList
  sort: Signal<Sort<OperationKey>>
}

export function createOperationGrid(host: HTMLElement, parts: OperationGridParts): DataGrid {
  const { store, view, formatters, list, sort } = parts
  return createDataGrid(host, {
    label: 'Operations',
    columns: OPERATION_COLUMNS,
    sort,
    order: () => list().sort,
    length: () => list().length,
    idOf: index => String(list().row(index)),
    fillRow(element, index) {
      const session = store.session.peek()
      const { operations } = session
      const row = list().row(index)
      element.dataset.id = operations.idOf(row)
      element.dataset.outcome = operations.outcomeOf(row)
      element.dataset.slow = String(isSlow(session, row, view.slowThreshold.peek()))
      for (const [i, column] of OPERATION_COLUMNS.entries()) {
        const text = column.text(session, row, formatters)
        setText(element.children[i], text, column.key === 'name' ? text : '')
      }
    },
    selectedIndex() {
      const selected = view.selected.peek()
      return selected === null ? -1 : list().positionOf(selected)
    },
    select(index) {
      view.selected.value = index === null ? null : list().row(index)
    },
    follows: () => sort.peek().key === 'start' && !sort.peek().descending,
  })
}
