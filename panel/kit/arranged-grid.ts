// Panel: a table whose columns the user can choose from a menu, move and resize. The table is created again when its columns change.
import { computed, effect, signal, untracked } from '@preact/signals'
import type { ColumnArranging } from './column-arranging.ts'
import type { ColumnLayout, OptionalColumn } from './column-layout.ts'
import { type MenuPlace, openMenu } from './context-menu.ts'
import type { DataGrid } from './data-grid.ts'

/** CSS pixels of the scroll bar beside the columns. */
const SCROLL_BAR = 16

/** @param create makes the table with these columns. */
export function createArrangedGrid<C extends OptionalColumn>(
  host: HTMLElement,
  layout: ColumnLayout<C>,
  create: (columns: readonly C[], arranging: ColumnArranging) => DataGrid,
): DataGrid {
  const width = signal(host.clientWidth)
  const observer = new ResizeObserver(() => {
    width.value = host.clientWidth
  })
  observer.observe(host)
  const shown = computed(() => {
    layout.arranged.value
    return layout.fitting(width.value - SCROLL_BAR)
  })
  const keys = computed(() => shown.value.map(({ key }) => key).join())
  const arranging: ColumnArranging = {
    move: layout.move,
    resize: layout.resize,
    openMenu: (key, place) => openColumnMenu(layout, shown.peek(), key, place),
  }
  let grid: DataGrid | undefined
  const stopCreating = effect(() => {
    keys.value
    untracked(() => {
      const scrolled = host.querySelector('.grid')?.scrollTop ?? 0
      const restoreFocus = grid && focusIn(host)
      grid?.stop()
      const first = grid === undefined
      grid = create(shown.peek(), arranging)
      if (first) return
      grid.update()
      const scroller = host.querySelector('.grid')
      if (scroller) scroller.scrollTop = scrolled
      restoreFocus?.()
    })
  })
  return {
    update: () => grid?.update(),
    stop() {
      stopCreating()
      observer.disconnect()
      grid?.stop()
    },
  }
}

/** Returns a function that restores the focus on the same title, or on the table. Undefined if the focus is elsewhere. */
function focusIn(host: HTMLElement): (() => void) | undefined {
  const focused = document.activeElement
  if (!host.contains(focused)) return undefined
  const title = focused?.closest<HTMLElement>('[data-column]')?.dataset.column
  return () => {
    const button = host.querySelector<HTMLElement>(`.head [data-column="${title}"] button`)
    const target = button ?? host.querySelector<HTMLElement>('.grid')
    target?.focus()
  }
}

function openColumnMenu<C extends OptionalColumn>(
  layout: ColumnLayout<C>,
  shown: readonly C[],
  key: string,
  place: MenuPlace,
): void {
  const [, ...optional] = layout.all()
  const movable = shown.slice(1).map(column => column.key)
  const at = movable.indexOf(key)
  const neighbour = (step: number): string | undefined => (at < 0 ? undefined : movable[at + step])
  const moveItem = (text: string, to: string | undefined) => ({
    text,
    disabled: to === undefined,
    run: () => layout.move(key, to as string),
  })
  openMenu(
    'Columns',
    [
      optional.map(column => ({
        text:
          layout.isWanted(column) && !shown.some(({ key }) => key === column.key)
            ? `${column.title} (no room)`
            : column.title,
        checked: layout.isWanted(column),
        run: () => layout.toggle(column),
      })),
      [moveItem('Move left', neighbour(-1)), moveItem('Move right', neighbour(1))],
      [{ text: 'Reset columns', run: layout.reset }],
    ],
    place,
  )
}
