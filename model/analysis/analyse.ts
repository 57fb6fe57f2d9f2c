// Model: statistics of the operations that are shown, overall and by group, in one pass.
import { PENDING } from '../../wire/operations.ts'
import type { GroupId } from '../numbers.ts'
import { extentOf } from '../session/extent.ts'
import { OTHER } from '../session/operation-table.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import { latency } from '../session/shown-duration.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'
import { GroupTotals, TREND_STEPS } from './group-totals.ts'
import type { Grouping } from './grouping.ts'

/** Nobody reads a longer table. Further groups are counted together, as one. */
export const MAX_GROUPS = 10_000
/** The id of the group that holds them. */
export const OTHER_GROUPS = -1 as GroupId
/** Operations between two `yield`s: a few hundred microseconds of work. */
const STEP = 4_096

export interface AnalysisInputs {
  session: SessionModel
  /** The operations that match the filter, sorted by start. */
  matches: SortedRowIndex
  /** Counts only the operations that started in this range of epoch milliseconds; null for all. */
  zoom: { from: number; to: number } | null
  grouping: Grouping
  /** Milliseconds. */
  slowThreshold: number
}

export interface Analysis {
  /** Epoch milliseconds: the zoomed range, or else that of the whole session. */
  range: { from: number; to: number }
  /** All operations in that range. */
  all: GroupTotals
  /** By group id. */
  groups: ReadonlyMap<GroupId, GroupTotals>
  /** How the groups were made. */
  grouping: Grouping
}

export const EMPTY_ANALYSIS: Analysis = {
  range: { from: 0, to: 0 },
  all: new GroupTotals(),
  groups: new Map(),
  grouping: { groupOf: () => OTHER_GROUPS, nameOf: () => '' },
}

export function* analyse(inputs: AnalysisInputs): Generator<void, Analysis> {
  const { session, matches, zoom, grouping, slowThreshold } = inputs
  const { operations } = session
  const { from, to } = rowsIn(matches, operations.start, zoom)
  const range = zoom ?? extentOf(session)
  const stepsPerMillisecond = TREND_STEPS / Math.max(range.to - range.from, 1e-3)
  const all = new GroupTotals()
  const groups = new Map<GroupId, GroupTotals>()
  for (let position = from; position < to; position++) {
    if (position % STEP === 0) yield
    const row = matches.row(position)
    const group = groupTotals(groups, grouping.groupOf(row))
    const outcome = operations.outcome.get(row)
    const waited = latency(session, row)
    const start = operations.start.get(row)
    const status = operations.requests.status.get(row)
    const size = operations.requests.size.get(row)
    all.transfer(status, size)
    group.transfer(status, size)
    if (waited >= slowThreshold) {
      all.slow++
      group.slow++
    }
    if (operations.kind.get(row) === OTHER) {
      all.others++
      group.others++
    }
    if (outcome === PENDING) {
      const state = operations.endIsUnknown(row) ? 'endUnknown' : 'running'
      all[state]++
      group[state]++
      continue
    }
    const step = Math.floor((start - range.from) * stepsPerMillisecond)
    const bounded = Math.min(Math.max(step, 0), TREND_STEPS - 1)
    all.recordAt(bounded, waited, outcome)
    group.recordAt(bounded, waited, outcome)
  }
  return { range, all, groups, grouping }
}

function groupTotals(groups: Map<GroupId, GroupTotals>, id: GroupId): GroupTotals {
  const known = groups.get(id)
  if (known) return known
  const key = groups.size < MAX_GROUPS ? id : OTHER_GROUPS
  const totals = groups.get(key) ?? new GroupTotals()
  groups.set(key, totals)
  return totals
}
