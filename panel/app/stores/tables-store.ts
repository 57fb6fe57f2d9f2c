// Panel: which of the tabs below the charts is open, and how its tables stand.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { GroupKey } from '../../../model/analysis/group-rows.ts'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'

export type Tab = 'operations' | 'summary' | 'timeline'

export interface TablesStore {
  tab: KeptChoice<Tab>
  /** Whether Operations shows groups, or single operations. */
  grouped: KeptChoice<'groups' | 'single'>
  operationSort: Signal<Sort<OperationKey>>
  groupSort: Signal<Sort<GroupKey>>
  /** The group that is marked in the list of groups. */
  selectedGroup: Signal<number | null>
  /** Of the room for the list and the details, what the user has given to the details: 0 to 1. */
  detailsShare: Signal<number | null>
}

export function createTablesStore(storage: ChoiceStorage): TablesStore {
  return {
    tab: keepChoice<Tab>(storage, 'tab', ['operations', 'summary', 'timeline']),
    grouped: keepChoice(storage, 'operations', ['groups', 'single']),
    // As they come.
    operationSort: signal<Sort<OperationKey>>({ key: 'start', descending: false }),
    groupSort: signal<Sort<GroupKey>>({ key: 'total', descending: true }),
    selectedGroup: signal<number | null>(null),
    detailsShare: signal<number | null>(null),
  }
}

export interface KeptChoice<T> {
  value: ReadonlySignal<T>
  choose(value: T): void
}

/** What of `localStorage` is used. It throws where the user has blocked all site data. */
export type ChoiceStorage = Pick<Storage, 'getItem' | 'setItem'>

/** The first of the options, where nothing else was chosen yet. */
export function keepChoice<T extends string>(
  storage: ChoiceStorage,
  key: string,
  options: readonly [T, ...T[]],
): KeptChoice<T> {
  const value = signal(options.find(option => option === read(storage, key)) ?? options[0])
  return {
    value,
    choose(chosen) {
      value.value = chosen
      try {
        storage.setItem(key, chosen)
      } catch {
        // Chosen for now alone.
      }
    },
  }
}

function read(storage: ChoiceStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}
