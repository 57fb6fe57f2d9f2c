// Panel: from a group to its operations, the longest first.
import type { GroupRow } from '../analysis/group-rows.ts'
import type { PanelParts } from './panel-context.ts'

export function focusGroup({ view, tables }: PanelParts, { group, name }: GroupRow): void {
  const { groupOf } = view.grouping.peek()
  view.focus.value = { name, test: (_session, row) => groupOf(row) === group }
  tables.operationSort.value = { key: 'duration', descending: true }
  tables.grouped.choose('single')
  tables.tab.choose('operations')
}
