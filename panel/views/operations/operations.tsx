// Panel: the tab Operations: by group, or one by one. Preact makes the place; the grids fill themselves.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createPacedCall } from '../../kit/pacing.ts'
import { createGroupGrid } from './group-grid.ts'
import { createGroupList, focusGroup } from './groups.ts'
import { createOperationGrid } from './operation-grid.ts'
import { createSortedOperations } from './sorted-operations.ts'

/** Milliseconds between changes of the list's rows: while the chart is dragged, the frames are the chart's. */
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
    // Running ones grow longer.
    store.version.value
    sorted.list.value
    paced.request()
  })
  const stopUpdating = effect(() => {
    view.selected.value
    view.slowThreshold.value
    untracked(grid.update)
  })
  const stopWatching = effect(() => void host.setAttribute('aria-busy', String(sorted.sorting.value)))
  return () => {
    stopWatching()
    stopUpdating()
    stopPaced()
    paced.stop()
    grid.stop()
    sorted.stop()
  }
}

function showGroups(host: HTMLElement, parts: PanelParts) {
  const { store, view, formatters, tables } = parts
  const list = createGroupList(view, tables.groupSort)
  const grid = createGroupGrid(host, {
    store,
    formatters,
    sort: tables.groupSort,
    rows: () => list.result.peek(),
    selected: tables.selectedGroup,
    open: group => focusGroup(parts, group),
  })
  const stopWatching = effect(() => void host.setAttribute('aria-busy', String(list.working.value)))
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
    stopWatching()
    stopFollowing()
    grid.stop()
    list.stop()
  }
}
