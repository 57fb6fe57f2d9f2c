// Panel: the table of single operations.
import type { Signal } from '@preact/signals'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { isSlow, shownDuration } from '../../../model/session/shown-duration.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { initiatorOf } from '../../../model/text/initiator.ts'
import type { OperationDetail } from '../../../wire/operations.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { TimeRange, ViewStore } from '../../app/stores/view-store.ts'
import type { ColumnArranging } from '../../kit/column-arranging.ts'
import type { MenuPlace } from '../../kit/context-menu.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import type { OperationColumn, ShownOperation } from './operation-columns.ts'
import type { OperationList } from './sorted-operations.ts'

export interface OperationGridParts {
  store: SessionStore
  view: ViewStore
  formatters: Formatters
  list(): OperationList
  sort: Signal<Sort<OperationKey>>
  columns: readonly OperationColumn[]
  arranging: ColumnArranging
  openSource: PanelParts['openSource']
  openMenu(row: Row, place: MenuPlace): void
}

export function createOperationGrid(host: HTMLElement, parts: OperationGridParts): DataGrid {
  const { store, view, formatters, list, sort, columns, arranging, openSource } = parts
  return createDataGrid(host, {
    label: 'Operations',
    columns,
    sort,
    arranging,
    openMenu: (index, place) => parts.openMenu(list().row(index), place),
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
      let detail: OperationDetail | undefined | null = null
      const shown: ShownOperation = {
        session,
        row,
        formatters,
        detail() {
          if (detail === null) detail = operations.details.get(row)
          return detail
        },
      }
      for (const [i, column] of columns.entries()) {
        const cell = element.children[i] as HTMLElement
        if (column.key === 'waterfall') fillBar(cell, session, row, view.range.peek())
        else if (column.key === 'initiator' && openSource) fillLink(cell, shown, column, openSource)
        else setText(cell, column.text(shown), column.tip?.(shown) ?? '')
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

/** A link to the code that started the operation, in the Sources panel. */
function fillLink(
  cell: HTMLElement,
  shown: ShownOperation,
  { text }: OperationColumn,
  openSource: NonNullable<PanelParts['openSource']>,
): void {
  let link = cell.firstElementChild as HTMLButtonElement | null
  if (!link) {
    link = document.createElement('button')
    link.type = 'button'
    link.className = 'link'
    link.tabIndex = -1
    cell.append(link)
  }
  const initiator = initiatorOf(shown.detail())
  setText(link, text(shown), initiator?.frame)
  link.hidden = link.textContent === ''
  link.disabled = !initiator?.place
  link.onclick = event => {
    // A click on the row would select it.
    event.stopPropagation()
    if (initiator?.place) openSource(initiator.place)
  }
}

/** The operation as a bar in the range of the charts. */
function fillBar(cell: HTMLElement, session: SessionModel, row: Row, { from, to }: TimeRange): void {
  const bar = (cell.firstElementChild as HTMLElement | null) ?? document.createElement('i')
  if (!bar.parentElement) {
    bar.className = 'bar'
    cell.append(bar)
  }
  const start = session.operations.start.get(row)
  const share = (time: number): number => Math.min(Math.max((time - from) / (to - from), 0), 1) * 100
  const left = share(start)
  bar.style.left = `${left}%`
  bar.style.width = `${share(start + shownDuration(session, row)) - left}%`
}
