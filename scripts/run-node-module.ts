// World: Node. A package's command by this Node itself, which needs no shell on any system.

import { join } from 'node:path'
import { projectRoot } from './project-root.ts'
import { type RunOptions, run } from './run.ts'

/** @param script its path within node_modules. Returns the exit code. */
export function runNodeModule(script: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return run(process.execPath, [join(projectRoot, 'node_modules', script), ...args], options)
}
