// Any world: measures the resolution of a clock.

/** Steps of the clock that are measured: one of them may seem longer, as a reading was late. */
const STEPS = 5
/** Readings at most, which take some 100 ms: the clock of a page that replaces it may stand still. */
const MAX_READINGS = 1_000_000

/**
 * The smallest step of a clock in milliseconds: 0.1 in ordinary pages and 0.005 in cross-origin isolated ones
 * (https://w3c.github.io/hr-time/#dfn-coarsen-time), 1 in Firefox. Reads the clock until it has made `steps` steps, so do
 * not call it often. 1,000 for a clock that stands still.
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
