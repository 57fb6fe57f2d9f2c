// Panel: the sorted list of groups, and how to show the operations of one.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Analysis } from '../../../model/analysis/analyse.ts'
import { type GroupKey, type GroupRow, groupRows, sortedGroups } from '../../../model/analysis/group-rows.ts'
import type { Sort } from '../../../model/analysis/sorted-rows.ts'
import { formatTerm } from '../../../model/filter/format.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { focusList } from '../../kit/focus.ts'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

/** Computed in slices, as there may be thousands of groups. */
export function createGroupList(
  view: Pick<ViewStore, 'analysis'>,
  sort: ReadonlySignal<Sort<GroupKey>>,
): SlicedResult<GroupRow[]> {
  return createSlicedResult<{ analysis: Analysis; sort: Sort<GroupKey> }, GroupRow[]>({
    inputs: () => ({ analysis: view.analysis.value, sort: sort.value }),
    // When the session grows, the analysis changes.
    version: signal(0),
    *work({ analysis, sort }) {
      return yield* sortedGroups(yield* groupRows(analysis), sort)
    },
    initial: [],
  })
}

/** Shows only the operations of a group, slowest first. It edits the filter, where the user can see and undo it. */
export function focusGroup({ filter, settings, tables }: PanelParts, { name }: GroupRow): void {
  const key = settings.settings.peek().groupRoutes ? 'route' : 'name'
  const term = formatTerm({ type: 'text', key, pattern: { match: 'whole', text: name }, negated: false })
  const text = filter.text.peek()
  if (!text.includes(term)) filter.text.value = `${text} ${term}`.trim()
  tables.operationSort.value = { key: 'duration', descending: true }
  tables.grouped.choose('single')
  tables.tab.choose('operations')
  focusList()
}
