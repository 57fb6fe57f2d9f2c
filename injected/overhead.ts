// Page's own world (MAIN): how long our own tasks keep the page's main thread. The calls that a page makes are not in
// it: a clock reading costs as much as they do.
import { now } from '../monitor/clock.ts'

let spent = 0

/** Runs a task that does not throw. */
export function timed(task: () => void): void {
  const start = now()
  task()
  spent += now() - start
}

/** Milliseconds since it was last asked for, without the task that asks. */
export function takeOverhead(): number {
  const time = spent
  spent = 0
  return time
}
