// Panel: a table of any length. It is told that something changed and fills the rows in view.
import type { Signal } from '@preact/signals'
import type { Sort } from '../../model/analysis/sorted-rows.ts'
import { createGridFrame, type GridColumn } from './grid-frame.ts'
import { createRowWindow } from './row-window.ts'

export interface DataGridParts<Key extends string> {
  label: string
  /** `grid`, if none is given. */
  role?: 'treegrid'
  columns: readonly GridColumn<Key>[]
  /** What the user wants; without it the items have one order. */
  sort?: Signal<Sort<Key>>
  /** What the items stand by: sorting many takes a moment. */
  order?(): Sort<Key>
  length(): number
  /** Names the item for the selection: part of an element's id. */
  idOf(index: number): string
  /** Shows an item in a row. */
  fillRow(row: HTMLElement, index: number): void
  /** Where the selected item stands; -1 where there is none. */
  selectedIndex(): number
  select(index: number | null): void
  /** Enter or a double-click. */
  open?(index: number): void
  /** Whether the last item is kept in view while the list grows, until the user scrolls away from it. */
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
    (({ key, figure }: GridColumn<Key>): void => {
      const { key: by, descending } = sort.peek()
      sort.value = { key, descending: by === key ? !descending : figure === true }
    })
  const { grid, head, body, createRow, showSort } = createGridFrame(parts.role ?? 'grid', label, columns, onSort)
  host.append(grid)
  let selected = -1
  let following = true
  let revealed: { id: string | null; ordered: string; follows: boolean } = { id: null, ordered: '', follows: true }

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
  grid.addEventListener('click', onClick)
  grid.addEventListener('dblclick', onDoubleClick)
  grid.addEventListener('keydown', onKeyDown)

  return {
    update() {
      selected = parts.selectedIndex()
      const id = selected < 0 ? null : parts.idOf(selected)
      if (sort) showSort(sort.peek())
      list.update(parts.length())
      grid.setAttribute('aria-rowcount', String(parts.length() + 1))
      const follows = parts.follows()
      const order = parts.order?.()
      const ordered = `${order?.key} ${order?.descending}`
      const turned = ordered !== revealed.ordered || (revealed.follows && !follows)
      if (selected >= 0 && (turned || id !== revealed.id)) {
        list.scrollTo(selected)
        // What is looked at stays where it is, until the user scrolls to the end.
        following = false
      } else if (turned && !follows) list.scrollTo(0)
      revealed = { id, ordered, follows }
      if (following && follows) list.scrollToEnd()
      if (id === null) grid.removeAttribute('aria-activedescendant')
      else grid.setAttribute('aria-activedescendant', `item-${id}`)
    },
    stop() {
      list.stop()
      grid.remove()
    },
  }
}

/** Writes a cell only where its text is another: most rows stay as they are. */
export function setText(cell: Element | undefined, text: string, title = ''): void {
  if (!(cell instanceof HTMLElement)) return
  if (cell.textContent !== text) cell.textContent = text
  if (cell.title !== title) cell.title = title
}

/**
 * The position to select: null for none, undefined if the key means nothing here.
 * @param current the selected position, null if there is none
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
  // From nothing, the list is entered at its end that the key comes from; Home and End say where to.
  const from = current ?? (step > 0 && key !== 'End' ? -1 : key === 'Home' ? 0 : count)
  return Math.min(Math.max(from + step, 0), count - 1)
}
