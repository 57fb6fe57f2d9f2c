// Test (Node): as perf-test.ts, for tests that share a tab and its DevTools: starting them takes longer than most tests.
// Before each test the page, the panel, the settings and the session are as they are when DevTools has just been opened.
// What can't be undone, such as a script added to each page, needs perf-test.ts.
import {
  test as base,
  expect,
  reloadPanel,
  rowsOf,
  type SharedTab,
  showSingleOperations,
  watchRefused,
} from './perf-test.ts'

export * from './perf-test.ts'

export const test = base.extend({
  chromium: ({ sharedTab }, use) => use(sharedTab.chromium),
  inspected: async ({ sharedTab }, use) => {
    await reset(sharedTab)
    const refused = watchRefused(sharedTab.inspected.frontend)
    await use(sharedTab.inspected)
    await leave(sharedTab)
    expect(refused).toEqual([])
  },
})

/** What pages went on doing would slow down the tests that have a browser of their own, until the next one that shares the tab. */
async function leave({ chromium, inspected: { page } }: SharedTab): Promise<void> {
  for (const other of chromium.inspectedPages()) if (other !== page) await other.close()
  await page.unrouteAll()
  await page.goto('about:blank')
  await chromium.context.clearCookies()
}

async function reset({ chromium, inspected, size }: SharedTab): Promise<void> {
  const { page, frontend, panel } = inspected
  // The test before may have shown another one of DevTools' tabs.
  await chromium.devtoolsFor(page)
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
