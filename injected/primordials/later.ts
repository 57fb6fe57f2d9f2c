// Page's own world (MAIN): a task of ours, which the page neither sees nor takes away. A timer has a number that
// counts the page's own timers on, and pages clear all numbers there are.
import { bare, postTask } from './natives.ts'

/** Runs a task that does not throw in `delay` milliseconds, if it is not taken back before. Returns the undo. */
export function later(task: () => void, delay: number): () => void {
  let wanted = true
  postTask(() => wanted && task(), bare({ delay }))
  return () => {
    wanted = false
  }
}
