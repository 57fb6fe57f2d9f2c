// World: Node. From nothing to a browser that shows Perf: builds, finds a browser, serves the demo, opens both.

import { startDemoServer } from '../demo/server.ts'
import { buildExtension } from './build.ts'
import { openChromium } from './chromium-session.ts'
import { findChromium } from './find-chromium.ts'
import { openFirefox } from './firefox-session.ts'
import { hasDisplay } from './has-display.ts'
import { extensionDir, firefoxDir } from './project-root.ts'
import { recordInFirefox } from './record-in-firefox.ts'
import { recordSession } from './record-session.ts'
import type { StartOptions } from './start-options.ts'
import { visit } from './visit.ts'

/** Resolves when the recording is written or the browser's window is closed; nothing is left running. */
export async function start(options: StartOptions): Promise<void> {
  if (!(await buildExtension(options.browser))) throw new Error('The extension could not be built: see above.')
  const headless = options.headless || !hasDisplay()
  const demo = options.url === undefined ? await startDemoServer() : undefined
  const url = options.url ?? `${demo?.url}/?auto`
  try {
    if (options.browser === 'firefox') await showInFirefox(url, { ...options, headless })
    else await showInChromium(url, { ...options, headless })
  } finally {
    await demo?.close()
  }
}

async function showInChromium(url: string, options: StartOptions): Promise<void> {
  const { theme, headless } = options
  const executablePath = await findChromium()
  // Without a window to share, DevTools fill the whole picture and the page keeps its whole viewport.
  const dock = headless ? 'undocked' : 'bottom'
  const browser = await openChromium({ extensionDir, headless, devtools: true, dock, theme, executablePath })
  try {
    // The tab begins on about:blank: Perf is there before the page is, so that it sees the page's start.
    const [page = await browser.context.newPage()] = browser.inspectedPages()
    const devtools = await browser.devtoolsFor(page)
    await visit(page, url)
    console.log(`Perf is open on ${url}`)
    if (headless) await recordSession(devtools, options)
    else await new Promise(resolve => browser.context.once('close', resolve))
  } finally {
    await browser.close()
  }
}

async function showInFirefox(url: string, options: StartOptions): Promise<void> {
  const { theme, headless } = options
  const firefox = await openFirefox({ path: firefoxDir, headless, theme })
  try {
    await firefox.openDevtools()
    await firefox.goto(url)
    console.log(`Perf is open on ${url}`)
    if (headless) await recordInFirefox(firefox, options)
    else await firefox.ended
  } finally {
    await firefox.close()
  }
}
