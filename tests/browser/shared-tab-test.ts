// Test (Node): as perf-test.ts, for tests that share a tab and its DevTools: starting them takes longer than most tests.
// Before each test the page, the panel, the settings and the session are as they are when DevTools has just been opened.
// What can't be undone, such as a script added to each page, needs perf-test.ts.
import { openChromium } from '../../scripts/chromium-session.ts'
import {
  test as base,
  type Chromium,
  EXTENSION,
  expect,
  type InspectedPage,
  reloadPanel,
  rowsOf,
  showSingleOperations,
  watchRefused,
} from './perf-test.ts'

export * from './perf-test.ts'

interface Shared {
  chromium: Chromium
  inspected: InspectedPage
  /** Of the DevTools, in pixels. */
  size: { width: number; height: number }
}

// After a test that fails, Playwright starts anew, with another browser.
export const test = base.extend<object, { shared: Shared }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true })
      const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
      const inspected = { page, ...(await chromium.devtoolsFor(page)) }
      const size = await inspected.frontend.evaluate(() => ({ width: innerWidth, height: innerHeight }))
      await use({ chromium, inspected, size })
      await chromium.close()
    },
    { scope: 'worker' },
  ],
  chromium: ({ shared }, use) => use(shared.chromium),
  inspected: async ({ shared }, use) => {
    await reset(shared)
    const refused = watchRefused(shared.inspected.frontend)
    await use(shared.inspected)
    expect(refused).toEqual([])
  },
})

async function reset({ chromium, inspected, size }: Shared): Promise<void> {
  const { page, frontend, panel } = inspected
  // The test before may have shown another one of DevTools' tabs.
  await chromium.devtoolsFor(page)
  for (const other of chromium.inspectedPages()) if (other !== page) await other.close()
  await page.unrouteAll()
  await page.goto('about:blank')
  await chromium.context.clearCookies()
  await frontend.setViewportSize(size)
  await frontend.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null })
  await panel.evaluate(async () => {
    localStorage.clear()
    await chrome.storage.local.clear()
  })
  await reloadPanel(panel)
  await showSingleOperations(panel)
  // The worker may get what the page before has done after it has answered.
  await expect(async () => {
    await panel.evaluate(async () => {
      const { tabId } = chrome.devtools.inspectedWindow
      for (const request of [{ type: 'clear' }, { type: 'record', on: true }, { type: 'preserve-log', on: true }]) {
        await chrome.runtime.sendMessage({ ...request, tabId })
      }
    })
    await expect(rowsOf(panel)).toHaveCount(0, { timeout: 2_000 })
  }).toPass()
}
