// Panel: the groups of the shown operations in the order that the user wants, in slices: there may be thousands.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Analysis } from '../../../model/analysis/analyse.ts'
import { type GroupKey, type GroupRow, groupRows, sortedGroups } from '../../../model/analysis/group-rows.ts'
import type { Sort } from '../../../model/analysis/sorted-rows.ts'
import { formatTerm } from '../../../model/filter/format.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { focusList } from '../../kit/focus.ts'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

export function createGroupList(
  view: Pick<ViewStore, 'analysis'>,
  sort: ReadonlySignal<Sort<GroupKey>>,
): SlicedResult<GroupRow[]> {
  return createSlicedResult<{ analysis: Analysis; sort: Sort<GroupKey> }, GroupRow[]>({
    inputs: () => ({ analysis: view.analysis.value, sort: sort.value }),
    // When the session has grown there is another analysis.
    version: signal(0),
    *work({ analysis, sort }) {
      return yield* sortedGroups(yield* groupRows(analysis), sort)
    },
    initial: [],
  })
}

/** By the filter's text, where the user sees it and takes it out again. */
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
