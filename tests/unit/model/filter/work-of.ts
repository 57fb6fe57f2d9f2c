// Test: what a task costs.

/** Milliseconds of this process's own work: what others do on the machine meanwhile does not count. */
export function workOf(task: () => void): number {
  const before = process.cpuUsage()
  task()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** The least of three times: the compiler and the collector work now and then. */
export function leastWorkOf(task: () => void): number {
  return Math.min(...[1, 2, 3].map(() => workOf(task)))
}
