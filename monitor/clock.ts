// The library, in any JavaScript environment: the clocks, captured before anyone can replace them.

declare const performance: { now(): number; readonly timeOrigin: number }

/** Milliseconds since `timeOrigin`, monotonic. Bound once: that halves the cost of a reading in Chromium. */
export const now: () => number = performance.now.bind(performance)
const { now: wallNow } = Date

/** Milliseconds since the Unix epoch at which `now()` was 0. */
export const timeOrigin: number = performance.timeOrigin

/** Milliseconds between comparisons of the two clocks: far less than a machine takes to fall asleep. */
const CHECK_INTERVAL = 1
/** Milliseconds that the clocks may differ by: both are rounded, in some browsers to 100 ms. */
const TOLERANCE = 250
/** Origins that are remembered: one for each time that the machine slept or its clock was set. */
const MAX_ORIGINS = 100

/** The epoch time at which `now()` would have been 0, for its readings from `since` on; the latest is the first. */
const origins: [since: number, origin: number][] = [[0, timeOrigin]]
let checked = 0

/**
 * To be called with each reading of `now()` that `toEpoch` will be asked for. The monotonic clock stands still while the
 * machine sleeps (https://github.com/w3c/hr-time/issues/115), and does not change when the wall clock is set.
 */
export function checkClock(time: number): void {
  if (time - checked < CHECK_INTERVAL) return
  checked = time
  const origin = wallNow() - time
  if (Math.abs(origin - toEpoch(time) + time) > TOLERANCE) origins.unshift([time, origin])
  origins.splice(MAX_ORIGINS)
}

/** Milliseconds since the Unix epoch, by the wall clock, of a reading of `now()`. */
export function toEpoch(time: number): number {
  const [, origin] = origins.find(([since]) => since <= time) ?? (origins.at(-1) as (typeof origins)[0])
  return origin + time
}
