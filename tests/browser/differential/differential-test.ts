// Test (Node): the two browsers of the differential suite, started once: one without us, and one with the built
// extension and DevTools open.
import { test as base } from 'playwright/test'
import { type ChromiumSession, openChromium } from '../../../scripts/chromium-session.ts'
import { showPanel } from '../../../scripts/devtools-front-end.ts'
import { EXTENSION } from '../perf-test.ts'
import { type Lane, NATIVE_FETCH, openLane, PATCHED_FETCH } from './lane.ts'

export const INJECTED = `${EXTENSION}/injected/main.js`

interface Lanes {
  nativeBrowser: ChromiumSession
  /** Without us. */
  native: Lane
  /** With the extension, DevTools open. */
  recorded: Lane
  /** With the built injected script alone, as a public test suite would be run over it: no relay comes. */
  scripted: Lane
}

const firstPage = async ({ inspectedPages, context }: ChromiumSession) =>
  inspectedPages()[0] ?? (await context.newPage())

export const test = base.extend<object, Lanes>({
  nativeBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ headless: true, devtools: false })
      await use(chromium)
      await chromium.close()
    },
    { scope: 'worker' },
  ],
  native: [
    async ({ nativeBrowser }, use) => {
      const lane = await openLane(await firstPage(nativeBrowser), NATIVE_FETCH)
      await use(lane)
      await lane.close()
    },
    { scope: 'worker' },
  ],
  scripted: [
    async ({ nativeBrowser }, use) => {
      const page = await nativeBrowser.context.newPage()
      await page.addInitScript({ path: INJECTED })
      const lane = await openLane(page, PATCHED_FETCH)
      await use(lane)
      await page.close()
      await lane.close()
    },
    { scope: 'worker' },
  ],
  recorded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true })
      const page = await firstPage(chromium)
      const { frontend } = await chromium.devtoolsFor(page)
      // What the tab Perf draws, no page can observe, and it would take a fifth of the time.
      await showPanel(frontend, 'lighthouse')
      const lane = await openLane(page, PATCHED_FETCH)
      await use(lane)
      await lane.close()
      await chromium.close()
    },
    { scope: 'worker' },
  ],
})
