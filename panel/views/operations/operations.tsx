// Panel: the Operations tab: a table of groups or of single operations. Preact renders its place, and the table fills
// itself.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Row } from '../../../model/numbers.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createArrangedGrid } from '../../kit/arranged-grid.ts'
import { openMenu } from '../../kit/context-menu.ts'
import { createPacedCall } from '../../kit/pacing.ts'
import { createGroupGrid } from './group-grid.ts'
import { createGroupList, createInFlight, focusGroup, groupMenu } from './groups.ts'
import { createOperationGrid } from './operation-grid.ts'
import { openOperationMenu } from './operation-menu.ts'
import { createSortedOperations, type OperationList } from './sorted-operations.ts'

/** Milliseconds between two updates of the table, so that the charts have time to draw while the user drags them. */
const LIST_INTERVAL = 100

export function Operations() {
  const parts = usePanel()
  const host = useRef<HTMLDivElement>(null)
  const grouped = parts.tables.grouped.value.value === 'groups'

  useLayoutEffect(() => {
    if (host.current) return grouped ? showGroups(host.current, parts) : showOperations(host.current, parts)
  }, [parts, grouped])

  return <div class={grouped ? 'operations by-group' : 'operations'} ref={host} />
}

function showOperations(host: HTMLElement, parts: PanelParts) {
  const { store, view, formatters, tables, openSource } = parts
  const sort = tables.operationSort
  const sorted = createSortedOperations(store, view, sort)
  const list = (): OperationList => sorted.list.peek()
  const shown = (): Row[] => Array.from({ length: list().length }, (_, position) => list().row(position))
  const grid = createArrangedGrid(host, tables.operationColumns, (columns, arranging) =>
    createOperationGrid(host, {
      store,
      view,
      formatters,
      sort,
      list,
      columns,
      arranging,
      openSource,
      openMenu: (row, place) => openOperationMenu(parts, row, { shown, place }),
    }),
  )
  const paced = createPacedCall(grid.update, LIST_INTERVAL)
  const stopPaced = effect(() => {
    // Running operations become longer, and the waterfall shows the range of the charts.
    store.version.value
    view.range.value
    sorted.list.value
    paced.request()
  })
  const stopUpdating = effect(() => {
    view.selected.value
    view.slowThreshold.value
    untracked(grid.update)
  })
  const stopBusy = effect(() => void host.setAttribute('aria-busy', String(sorted.sorting.value)))
  return () => {
    stopBusy()
    stopUpdating()
    stopPaced()
    paced.stop()
    grid.stop()
    sorted.stop()
  }
}

function showGroups(host: HTMLElement, parts: PanelParts) {
  const { store, view, formatters, tables, allocations } = parts
  const inFlight = createInFlight(store, view)
  const list = createGroupList(view, tables.groupSort, inFlight.result, allocations.result)
  const grid = createArrangedGrid(host, tables.groupColumns, (columns, arranging) =>
    createGroupGrid(host, {
      store,
      formatters,
      columns,
      arranging,
      sort: tables.groupSort,
      rows: () => list.result.peek(),
      selected: tables.selectedGroup,
      open: group => focusGroup(parts, group),
      openMenu: (group, place) => openMenu('Operations of this name', groupMenu(parts, group), place),
    }),
  )
  const stopBusy = effect(() => void host.setAttribute('aria-busy', String(list.working.value)))
  const stopFollowing = effect(() => {
    const row = view.selected.value
    if (row !== null) tables.selectedGroup.value = view.grouping.value.groupOf(row)
  })
  const stopUpdating = effect(() => {
    list.result.value
    tables.selectedGroup.value
    untracked(grid.update)
  })
  return () => {
    stopUpdating()
    stopBusy()
    stopFollowing()
    grid.stop()
    list.stop()
    inFlight.stop()
  }
}
