// Panel: the list's frame: a grid with its head. Elements by hand, as its rows are.
import { LIST_COLUMNS } from './columns.ts'

export interface GridFrame {
  /** Has the focus and the selection. */
  grid: HTMLElement
  /** Scrolls under the head. */
  scroller: HTMLElement
  /** Holds the rows. */
  body: HTMLElement
}

export function createGridFrame(label: string): GridFrame {
  const grid = element('grid', 'grid')
  grid.tabIndex = 0
  grid.setAttribute('aria-label', label)
  const head = element('rowgroup', 'head')
  const titles = element('row', 'row')
  titles.setAttribute('aria-rowindex', '1')
  for (const { key, title } of LIST_COLUMNS) {
    const cell = element('columnheader', `cell ${key}`)
    cell.textContent = title
    titles.append(cell)
  }
  head.append(titles)
  const scroller = element('presentation', 'scroller')
  // Chromium lets scrollers take the focus; here the grid has it.
  scroller.tabIndex = -1
  const body = element('rowgroup', 'body')
  scroller.append(body)
  grid.append(head, scroller)
  return { grid, scroller, body }
}

export function createRow(): HTMLElement {
  const row = element('row', 'row')
  for (const { key } of LIST_COLUMNS) row.append(element('gridcell', `cell ${key}`))
  return row
}

function element(role: string, className: string): HTMLElement {
  const created = document.createElement('div')
  created.setAttribute('role', role)
  created.className = className
  return created
}
