// Model: the spans of a session in which data was lost or not recorded.
import type { SessionGap } from '../../session/format.ts'
import { LostTotals } from '../../session/lost-totals.ts'
import type { Loss } from '../../wire/batch.ts'
import type { NetworkEntry } from '../../wire/log.ts'

/** Reasons of gaps in which no operation was lost. */
const WITHOUT_OPERATIONS: ReadonlySet<SessionGap['reason']> = new Set(['long-tasks', 'samples', 'requests'])

export class GapList {
  readonly all: SessionGap[] = []
  /** By reason: how many operations were lost, or long tasks, samples or requests where the reason is about those. */
  readonly counts = new Map<SessionGap['reason'], number>()
  /** How many operations were lost, as far as is known. */
  lost = 0
  /** The statistics of lost operations, where they are known. */
  readonly lostTotals = new LostTotals()
  #pause: SessionGap | undefined

  /** How many operations were lost without their statistics. */
  get unknown(): number {
    return this.lost - this.lostTotals.histogram.count
  }

  /** Recording was switched off or on. */
  recording(on: boolean, time: number, reason: SessionGap['reason'] = 'paused'): void {
    if (!on && !this.#pause) {
      this.#pause = { startTime: time, reason }
      this.all.push(this.#pause)
    } else if (on && this.#pause) {
      this.#pause.endTime = time
      this.#pause = undefined
    }
  }

  /** A document lost operations within a span. */
  losses(losses: readonly Loss[], startTime: number, endTime: number, documentId: string): void {
    for (const { reason, count, summary } of losses) {
      this.add({ startTime, endTime, reason, count, documentId })
      if (summary) this.lostTotals.add(summary)
    }
  }

  /** Long tasks within a span were dropped. */
  longTasks(count: number, startTime: number, endTime: number, documentId: string): void {
    this.add({ startTime, endTime, reason: 'long-tasks', count, documentId })
  }

  /** DevTools' data of requests was dropped. The operations themselves are recorded. */
  requests(dropped: NonNullable<NetworkEntry['dropped']>): void {
    this.add({ ...dropped, reason: 'requests' })
  }

  add(gap: SessionGap): void {
    const { reason, count = 0 } = gap
    this.all.push(gap)
    if (count > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + count)
    if (!WITHOUT_OPERATIONS.has(reason)) this.lost += count
  }
}
