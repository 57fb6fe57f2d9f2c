// Isolated world of each frame: how far the wall clock is ahead of the document's own.

/** Milliseconds between the two readings of the document's clock around a good reading of the wall clock. */
const MAX_READING_TIME = 0.3
/** Attempts: a thread that is stopped each time, as on a busy machine, has the best of them. */
const MAX_ATTEMPTS = 10

/**
 * Milliseconds, as `Batch.wallOffset`. The thread may be stopped for tens of milliseconds between any two readings, so the
 * wall clock is read between two readings of the document's clock, again until these are close together.
 */
export function readWallOffset(
  wallClock: () => number = Date.now,
  clock: () => number = () => performance.timeOrigin + performance.now(),
): number {
  let best = Number.NaN
  let shortest = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < MAX_ATTEMPTS && shortest > MAX_READING_TIME; attempt++) {
    const before = clock()
    const wall = wallClock()
    const after = clock()
    if (after - before >= shortest) continue
    shortest = after - before
    best = wall - (before + after) / 2
  }
  return best
}
