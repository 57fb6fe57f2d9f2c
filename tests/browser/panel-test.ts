// Test (Node): as perf-test.ts, for tests of the panel alone. They share a browser, as starting one takes longer than most
// of them. Each has a tab with DevTools of its own, and the extension's default settings.
import { openChromium } from '../../scripts/chromium-session.ts'
import { test as base, type Chromium, EXTENSION, expect, inspect, watchRefused } from './perf-test.ts'

export * from './perf-test.ts'

export const test = base.extend<object, { sharedChromium: Chromium }>({
  sharedChromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true })
      // The browser would end with its last tab.
      const first = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
      await first.goto('about:blank')
      await use(chromium)
      await chromium.close()
    },
    { scope: 'worker' },
  ],
  chromium: async ({ sharedChromium }, use) => {
    const before = new Set(sharedChromium.inspectedPages())
    await use(sharedChromium)
    for (const page of sharedChromium.inspectedPages()) if (!before.has(page)) await page.close()
  },
  inspected: async ({ chromium }, use) => {
    const inspected = await inspect(chromium, await chromium.context.newPage())
    const refused = watchRefused(inspected.frontend)
    await use(inspected)
    expect(refused).toEqual([])
    // After a test that fails, Playwright opens another browser: only one that passes has to leave this one clean.
    await inspected.panel.evaluate(async () => {
      localStorage.clear()
      await chrome.storage.local.clear()
    })
  },
})
