// World: Node, entry of `npm run pictures`: the pictures of README, docs and stores, of the built extension's real tab.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startDemoServer } from '../demo/server.ts'
import type { Theme } from './browser-profile.ts'
import { openChromium } from './chromium-session.ts'
import type { DevTools } from './devtools-front-end.ts'
import { extensionDir, projectRoot } from './project-root.ts'
import { visit } from './visit.ts'
import { waitUntil } from './wait-until.ts'

/** What the Chrome Web Store asks for. https://developer.chrome.com/docs/webstore/images */
const SIZE = { width: 1280, height: 800 }
const FOLDER = join(projectRoot, 'docs/pictures')
/** By then the demo has done everything that it does by itself. */
const MIN_OPERATIONS = 120

await mkdir(FOLDER, { recursive: true })
const demo = await startDemoServer()
try {
  await withDemo('light', async devtools => {
    const { panel } = devtools
    await panel.getByRole('tab', { name: 'Insights' }).click()
    await panel.locator('.insight-line').first().click()
    await picture(devtools, 'insights')
    await panel.getByRole('tab', { name: 'Operations' }).click()
    await panel.getByRole('row').filter({ hasText: '/api/users/:id' }).first().click()
    await picture(devtools, 'operations')
  })
  await withDemo('dark', async devtools => {
    const { panel } = devtools
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    await panel.getByRole('treegrid', { name: 'Timeline' }).press('Home')
    await picture(devtools, 'timeline')
    await panel.getByRole('tab', { name: 'Summary' }).click()
    await picture(devtools, 'summary')
  })
} finally {
  await demo.close()
}

/** Shows what was recorded of the demo, with recording paused, so that nothing moves. */
async function withDemo(theme: Theme, use: (devtools: DevTools) => Promise<void>): Promise<void> {
  const browser = await openChromium({ extensionDir, headless: true, devtools: true, dock: 'undocked', theme })
  try {
    const [page = await browser.context.newPage()] = browser.inspectedPages()
    const devtools = await browser.devtoolsFor(page)
    const { frontend, panel } = devtools
    await frontend.setViewportSize(SIZE)
    await visit(page, `${demo.url}/?auto`)
    const status = panel.locator('.status-bar > :first-child')
    await waitUntil('operations of the demo', async () => {
      const [count = '0'] = /[\d,]+(?= operations)/.exec((await status.textContent()) ?? '') ?? []
      return Number(count.replaceAll(',', '')) >= MIN_OPERATIONS
    })
    await panel.getByRole('button', { name: 'Record', exact: true }).click()
    await use(devtools)
  } finally {
    await browser.close()
  }
}

async function picture({ frontend, panel }: DevTools, name: string): Promise<void> {
  // Not with the pointer on a button, nor with a tooltip.
  await frontend.mouse.move(0, 0)
  // Two frames: one may be under way with what was shown before.
  await panel.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  const path = join(FOLDER, `${name}.png`)
  await frontend.screenshot({ path })
  console.log(path)
}
