// Test (Node): a Chromium that nobody debugs: an attached debugger, as Playwright is one, keeps a worker from stopping.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBrowserProfile } from '../../scripts/browser-profile.ts'
import { chromiumFlags } from '../../scripts/chromium-flags.ts'
import { findChromium } from '../../scripts/find-chromium.ts'
import { waitUntil } from '../../scripts/wait-until.ts'

interface Target {
  id: string
  type: string
  url: string
}

export interface UnattachedChromium {
  /** What there is to debug; a worker that does not run is not in it. */
  targets(): Promise<Target[]>
  close(target: Target): Promise<void>
  open(url: string): Promise<void>
  stop(): Promise<void>
}

/** Opens DevTools with every tab. */
export async function openUnattachedChromium(extensionDir: string, url: string): Promise<UnattachedChromium> {
  const profile = createBrowserProfile({ theme: 'light', dock: 'bottom' })
  const flags = chromiumFlags({ extensionDir, headless: true, devtools: true })
  const browser = spawn(await findChromium(), [...flags, `--user-data-dir=${profile.dir}`, url], { stdio: 'ignore' })
  const port = await waitUntil('the debugging port', () => {
    try {
      return Number(readFileSync(join(profile.dir, 'DevToolsActivePort'), 'utf8').split('\n')[0]) || undefined
    } catch {
      return undefined
    }
  })
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}/json/${path}`, { method })
  return {
    targets: async () => (await (await ask('list')).json()) as Target[],
    async close({ id }) {
      await ask(`close/${id}`)
    },
    async open(page) {
      await ask(`new?${page}`, 'PUT')
    },
    async stop() {
      const gone = once(browser, 'exit')
      browser.kill()
      await gone
      profile.remove()
    },
  }
}
