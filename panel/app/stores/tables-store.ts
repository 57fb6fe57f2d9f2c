// Panel: which of the tabs below the charts is open, and how its tables stand.
import { type Signal, signal } from '@preact/signals'
import type { GroupKey } from '../../../model/analysis/group-rows.ts'
import type { OperationKey, Sort } from '../../../model/analysis/sorted-rows.ts'
import { type ChoiceStorage, type KeptChoice, keepChoice } from './kept-choice.ts'

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
