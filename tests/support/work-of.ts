// Test: what a task costs.

/** Most measurements of one task. */
const MAX_RUNS = 10

/** Milliseconds of this process's own work: what others do on the machine meanwhile does not count. */
export function workOf(task: () => unknown): number {
  const before = process.cpuUsage()
  task()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/**
 * The least of several measurements, which is nearest to what the task itself costs: the compiler and the collector work now
 * and then, and others on the machine use the same caches. Ends with the first that is below `bound`.
 */
export function leastOf(measure: () => number, bound: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < MAX_RUNS && least >= bound; run++) least = Math.min(least, measure())
  return least
}
