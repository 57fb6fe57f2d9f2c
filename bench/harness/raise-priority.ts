// Node. Who keeps a clock that others are compared with must run when its time comes.
import { existsSync, readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** Puts a process above all others; on Linux each of its threads has a priority of its own. Few users may. */
export function raisePriority(pid: number, name: string): void {
  const tasks = `/proc/${pid}/task`
  const threads = existsSync(tasks) ? readdirSync(tasks).map(Number) : [pid]
  try {
    for (const thread of threads) setPriority(thread, constants.priority.PRIORITY_HIGHEST)
  } catch {
    console.warn(`${name} runs at ordinary priority: its times are as late as others keep it waiting.`)
  }
}
