// Panel: the Operations tab: a table of groups or of single operations. Preact renders its place, and the table fills
// itself.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createPacedCall } from '../../kit/pacing.ts'
import { createGroupGrid } from './group-grid.ts'
import { createGroupList, createInFlight, focusGroup } from './groups.ts'
import { createOperationGrid } from './operation-grid.ts'
import { createSortedOperations } from './sorted-operations.ts'

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

function showOperations(host: HTMLElement, { store, view, formatters, tables }: PanelParts) {
  const sort = tables.operationSort
  const sorted = createSortedOperations(store, view, sort)
  const grid = createOperationGrid(host, { store, view, formatters, sort, list: () => sorted.list.peek() })
  const paced = createPacedCall(grid.update, LIST_INTERVAL)
  const stopPaced = effect(() => {
    // Running operations become longer.
    store.version.value
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
  const { store, view, formatters, tables } = parts
  const inFlight = createInFlight(store, view)
  const list = createGroupList(view, tables.groupSort, inFlight.result)
  const grid = createGroupGrid(host, {
    store,
    formatters,
    sort: tables.groupSort,
    rows: () => list.result.peek(),
    selected: tables.selectedGroup,
    open: group => focusGroup(parts, group),
  })
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
