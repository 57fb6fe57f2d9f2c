// Panel: a table of any length, with a selection. Only the rows in view exist. The owner calls `update` when data changed.
import type { Signal } from '@preact/signals'
import type { Sort } from '../../model/analysis/sorted-rows.ts'
import type { ColumnArranging } from './column-arranging.ts'
import { type MenuPlace, menuPlaceOf } from './context-menu.ts'
import { createGridFrame, type GridColumn } from './grid-frame.ts'
import { createRowWindow } from './row-window.ts'

export interface DataGridParts<Key extends string> {
  label: string
  /** `grid` by default. */
  role?: 'treegrid'
  columns: readonly GridColumn<Key>[]
  /** The order that the user chose; undefined if the table cannot be sorted. */
  sort?: Signal<Sort<Key>>
  /** The order that the items have now. It may lag behind `sort`, as sorting takes time. */
  order?(): Sort<Key>
  length(): number
  /** Identifies an item. It becomes part of the row's element id. */
  idOf(index: number): string
  /** Shows an item in a row. */
  fillRow(row: HTMLElement, index: number): void
  /** -1 if no item is selected. */
  selectedIndex(): number
  select(index: number | null): void
  /** How the user arranges the columns; undefined if they are fixed. */
  arranging?: ColumnArranging
  /** Opens the context menu of an item, after the item was selected. */
  openMenu?(index: number, place: MenuPlace): void
  /** Called on Enter or a double-click. */
  open?(index: number): void
  /** Whether the table scrolls along while it grows, until the user scrolls away from its end. */
  follows(): boolean
}

export interface DataGrid {
  /** Shows the items as they are now. */
  update(): void
  stop(): void
}

export function createDataGrid<Key extends string>(host: HTMLElement, parts: DataGridParts<Key>): DataGrid {
  const { label, columns, sort } = parts
  const onSort =
    sort &&
    (({ key, numeric }: GridColumn<Key>): void => {
      const { key: current, descending } = sort.peek()
      sort.value = { key, descending: current === key ? !descending : numeric === true }
    })
  const { grid, head, body, createRow, showSort } = createGridFrame(
    parts.role ?? 'grid',
    label,
    columns,
    onSort,
    parts.arranging,
  )
  host.append(grid)
  let selected = -1
  let following = true
  /** As of the last update. */
  let shown: { id: string | null; order: string; follows: boolean } = { id: null, order: '', follows: true }

  const list = createRowWindow({
    scroller: grid,
    head,
    body,
    createRow,
    fillRow(row, index) {
      row.id = `item-${parts.idOf(index)}`
      row.dataset.index = String(index)
      row.setAttribute('aria-rowindex', String(index + 2))
      row.setAttribute('aria-selected', String(index === selected))
      row.classList.toggle('odd', index % 2 === 1)
      parts.fillRow(row, index)
    },
    onScroll(atEnd) {
      following = atEnd
    },
  })

  const indexOf = (event: Event): number | undefined => {
    const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
    return index === undefined ? undefined : Number(index)
  }
  const onClick = (event: MouseEvent): void => {
    const index = indexOf(event)
    if (index !== undefined) parts.select(index)
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const index = indexOf(event)
    if (index !== undefined) parts.open?.(index)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && selected >= 0) parts.open?.(selected)
    const next = moveSelection(event, selected < 0 ? null : selected, parts.length(), list.pageSize)
    if (next === undefined) return
    event.preventDefault()
    parts.select(next)
  }
  const onContextMenu = (event: MouseEvent): void => {
    // The events of the Menu key and Shift+F10 have the table itself as their target.
    const index = indexOf(event) ?? (event.target === grid && selected >= 0 ? selected : undefined)
    if (index === undefined || !parts.openMenu) return
    event.preventDefault()
    parts.select(index)
    grid.focus()
    parts.openMenu(index, menuPlaceOf(event, body.querySelector(`[data-index="${index}"]`) ?? grid))
  }
  grid.addEventListener('contextmenu', onContextMenu)
  grid.addEventListener('click', onClick)
  grid.addEventListener('dblclick', onDoubleClick)
  grid.addEventListener('keydown', onKeyDown)

  return {
    update() {
      selected = parts.selectedIndex()
      const id = selected < 0 ? null : parts.idOf(selected)
      if (sort) showSort(sort.peek())
      const follows = parts.follows()
      const { key, descending } = parts.order?.() ?? {}
      const order = `${key} ${descending}`
      const reordered = order !== shown.order || (shown.follows && !follows)
      const isNew = selected >= 0 && (reordered || id !== shown.id)
      // The user looks at this item: do not scroll along until they scroll to the end.
      if (isNew) following = false
      shown = { id, order, follows }
      const other = following && follows ? 'end' : reordered && !follows ? 0 : undefined
      list.update(parts.length(), isNew ? selected : other)
      grid.setAttribute('aria-rowcount', String(parts.length() + 1))
      if (id === null) grid.removeAttribute('aria-activedescendant')
      else grid.setAttribute('aria-activedescendant', `item-${id}`)
    },
    stop() {
      list.stop()
      grid.remove()
    },
  }
}

/** Writes only what changed: most cells stay the same, and each write costs layout. */
export function setText(cell: Element | undefined, text: string, title = ''): void {
  if (!(cell instanceof HTMLElement)) return
  if (cell.textContent !== text) cell.textContent = text
  if (cell.title !== title) cell.title = title
}

/**
 * The position that a key selects; null for none, undefined if the key does nothing.
 * @param current the selected position; null for none
 */
export function moveSelection(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  current: number | null,
  count: number,
  page: number,
): number | null | undefined {
  if (altKey || ctrlKey || metaKey) return undefined
  if (key === 'Escape') return current === null ? undefined : null
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[key]
  if (step === undefined || count === 0) return undefined
  // Without a selection, keys that go down start before the first item, and those that go up after the last.
  const from = current ?? (step > 0 && key !== 'End' ? -1 : key === 'Home' ? 0 : count)
  return Math.min(Math.max(from + step, 0), count - 1)
}
