// Panel: the list of operations. It is told that something changed and fills the rows in view.
import type { Figures } from '../format/figures.ts'
import type { SessionStore } from '../state/session-store.ts'
import type { ViewStore } from '../state/view-store.ts'
import { LIST_COLUMNS } from './columns.ts'
import { createGridFrame, createRow } from './grid-frame.ts'
import { createRowWindow } from './row-window.ts'
import { moveSelection } from './selection-keys.ts'

export interface OperationGrid {
  /** Shows the session as it is now. */
  update(): void
  stop(): void
}

export function createOperationGrid(
  host: HTMLElement,
  store: SessionStore,
  view: ViewStore,
  figures: Figures,
): OperationGrid {
  const { grid, scroller, body } = createGridFrame('Operations')
  host.append(grid)
  /** Whether the newest row is kept in view. */
  let following = true
  let revealed: number | null = null

  const list = createRowWindow({
    scroller,
    body,
    createRow,
    fillRow(element, index) {
      const session = store.session.peek()
      const { operations } = session
      const { list: shown, from } = view.rows.peek()
      const row = shown.row(from + index)
      element.dataset.id = operations.idOf(row)
      element.dataset.row = String(row)
      element.dataset.outcome = operations.outcomeOf(row)
      element.id = `operation-${row}`
      element.setAttribute('aria-rowindex', String(index + 2))
      element.setAttribute('aria-selected', String(row === view.selected.peek()))
      element.classList.toggle('odd', index % 2 === 1)
      for (const [i, column] of LIST_COLUMNS.entries()) {
        const cell = element.children[i] as HTMLElement
        const text = column.text(session, row, figures)
        if (cell.textContent === text) continue
        cell.textContent = text
        if (column.key === 'name') cell.title = text
      }
    },
    onScroll(atEnd) {
      following = atEnd
    },
  })

  /** Where in the list a row stands; -1 where it is not shown. */
  const positionOf = (row: number): number => {
    const { list: shown, from, to } = view.rows.peek()
    const position = shown.positionOfRow(row, store.session.peek().operations.start.values)
    return position < from || position >= to ? -1 : position - from
  }

  const onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset.row
    if (row !== undefined) view.selected.value = Number(row)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { list: shown, from, to } = view.rows.peek()
    const selected = view.selected.peek()
    const position = selected === null ? -1 : positionOf(selected)
    const current = position < 0 ? null : position
    const next = moveSelection(event, current, to - from, list.pageSize)
    if (next === undefined) return
    event.preventDefault()
    view.selected.value = next === null ? null : shown.row(from + next)
  }

  grid.addEventListener('click', onClick)
  grid.addEventListener('keydown', onKeyDown)

  return {
    update() {
      const { from, to } = view.rows.peek()
      const selected = view.selected.peek()
      list.update(to - from)
      grid.setAttribute('aria-rowcount', String(to - from + 1))
      if (selected !== revealed) {
        revealed = selected
        const position = selected === null ? -1 : positionOf(selected)
        if (position >= 0) list.scrollTo(position)
      } else if (following) list.scrollToEnd()
      if (selected === null) grid.removeAttribute('aria-activedescendant')
      else grid.setAttribute('aria-activedescendant', `operation-${selected}`)
    },
    stop() {
      list.stop()
      grid.remove()
    },
  }
}
