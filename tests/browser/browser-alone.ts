// Test (Node): a Chromium with the extension that nobody's debugger is attached to: one keeps workers awake, and pages
// from being loaded ahead.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBrowserProfile } from '../../scripts/browser-profile.ts'
import { chromiumFlags } from '../../scripts/chromium-flags.ts'
import { findChromium } from '../../scripts/find-chromium.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { EXTENSION } from './perf-test.ts'

/** @param use gets the port of `http://127.0.0.1:PORT/json/…`. */
export async function withBrowserAlone(
  { devtools, url }: { devtools: boolean; url: string },
  use: (debuggingPort: number) => Promise<void>,
): Promise<void> {
  const profile = createBrowserProfile({ theme: 'light', dock: 'bottom' })
  const flags = chromiumFlags({ extensionDir: EXTENSION, headless: true, devtools })
  const browser = spawn(await findChromium(), [...flags, `--user-data-dir=${profile.dir}`, url], { detached: true })
  try {
    const port = await waitUntil('the debugging port', () => {
      try {
        // It is there before the port is written to it.
        return readFileSync(join(profile.dir, 'DevToolsActivePort'), 'utf8').split('\n')[0] || undefined
      } catch {
        return undefined
      }
    })
    await use(Number(port))
  } finally {
    browser.kill()
    await new Promise(resolve => browser.once('exit', resolve))
    endGroup(browser.pid)
    profile.remove()
  }
}

/** The browser's last processes would still write to its profile. */
function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL')
  } catch {
    // There are none.
  }
}
