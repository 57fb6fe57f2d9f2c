// Page's own world (MAIN): how long our own tasks occupy the page's main thread. What a patched call costs is not included,
// as reading the clock for it would cost as much again.
import { now } from '../monitor/clock.ts'

let spent = 0

/** Runs a task, which must not throw. */
export function timed(task: () => void): void {
  const start = now()
  task()
  spent += now() - start
}

/** The milliseconds since the last call, without the task that is running. */
export function takeOverhead(): number {
  const time = spent
  spent = 0
  return time
}
