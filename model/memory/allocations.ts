// Model: how much a call of each operation allocates, from how the heap grows in the windows in which it runs. It says nothing of
// what stays in the heap: most of what is allocated is garbage a moment later. See docs/memory.md.
import { PENDING } from '../../wire/operations.ts'
import { OTHER_GROUPS } from '../analysis/analyse.ts'
import type { Grouping } from '../analysis/grouping.ts'
import type { GroupId } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { type Allocation, allocatedPerCall, type Calls, MIN_WINDOWS } from './allocation-estimate.ts'
import { type HeapWindow, heapWindows } from './heap-windows.ts'

/** Groups that are looked at one by one: those with the most calls. The others count as one. More would need more windows. */
export const MAX_GROUPS = 10
/** How many of the latest windows are looked at. More would take longer, and say little more. */
export const MAX_WINDOWS = 1_000
/** Operations between two `yield`s. */
const STEP = 4_096

export interface Allocations {
  /** How the groups were made. */
  grouping: Grouping
  /** How many windows there were. */
  windows: number
  /** Of the groups of which something can be said. */
  byGroup: ReadonlyMap<GroupId, Allocation>
}

/** @param zoom a span of epoch milliseconds; null for the whole session */
export function* allocationsOf(
  session: SessionModel,
  zoom: { from: number; to: number } | null,
  grouping: Grouping,
): Generator<void, Allocations> {
  const windows = (yield* heapWindows(session, zoom)).slice(-MAX_WINDOWS)
  if (windows.length < MIN_WINDOWS) return { grouping, windows: windows.length, byGroup: new Map() }
  const totals = new Map<GroupId, number>()
  yield* eachCall(session, windows, grouping, group => totals.set(group, (totals.get(group) ?? 0) + 1))
  const calls = new Map<GroupId, Calls>()
  const most = [...totals].sort(([, a], [, b]) => b - a).slice(0, MAX_GROUPS)
  for (const [group] of most) calls.set(group, noCalls(windows.length))
  const others = noCalls(windows.length)
  if (totals.size > calls.size) calls.set(OTHER_GROUPS, others)
  yield* eachCall(session, windows, grouping, (group, window, which) => {
    const counts = (calls.get(group) ?? others)[which]
    counts[window] = (counts[window] as number) + 1
  })
  return { grouping, windows: windows.length, byGroup: yield* allocatedPerCall(windows, calls) }
}

function noCalls(windows: number): Calls {
  return { starts: new Float64Array(windows), ends: new Float64Array(windows) }
}

/** Reports the start and the end of each ended operation to the windows in which they lie. */
function* eachCall(
  { operations }: SessionModel,
  windows: readonly HeapWindow[],
  grouping: Grouping,
  report: (group: GroupId, window: number, which: keyof Calls) => void,
): Generator<void, void> {
  const { order, start, duration, outcome } = operations
  for (let position = 0; position < order.length; position++) {
    if (position % STEP === 0) yield
    const row = order.row(position)
    if (outcome.get(row) === PENDING) continue
    const group = grouping.groupOf(row)
    const from = start.get(row)
    const started = windowAt(windows, from)
    if (started >= 0) report(group, started, 'starts')
    const ended = windowAt(windows, from + duration.get(row))
    if (ended >= 0) report(group, ended, 'ends')
  }
}

/** The window that contains a time, or -1. What happens at a reading is before it. */
function windowAt(windows: readonly HeapWindow[], time: number): number {
  let [low, high] = [0, windows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((windows[middle] as HeapWindow).to < time) low = middle + 1
    else high = middle
  }
  return low < windows.length && (windows[low] as HeapWindow).from < time ? low : -1
}
