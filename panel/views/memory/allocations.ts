// Panel: what a call of each operation allocates in the shown range, and whether that is being measured.
import { type Signal, signal } from '@preact/signals'
import type { Grouping } from '../../../model/analysis/grouping.ts'
import { type Allocations, allocationsOf } from '../../../model/memory/allocations.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { TimeRange, ViewStore } from '../../app/stores/view-store.ts'
import { createSlicedResult, type SlicedResult } from '../../kit/sliced-result.ts'

export interface AllocationsStore extends SlicedResult<Allocations> {
  /** The heap is read at the fine pace. */
  measuring: Signal<boolean>
}

/** Of all operations, whatever the filter: each allocates as much if it is not shown. */
export function createAllocations(
  { session, version }: Pick<SessionStore, 'session' | 'version'>,
  { span, grouping }: Pick<ViewStore, 'span' | 'grouping'>,
): AllocationsStore {
  const sliced = createSlicedResult<{ of: SessionModel; zoom: TimeRange | null; grouping: Grouping }, Allocations>({
    inputs: () => ({ of: session.value, zoom: span.value, grouping: grouping.value }),
    version,
    work: ({ of, zoom, grouping }) => allocationsOf(of, zoom, grouping),
    initial: { grouping: grouping.peek(), windows: 0, byGroup: new Map() },
  })
  return { ...sliced, measuring: signal(false) }
}
