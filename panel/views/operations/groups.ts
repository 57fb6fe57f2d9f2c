// Panel: the sorted list of groups, and how to show the operations of one.
import { type ReadonlySignal, signal } from '@preact/signals'
import { type Analysis, OTHER_GROUPS } from '../../../model/analysis/analyse.ts'
import {
  type GroupKey,
  type GroupRow,
  groupRows,
  type InFlightByGroup,
  sortedGroups,
} from '../../../model/analysis/group-rows.ts'
import type { Grouping } from '../../../model/analysis/grouping.ts'
import type { Sort } from '../../../model/analysis/sorted-rows.ts'
import { formatTerm } from '../../../model/filter/format.ts'
import { timeInFlightOf } from '../../../model/insights/in-flight.ts'
import type { Allocations } from '../../../model/memory/allocations.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { PanelParts } from '../../app/panel-context.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { TimeRange, ViewStore } from '../../app/stores/view-store.ts'
import { copyText } from '../../kit/clipboard.ts'
import type { MenuGroups } from '../../kit/context-menu.ts'
import { focusList } from '../../kit/focus.ts'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

interface InFlightOf {
  /** Ids of groups mean nothing in another grouping. */
  grouping: Grouping | null
  times: InFlightByGroup
}

const NOTHING_IN_FLIGHT: InFlightOf = { grouping: null, times: new Map() }

/** How long groups were in flight, whatever the filter: nothing waits less because it is not shown. */
export function createInFlight(
  { session, version }: Pick<SessionStore, 'session' | 'version'>,
  view: Pick<ViewStore, 'span' | 'grouping'>,
): SlicedResult<InFlightOf> {
  return createSlicedResult<{ of: SessionModel; zoom: TimeRange | null; grouping: Grouping }, InFlightOf>({
    inputs: () => ({ of: session.value, zoom: view.span.value, grouping: view.grouping.value }),
    version,
    *work({ of, zoom, grouping }) {
      return { grouping, times: yield* timeInFlightOf(of, zoom, grouping) }
    },
    initial: NOTHING_IN_FLIGHT,
  })
}

/** Computed in slices, as there may be thousands of groups. */
export function createGroupList(
  view: Pick<ViewStore, 'analysis'>,
  sort: ReadonlySignal<Sort<GroupKey>>,
  inFlight: ReadonlySignal<InFlightOf> = signal(NOTHING_IN_FLIGHT),
  allocations: ReadonlySignal<Allocations | null> = signal(null),
): SlicedResult<GroupRow[]> {
  interface Inputs {
    analysis: Analysis
    sort: Sort<GroupKey>
    times: InFlightOf
    allocated: Allocations | null
  }
  return createSlicedResult<Inputs, GroupRow[]>({
    inputs: () => ({
      analysis: view.analysis.value,
      sort: sort.value,
      times: inFlight.value,
      allocated: allocations.value,
    }),
    // When the session grows, the analysis changes.
    version: signal(0),
    *work({ analysis, sort, times, allocated }) {
      const own = times.grouping === analysis.grouping ? times.times : undefined
      const bytes = allocated?.grouping === analysis.grouping ? allocated.byGroup : undefined
      return yield* sortedGroups(yield* groupRows(analysis, own, bytes), sort)
    },
    initial: [],
  })
}

/** The context menu of a group. */
export function groupMenu(parts: PanelParts, group: GroupRow): MenuGroups {
  const { filter } = parts
  const hide = (): void => {
    filter.addTerm(groupTerm(parts, group, true))
    focusList()
  }
  const isOne = group.group !== OTHER_GROUPS
  return [
    [
      { text: 'Show its operations', disabled: !isOne, run: () => focusGroup(parts, group) },
      { text: 'Hide this name', disabled: !isOne, run: hide },
    ],
    [
      {
        text: 'Copy name',
        run: () => {
          void copyText(group.name)
        },
      },
    ],
  ]
}

function groupTerm({ settings }: PanelParts, { name }: GroupRow, negated: boolean): string {
  const key = settings.settings.peek().groupRoutes ? 'route' : 'name'
  return formatTerm({ type: 'text', key, pattern: { match: 'whole', text: name }, negated })
}

/** Shows only the operations of a group, slowest first. It edits the filter, where the user can see and undo it. */
export function focusGroup(parts: PanelParts, group: GroupRow): void {
  const { filter, tables } = parts
  filter.addTerm(groupTerm(parts, group, false))
  tables.operationSort.value = { key: 'duration', descending: true }
  tables.grouped.choose('single')
  tables.tab.choose('operations')
  focusList()
}
