// Panel: which tab below the charts is open, and the state of its tables. Some of it is stored for the next panel.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { GroupKey } from '../../../model/analysis/group-rows.ts'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'
import type { GroupId } from '../../../model/numbers.ts'
import { type ColumnLayout, createColumnLayout } from '../../kit/column-layout.ts'
import { CONNECTION_COLUMNS, type ConnectionColumn } from '../../views/connections/connection-columns.ts'
import { GROUP_COLUMNS, type GroupColumn } from '../../views/operations/group-columns.ts'
import { OPERATION_COLUMNS, type OperationColumn } from '../../views/operations/operation-columns.ts'

export type Tab = 'insights' | 'operations' | 'summary' | 'timeline' | 'connections' | 'compare'

export interface TablesStore {
  tab: StoredChoice<Tab>
  /** Whether the Operations tab shows groups or single operations. */
  grouped: StoredChoice<'groups' | 'single'>
  operationSort: Signal<Sort<OperationKey>>
  operationColumns: ColumnLayout<OperationColumn>
  groupColumns: ColumnLayout<GroupColumn>
  connectionColumns: ColumnLayout<ConnectionColumn>
  /** Whether the charts are shown; `auto` hides them where there is no room for them and the list. */
  charts: StoredChoice<'auto' | 'shown' | 'hidden'>
  /** Whether the chart of durations, or that of memory, is folded away. */
  durations: StoredChoice<'open' | 'folded'>
  memory: StoredChoice<'open' | 'folded'>
  /** The share of the window's height that the charts take; of its width if they are beside the list. Null for the default. */
  chartsHeight: Signal<number | null>
  chartsWidth: Signal<number | null>
  groupSort: Signal<Sort<GroupKey>>
  /** The id of the group that is selected in the table of groups. */
  selectedGroup: Signal<GroupId | null>
  /** The share of the details in the space for list and details, 0 to 1; null by default. */
  detailsShare: Signal<number | null>
}

export function createTablesStore(storage: ChoiceStorage): TablesStore {
  return {
    tab: storeChoice<Tab>(storage, 'tab', ['insights', 'operations', 'summary', 'timeline', 'connections', 'compare']),
    grouped: storeChoice(storage, 'operations', ['groups', 'single']),
    operationColumns: createColumnLayout(storage, 'operation-columns', OPERATION_COLUMNS),
    groupColumns: createColumnLayout(storage, 'group-columns', GROUP_COLUMNS),
    connectionColumns: createColumnLayout(storage, 'connection-columns', CONNECTION_COLUMNS),
    charts: storeChoice(storage, 'charts', ['auto', 'shown', 'hidden']),
    durations: storeChoice(storage, 'durations', ['open', 'folded']),
    memory: storeChoice(storage, 'memory', ['open', 'folded']),
    chartsHeight: storeShare(storage, 'charts-height'),
    chartsWidth: storeShare(storage, 'charts-width'),
    operationSort: signal<Sort<OperationKey>>({ key: 'start', descending: false }),
    groupSort: signal<Sort<GroupKey>>({ key: 'total', descending: true }),
    selectedGroup: signal<GroupId | null>(null),
    detailsShare: storeShare(storage, 'details-share'),
  }
}

/** One of a few options, as the user chose it last. */
interface StoredChoice<T> {
  value: ReadonlySignal<T>
  choose(value: T): void
}

/** The part of `localStorage` that is used. It throws if the user has blocked all site data. */
type ChoiceStorage = Pick<Storage, 'getItem' | 'setItem'>

/** The first option is the default. */
export function storeChoice<T extends string>(
  storage: ChoiceStorage,
  key: string,
  options: readonly [T, ...T[]],
): StoredChoice<T> {
  const value = signal(options.find(option => option === read(storage, key)) ?? options[0])
  return {
    value,
    choose(chosen) {
      value.value = chosen
      try {
        storage.setItem(key, chosen)
      } catch {
        // It still applies to this panel.
      }
    },
  }
}

/** A share that the user sets by dragging an edge, kept for the next panel. */
function storeShare(storage: ChoiceStorage, key: string): Signal<number | null> {
  const stored = Number.parseFloat(read(storage, key) ?? '')
  const share = signal(stored > 0 && stored < 1 ? stored : null)
  share.subscribe(value => {
    const text = String(value ?? '')
    // The subscription starts with the value that was read.
    if (text === (read(storage, key) ?? '')) return
    try {
      storage.setItem(key, text)
    } catch {
      // It still applies to this panel.
    }
  })
  return share
}

function read(storage: ChoiceStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}
