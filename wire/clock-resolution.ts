// Runs in every world and touches none: how finely a clock tells the time.

/** Readings of the clock that differ, enough to see its step where one of them was late. */
const STEPS = 5
/** Readings in all, some 100 ms: a page that sets its own clock may have it stand still. */
const MAX_READINGS = 1_000_000

/**
 * The smallest step of a clock in milliseconds: 0.1 in ordinary pages and 0.005 in cross-origin isolated ones
 * (High Resolution Time §4, "coarsen time"), 1 in Firefox. Reads it until it has gone on by `steps`, so call it off
 * the hot path. 1,000 for a clock that stands still.
 */
export function measureResolution(clock: () => number, steps = STEPS): number {
  let smallest = 1_000
  let last = clock()
  for (let step = 0, reading = 0; step < steps && reading < MAX_READINGS; reading++) {
    const time = clock()
    if (time === last) continue
    if (time - last < smallest) smallest = time - last
    last = time
    step++
  }
  return Number(smallest.toPrecision(2))
}
