// The library, in any JavaScript environment: the monotonic clock, captured before anyone can replace it.

declare const performance: { now(): number; readonly timeOrigin: number }

/** Milliseconds since `timeOrigin`, monotonic. Bound once: that halves the cost of a reading in Chromium. */
export const now: () => number = performance.now.bind(performance)

/** Milliseconds since the Unix epoch at which `now()` was 0. */
export const timeOrigin: number = performance.timeOrigin

const { toPrecision } = Number.prototype
const { apply } = Reflect

/** Readings of the clock that differ, enough to see its step. */
const STEPS = 5
/** Readings in all, some 100 ms: a page that sets its own clock may have it stand still. */
const MAX_READINGS = 1_000_000

/**
 * The smallest step of a clock in milliseconds: 0.1 in ordinary pages and 0.005 in cross-origin isolated ones
 * (High Resolution Time §4, "coarsen time"), 1 in Firefox. Takes up to five steps, so call it off the hot path.
 * 1,000 for a clock that stands still.
 */
export function measureResolution(clock: () => number): number {
  let smallest = 1_000
  let last = clock()
  for (let step = 0, reading = 0; step < STEPS && reading < MAX_READINGS; reading++) {
    const time = clock()
    if (time === last) continue
    if (time - last < smallest) smallest = time - last
    last = time
    step++
  }
  return +(apply(toPrecision, smallest, [2]) as string)
}
