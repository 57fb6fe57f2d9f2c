// Page. The bench's operations as two columns, sorted by start: what chart libraries take.
import { durationsOf, PLAN, type PlannedName } from './plan.ts'
import { createRandom } from './random.ts'

/** Milliseconds that they cover, as a session of the bench does. */
export const SPAN = 600_000

export interface Points {
  starts: number[]
  durations: number[]
}

export function pointsOf(count: number): Points {
  const random = createRandom(count)
  const points: Points = { starts: [], durations: [] }
  for (let i = 0; i < count; i++) {
    const start = (i / count) * SPAN
    const planned = PLAN[Math.floor(random() * PLAN.length)] as PlannedName
    points.starts.push(start)
    points.durations.push(durationsOf(planned, start / SPAN, random).duration)
  }
  return points
}

/** What a peer's script leaves on `globalThis`. */
export interface PeerGlobal {
  start(size: { width: number; height: number; count: number }): void
  /** Draws the span from one moment to another. */
  show(from: number, to: number): void
}
