// Panel: the shown operations in the order that the user chose. Other orders than by start are sorted in slices.
import { computed, type ReadonlySignal } from '@preact/signals'
import { type OperationKey, type Sort, sortedRows } from '../../../model/analysis/sorted-rows.ts'
import type { Row } from '../../../model/numbers.ts'
import { type Rows, rowsIn } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { createSlicedResult } from '../../kit/sliced-result.ts'

/** Rows of the session in some order. */
export interface OperationList {
  /** The order that they have. */
  sort: Sort<OperationKey>
  length: number
  row(position: number): Row
  /** The position of a row; -1 if it is not shown. */
  positionOf(row: Row): number
}

export interface SortedOperations {
  list: ReadonlySignal<OperationList>
  /** Whether the list for the current order, filter and range is still being sorted. */
  sorting: ReadonlySignal<boolean>
  stop(): void
}

interface Sorted {
  /** The session that the rows belong to. */
  of: SessionModel | null
  rows: Uint32Array
  sort: Sort<OperationKey>
}

const BY_START: Sort<OperationKey> = { key: 'start', descending: false }
const EMPTY: Sorted = { of: null, rows: new Uint32Array(), sort: BY_START }

export function createSortedOperations(
  { session, version }: Pick<SessionStore, 'session' | 'version'>,
  view: Pick<ViewStore, 'matches' | 'span' | 'rows'>,
  sort: ReadonlySignal<Sort<OperationKey>>,
): SortedOperations {
  const inOrder = computed(() => sort.value.key === 'start' && !sort.value.descending)
  const sorted = createSlicedResult({
    inputs: () => ({
      of: session.value,
      matches: view.matches.value,
      zoom: view.span.value,
      sort: sort.value,
      needed: !inOrder.value,
    }),
    version,
    *work({ of, matches, zoom, sort, needed }): Generator<void, Sorted> {
      if (!needed) return EMPTY
      return { of, rows: yield* sortedRows(of, rowsIn(matches, of.operations.start, zoom), sort), sort }
    },
    initial: EMPTY,
  })
  return {
    list: computed(() => {
      if (inOrder.value) return byStart(view.rows.value, session.value)
      const { of, rows, sort: by } = sorted.result.value
      return listOf(of === session.value ? rows : EMPTY.rows, by)
    }),
    sorting: computed(() => sorted.working.value && !inOrder.value),
    stop: sorted.stop,
  }
}

function byStart({ list, from, to }: Rows, { operations }: SessionModel): OperationList {
  return {
    sort: BY_START,
    length: to - from,
    row: position => list.row(from + position),
    positionOf(row) {
      const position = list.positionOfRow(row, operations.start.values)
      return position < from || position >= to ? -1 : position - from
    },
  }
}

function listOf(rows: Uint32Array, sort: Sort<OperationKey>): OperationList {
  return { sort, length: rows.length, row: position => rows[position] as Row, positionOf: row => rows.indexOf(row) }
}
