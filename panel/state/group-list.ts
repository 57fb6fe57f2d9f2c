// Panel: the groups of the shown operations in the order that the user wants, in slices: there may be thousands.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Analysis } from '../analysis/analyse.ts'
import { type GroupKey, type GroupRow, groupRows, sortedGroups } from '../analysis/group-rows.ts'
import type { Sort } from '../analysis/sorted-rows.ts'
import { createSlicedResult, type SlicedResult } from './sliced-result.ts'
import type { ViewStore } from './view-store.ts'

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
