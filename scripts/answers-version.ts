// World: Node. Whether an executable is a browser that starts here: Playwright's own is there but can't start
// where system libraries are missing.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Starting a browser only to hear its version takes well under a second; a cold disk some more. */
const TIMEOUT_MS = 20_000

export function answersVersion(path: string, name = /Chrom(e|ium)/): Promise<boolean> {
  if (!existsSync(path)) return Promise.resolve(false)
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === 'win32') return Promise.resolve(true)
  return new Promise(resolve => {
    execFile(path, ['--version'], { timeout: TIMEOUT_MS }, (error, stdout) => {
      resolve(!error && name.test(stdout))
    })
  })
}
