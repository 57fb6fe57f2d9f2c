// Panel: the list of operations, one a row.
import type { Signal } from '@preact/signals'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'
import { isSlow } from '../../../model/session/is-slow.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import { OPERATION_COLUMNS } from './operation-columns.ts'
import type { OperationList } from './sorted-operations.ts'

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
