// World: Node. A Chromium with the extension loaded, whose DevTools can be driven like a page.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { createBrowserProfile, type Dock, type Theme } from './browser-profile.ts'
import { chromiumFlags } from './chromium-flags.ts'
import { type DevTools, devtoolsFor, openDevtools } from './devtools-front-end.ts'
import { findChromium } from './find-chromium.ts'
import { launchFailure } from './launch-failure.ts'
import { waitUntil } from './wait-until.ts'

export interface ChromiumOptions {
  /** The built, unpacked extension; without it the browser has none. */
  readonly extensionDir?: string
  readonly headless: boolean
  /** Opens DevTools with every tab. */
  readonly devtools: boolean
  /** Of DevTools; light by default. */
  readonly theme?: Theme
  /** Where DevTools is shown; at the window's bottom by default. */
  readonly dock?: Dock
  /** Pages that are left stay in the back/forward cache, as they do for users; Playwright's own calls can't follow. */
  readonly backForwardCache?: boolean
  /** Found or installed when not given. */
  readonly executablePath?: string
}

export interface ChromiumSession {
  /** Its `pages()` hold the DevTools front-ends too: `inspectedPages()` leaves them out. */
  readonly context: BrowserContext
  /** For `http://127.0.0.1:PORT/json/…`. */
  readonly debuggingPort: number
  /** All that the browser writes. */
  readonly profileDir: string
  inspectedPages(): Page[]
  /** Opens DevTools on a page that has none, as F12 does, and shows the tab Perf in them. */
  openDevtools(page: Page): Promise<DevTools>
  /** Shows the tab Perf in the DevTools of a page. Rejects when there is none in 30 s. */
  devtoolsFor(page: Page): Promise<DevTools>
  close(): Promise<void>
}

export async function openChromium(options: ChromiumOptions): Promise<ChromiumSession> {
  // Docked DevTools are a target of the type `other`, which Playwright shows as a page only with this setting. It is
  // read whenever a target appears, so it has to stay set.
  process.env.PW_CHROMIUM_ATTACH_TO_OTHER = '1'
  const executablePath = options.executablePath ?? (await findChromium())
  const profile = createBrowserProfile({ theme: options.theme ?? 'light', dock: options.dock ?? 'bottom' })
  try {
    const context = await launch(executablePath, profile.dir, options)
    profile.removeOnExit()
    return {
      context,
      debuggingPort: await readDebuggingPort(profile.dir),
      profileDir: profile.dir,
      inspectedPages: () => context.pages().filter(page => !page.url().startsWith('devtools://')),
      devtoolsFor: page => devtoolsFor(context, page),
      openDevtools: page => openDevtools(context, page),
      async close() {
        await context.close()
        profile.remove()
      },
    }
  } catch (error) {
    profile.remove()
    throw error
  }
}

async function launch(executablePath: string, profileDir: string, options: ChromiumOptions): Promise<BrowserContext> {
  // The new headless mode, which loads extensions, is a flag of a browser with a head: see chromium-flags.ts.
  const launchOptions = {
    executablePath,
    headless: false,
    viewport: null,
    args: chromiumFlags(options),
    ignoreDefaultArgs: options.backForwardCache ? ['--disable-back-forward-cache'] : [],
  }
  try {
    return await chromium.launchPersistentContext(profileDir, launchOptions)
  } catch (error) {
    throw launchFailure(executablePath, error)
  }
}

/** The browser was given port 0 and writes the one it got into its profile. */
function readDebuggingPort(profileDir: string): Promise<number> {
  return waitUntil('the debugging port', () => {
    try {
      return Number(readFileSync(join(profileDir, 'DevToolsActivePort'), 'utf8').split('\n')[0]) || undefined
    } catch {
      return undefined
    }
  })
}
