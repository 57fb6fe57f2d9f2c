// Model: the snapshots, long tasks, navigations, page events and gaps at a moment.
import type { SessionGap, SessionNavigation } from '../../session/format.ts'
import { MAX_LONG_TASK } from '../session/long-task-table.ts'
import type { PlacedPageEvent, PlacedSnapshot, SessionModel } from '../session/session-model.ts'

/** Times in epoch milliseconds, durations in milliseconds. */
export type ChartEvent =
  | { type: 'snapshot'; snapshot: PlacedSnapshot }
  | { type: 'long-task'; start: number; duration: number }
  | { type: 'navigation'; navigation: SessionNavigation }
  | { type: 'page-event'; pageEvent: PlacedPageEvent }
  | { type: 'gap'; gap: SessionGap }

/**
 * The nearest event of a category, and how many of that category are within reach. Each reason of gaps and each type of page events is
 * a category.
 */
export interface NearbyEvents {
  category: string
  event: ChartEvent
  count: number
}

interface PlacedEvent {
  category: string
  event: ChartEvent
  from: number
  to: number
}

/** @param reach milliseconds before and after `moment` */
export function eventsAt(session: SessionModel, moment: number, reach: number): NearbyEvents[] {
  const found = new Map<string, NearbyEvents & { distance: number }>()
  for (const { category, event, from, to } of eventsIn(session, moment - reach, moment + reach)) {
    const distance = Math.max(0, from - moment, moment - to)
    const known = found.get(category)
    const count = (known?.count ?? 0) + 1
    if (!known || distance < known.distance) found.set(category, { category, event, count, distance })
    else known.count = count
  }
  return Array.from(found.values(), ({ category, event, count }) => ({ category, event, count }))
}

function* eventsIn(session: SessionModel, from: number, to: number): Generator<PlacedEvent> {
  const { snapshots, longTasks, marks, pageEvents, gaps } = session
  for (const snapshot of snapshots) {
    const { time } = snapshot
    if (time < from || time > to) continue
    yield { category: 'snapshot', event: { type: 'snapshot', snapshot }, from: time, to: time }
  }
  for (let i = longTasks.indexFrom(from - MAX_LONG_TASK); i < longTasks.length; i++) {
    const [start, duration] = [longTasks.start.get(i), longTasks.duration.get(i)]
    if (start > to) break
    if (start + duration < from) continue
    yield { category: 'long-task', event: { type: 'long-task', start, duration }, from: start, to: start + duration }
  }
  for (const navigation of marks) {
    const { time } = navigation
    if (time < from || time > to) continue
    yield { category: 'navigation', event: { type: 'navigation', navigation }, from: time, to: time }
  }
  for (const pageEvent of pageEvents) {
    const { type, start, duration } = pageEvent
    if (start > to || start + duration < from) continue
    yield { category: type, event: { type: 'page-event', pageEvent }, from: start, to: start + duration }
  }
  for (const gap of gaps.all) {
    const { reason, startTime, endTime = Number.POSITIVE_INFINITY } = gap
    if (endTime < from || startTime > to) continue
    yield { category: reason, event: { type: 'gap', gap }, from: startTime, to: endTime }
  }
}
