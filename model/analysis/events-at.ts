// Panel: what is marked in the charts beside operations and samples, at a moment. Touches no DOM.
import type { SessionGap, SessionNavigation } from '../../session/format.ts'
import { LONGEST_TASK } from '../session/long-task-table.ts'
import type { PlacedSnapshot, SessionModel } from '../session/session-model.ts'

/** Times in epoch milliseconds, durations in milliseconds. */
export type ChartEvent =
  | { type: 'snapshot'; snapshot: PlacedSnapshot }
  | { type: 'long-task'; start: number; duration: number }
  | { type: 'navigation'; navigation: SessionNavigation }
  | { type: 'gap'; gap: SessionGap }

/** The nearest event of a sort, and how many of that sort are within reach. Gaps of each reason are a sort. */
export interface EventHere {
  sort: string
  event: ChartEvent
  count: number
}

interface PlacedEvent {
  sort: string
  event: ChartEvent
  from: number
  to: number
}

/** @param reach milliseconds to both sides of `moment`. */
export function eventsAt(session: SessionModel, moment: number, reach: number): EventHere[] {
  const found = new Map<string, EventHere & { distance: number }>()
  for (const { sort, event, from, to } of eventsIn(session, moment - reach, moment + reach)) {
    const distance = Math.max(0, from - moment, moment - to)
    const known = found.get(sort)
    const count = (known?.count ?? 0) + 1
    if (!known || distance < known.distance) found.set(sort, { sort, event, count, distance })
    else known.count = count
  }
  return Array.from(found.values(), ({ sort, event, count }) => ({ sort, event, count }))
}

function* eventsIn(session: SessionModel, from: number, to: number): Generator<PlacedEvent> {
  const { snapshots, longTasks, marks, gaps } = session
  for (const snapshot of snapshots) {
    const { time } = snapshot
    if (time < from || time > to) continue
    yield { sort: 'snapshot', event: { type: 'snapshot', snapshot }, from: time, to: time }
  }
  for (let i = longTasks.indexFrom(from - LONGEST_TASK); i < longTasks.length; i++) {
    const [start, duration] = [longTasks.start.get(i), longTasks.duration.get(i)]
    if (start > to) break
    if (start + duration < from) continue
    yield { sort: 'long-task', event: { type: 'long-task', start, duration }, from: start, to: start + duration }
  }
  for (const navigation of marks) {
    const { time } = navigation
    if (time < from || time > to) continue
    yield { sort: 'navigation', event: { type: 'navigation', navigation }, from: time, to: time }
  }
  for (const gap of gaps.all) {
    const { reason, startTime, endTime = Number.POSITIVE_INFINITY } = gap
    if (endTime < from || startTime > to) continue
    yield { sort: reason, event: { type: 'gap', gap }, from: startTime, to: endTime }
  }
}
