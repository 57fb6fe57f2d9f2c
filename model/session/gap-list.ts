// Panel: the spans of a session for which something is known to be missing. Touches no DOM.
import type { SessionGap } from '../../session/format.ts'
import { LostTotals } from '../../session/lost-totals.ts'
import type { Loss } from '../../wire/batch.ts'
import type { NetworkEntry } from '../../wire/log.ts'

/** Reasons of gaps in which no operation is missing. */
const OF_NO_OPERATION: ReadonlySet<SessionGap['reason']> = new Set(['long-tasks', 'samples', 'requests'])

export class GapList {
  readonly all: SessionGap[] = []
  /** How many are known to be missing, by reason: operations, but for some reasons. */
  readonly counts = new Map<SessionGap['reason'], number>()
  /** How many operations are known to be missing. */
  lost = 0
  /** What is known of them. */
  readonly lostTotals = new LostTotals()
  #pause: SessionGap | undefined

  /** How many operations are missing of which nothing else is known. */
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

  /** A document lost operations somewhere in a span. */
  losses(losses: readonly Loss[], startTime: number, endTime: number, documentId: string): void {
    for (const { reason, count, figures } of losses) {
      this.add({ startTime, endTime, reason, count, documentId })
      if (figures) this.lostTotals.add(figures)
    }
  }

  /** There were more long tasks in a span than are told: no operation is missing. */
  longTasks(count: number, startTime: number, endTime: number, documentId: string): void {
    this.add({ startTime, endTime, reason: 'long-tasks', count, documentId })
  }

  /** What DevTools saw of requests had to wait too long; the operations are there. */
  requests(dropped: NonNullable<NetworkEntry['dropped']>): void {
    this.add({ ...dropped, reason: 'requests' })
  }

  add(gap: SessionGap): void {
    const { reason, count = 0 } = gap
    this.all.push(gap)
    if (count > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + count)
    if (!OF_NO_OPERATION.has(reason)) this.lost += count
  }
}
