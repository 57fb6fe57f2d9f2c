// Panel: the elements of a table: its head, with columns that can be sorted, moved and resized, and the body for the rows.
import type { Sort } from '../../model/analysis/sorted-rows.ts'
import { type ColumnArranging, moveByDragging, moveByKeys, resizeByKeys, resizeColumn } from './column-arranging.ts'
import { menuPlaceOf } from './context-menu.ts'

export interface GridColumn<Key extends string = string> {
  key: Key
  title: string
  /** CSS pixels. 0 for the first column, which takes the remaining width. */
  width: number
  /** Numbers are aligned right, and sorted from the largest down at first. */
  numeric?: true
  /** Explains the title. */
  hint?: string
  /** False if the table cannot be sorted by it. */
  sortable?: false
}

export interface GridFrame {
  /** Takes the focus, and scrolls. Its head stays in view. */
  grid: HTMLElement
  head: HTMLElement
  /** Holds the rows. */
  body: HTMLElement
  createRow(): HTMLElement
  showSort(sort: Sort): void
}

/** @param onSort called when a column's title is clicked; without it, titles are plain text. */
export function createGridFrame<Key extends string>(
  role: 'grid' | 'treegrid',
  label: string,
  columns: readonly GridColumn<Key>[],
  onSort: ((column: GridColumn<Key>) => void) | undefined,
  arranging: ColumnArranging | undefined,
): GridFrame {
  const grid = element(role, 'grid')
  grid.tabIndex = 0
  grid.setAttribute('aria-label', label)
  const head = element('rowgroup', 'head')
  const titles = element('row', 'row')
  titles.setAttribute('aria-rowindex', '1')
  for (const [i, column] of columns.entries()) {
    const cell = cellOf('columnheader', column)
    cell.dataset.column = column.key
    if (onSort && column.sortable !== false) cell.append(titleButton(column, () => onSort(column)))
    else cell.append(arranging ? menuButton(column, arranging) : plainTitle(column))
    if (column.width > 0) grid.style.setProperty(`--width-${column.key}`, `${column.width}px`)
    if (column.width > 0 && i > 0) {
      cell.append(resizeColumn(grid, column.key, arranging))
      resizeByKeys(cell, grid, column.key, arranging)
      if (arranging) moveByDragging(cell, column.key, arranging)
    }
    titles.append(cell)
  }
  roveFocus(titles)
  if (arranging) {
    titles.addEventListener('contextmenu', event => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-column]')
      if (!cell) return
      event.preventDefault()
      event.stopPropagation()
      arranging.openMenu(cell.dataset.column as string, menuPlaceOf(event, cell))
    })
    moveByKeys(titles, arranging)
  }
  head.append(titles)
  const body = element('rowgroup', 'body')
  grid.append(head, body)

  return {
    grid,
    head,
    body,
    createRow() {
      const row = element('row', 'row')
      for (const column of columns) row.append(cellOf('gridcell', column))
      return row
    },
    showSort({ key, descending }) {
      for (const [i, column] of columns.entries()) {
        const cell = titles.children[i] as HTMLElement
        if (column.key === key) cell.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
        else cell.removeAttribute('aria-sort')
      }
    },
  }
}

function cellOf(role: string, { key, width, numeric }: GridColumn): HTMLElement {
  const cell = element(role, `cell ${key}${numeric ? ' numeric' : ''}`)
  if (width > 0) cell.style.width = `var(--width-${key})`
  return cell
}

function titleButton({ title, hint = title }: GridColumn, onClick: (event: MouseEvent) => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = title
  button.title = hint
  button.addEventListener('click', onClick)
  return button
}

/** The title of a column that cannot be sorted. It takes the focus too, so that the column can be moved and resized by keyboard. */
function menuButton(column: GridColumn, { openMenu }: ColumnArranging): HTMLButtonElement {
  const button = titleButton(column, event => openMenu(column.key, menuPlaceOf(event, button)))
  button.setAttribute('aria-haspopup', 'menu')
  return button
}

function plainTitle({ title, hint = title }: GridColumn): HTMLElement {
  const text = document.createElement('span')
  text.className = 'title'
  text.textContent = title
  text.title = hint
  return text
}

/**
 * The titles are one tab stop, and arrow keys move between them.
 * @see https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
 */
function roveFocus(titles: HTMLElement): void {
  const buttons = [...titles.querySelectorAll('button')]
  for (const [i, button] of buttons.entries()) button.tabIndex = i === 0 ? 0 : -1
  titles.addEventListener('keydown', event => {
    // The grid would move its selection.
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey) return
    const shown = buttons.filter(button => button.offsetParent !== null)
    const current = shown.indexOf(event.target as HTMLButtonElement)
    const next = shown[current + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0)]
    if (current < 0 || !next || next === event.target) return
    event.preventDefault()
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  })
}

function element(role: string, className: string): HTMLElement {
  const created = document.createElement('div')
  created.setAttribute('role', role)
  created.className = className
  return created
}
