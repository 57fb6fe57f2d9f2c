// Panel: the elements of a table: its head, with columns that can be sorted, moved and resized, and the body for the rows.
import type { Sort } from '../../model/analysis/sorted-rows.ts'
import { type MenuPlace, menuPlaceOf } from './context-menu.ts'

/** Of a column, and by how much a key press resizes it: CSS pixels. */
const MIN_WIDTH = 40
const KEY_STEP = 10

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

/** What a table needs to let the user arrange its columns. */
export interface ColumnArranging {
  move(key: string, to: string): void
  resize(key: string, width: number): void
  /** Opens the menu of the column with this key. */
  openMenu(key: string, place: MenuPlace): void
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

/** A column's width is stored in the grid's custom property `--width-KEY`. */
function widthOf(grid: HTMLElement, key: string): number {
  return Number.parseFloat(grid.style.getPropertyValue(`--width-${key}`))
}

function setWidth(grid: HTMLElement, key: string, width: number, arranging: ColumnArranging | undefined): void {
  const set = Math.max(MIN_WIDTH, width)
  grid.style.setProperty(`--width-${key}`, `${set}px`)
  arranging?.resize(key, set)
}

/** The handle at the left edge of a column. The first column takes the remaining width. */
function resizeColumn(grid: HTMLElement, key: string, arranging: ColumnArranging | undefined): HTMLElement {
  const handle = document.createElement('span')
  handle.className = 'resizer'
  let drag: { x: number; width: number } | undefined
  handle.addEventListener('pointerdown', event => {
    drag = { x: event.clientX, width: widthOf(grid, key) }
    handle.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  handle.addEventListener('pointermove', event => {
    if (drag) setWidth(grid, key, drag.width + drag.x - event.clientX, arranging)
  })
  handle.addEventListener('lostpointercapture', () => {
    drag = undefined
  })
  return handle
}

/** Shift and an arrow key on a title move the same edge. */
function resizeByKeys(
  title: HTMLElement,
  grid: HTMLElement,
  key: string,
  arranging: ColumnArranging | undefined,
): void {
  title.addEventListener('keydown', event => {
    const change = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key]
    if (change === undefined || !event.shiftKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    setWidth(grid, key, widthOf(grid, key) + change, arranging)
  })
}

/** Control (or Command) and an arrow key on a title move its column. */
function moveByKeys(titles: HTMLElement, arranging: ColumnArranging): void {
  titles.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const cell = (event.target as Element).closest<HTMLElement>('[data-column]')
    if (step === undefined || !cell || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    const neighbour = (step < 0 ? cell.previousElementSibling : cell.nextElementSibling) as HTMLElement | null
    const [key, to] = [cell.dataset.column, neighbour?.dataset.column]
    if (key !== undefined && to !== undefined) arranging.move(key, to)
  })
}

/** CSS pixels that a pointer has to move before a press on a title is a drag instead of a click. */
const DRAG_START = 6

/** A title that is dragged onto another one takes its place. */
function moveByDragging(cell: HTMLElement, key: string, arranging: ColumnArranging): void {
  let from: number | undefined
  let isDragged = false
  const target = ({ clientX }: PointerEvent): HTMLElement | undefined => {
    const cells = [...(cell.parentElement?.children ?? [])] as HTMLElement[]
    return cells.find(each => {
      const { left, right } = each.getBoundingClientRect()
      return clientX >= left && clientX < right
    })
  }
  const mark = (over: HTMLElement | undefined): void => {
    for (const each of cell.parentElement?.children ?? []) each.classList.toggle('drop', each === over && each !== cell)
  }
  cell.addEventListener('pointerdown', event => {
    isDragged = false
    if (event.button === 0 && !(event.target as Element).closest('.resizer')) from = event.clientX
  })
  cell.addEventListener('pointermove', event => {
    // The button may have been released elsewhere before the drag began.
    if (event.buttons === 0) from = undefined
    if (from === undefined) return
    if (!isDragged && Math.abs(event.clientX - from) < DRAG_START) return
    if (!isDragged) cell.setPointerCapture(event.pointerId)
    isDragged = true
    mark(target(event))
  })
  cell.addEventListener('pointerup', event => {
    const to = isDragged ? target(event)?.dataset.column : undefined
    from = undefined
    mark(undefined)
    if (to !== undefined) arranging.move(key, to)
  })
  cell.addEventListener('pointercancel', () => {
    from = undefined
    isDragged = false
    mark(undefined)
  })
  cell.addEventListener(
    'click',
    event => {
      if (isDragged) event.stopPropagation()
      isDragged = false
    },
    { capture: true },
  )
}
