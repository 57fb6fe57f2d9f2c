// Page's own world (MAIN): runs a task of ours later. A timer won't do: its number would show in the numbers of the page's own
// timers, and pages clear all numbers there are.
import { bare, postTask } from './natives.ts'

/** Runs a task, which must not throw, in `delay` milliseconds. Returns the undo. */
export function later(task: () => void, delay: number): () => void {
  let wanted = true
  postTask(() => wanted && task(), bare({ delay }))
  return () => {
    wanted = false
  }
}
