// Test (Node): a Chromium with the built extension, DevTools open on Perf, and the demo's server.
import { test as base, expect, type Frame, type Page } from 'playwright/test'
import { startDemoServer } from '../../demo/server.ts'
import { openChromium } from '../../scripts/chromium-session.ts'
import type { DevTools } from '../../scripts/devtools-front-end.ts'
import { exportSession } from '../../scripts/export-session.ts'
import type { SessionFile } from '../../session/format.ts'

export { expect } from 'playwright/test'
export { exportSession }

type Demo = Awaited<ReturnType<typeof startDemoServer>>
export type Chromium = Awaited<ReturnType<typeof openChromium>>

export const EXTENSION = process.env.PERF_EXTENSION ?? new URL('../../dist/extension', import.meta.url).pathname

export interface Fixtures {
  demo: Demo
  /** A browser with DevTools open for every tab. */
  chromium: Chromium
  /** The first tab, on about:blank, its DevTools on Perf. */
  inspected: InspectedPage
}

/** A page and the Perf panel that inspects it. */
export interface InspectedPage extends DevTools {
  page: Page
}

/** A browser, with DevTools open on Perf, for all tests that get it by shared-tab-test.ts in one of Playwright's workers. */
export interface SharedTab {
  chromium: Chromium
  inspected: InspectedPage
  /** Of the DevTools, in pixels. */
  size: { width: number; height: number }
}

export const test = base.extend<Fixtures, { sharedTab: SharedTab }>({
  // It starts with the first test that uses it. It is defined for all tests, as Playwright ends a worker, and starts the next, where
  // a test needs other fixtures of workers than the one before. After a test that fails it starts anew, with another browser.
  sharedTab: [
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
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  demo: async ({}, use) => {
    const demo = await startDemoServer()
    await use(demo)
    await demo.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  chromium: async ({}, use) => {
    const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true })
    await use(chromium)
    await chromium.close()
  },
  inspected: async ({ chromium }, use) => {
    const inspected = await inspect(chromium, chromium.inspectedPages()[0] ?? (await chromium.context.newPage()))
    const refused = watchRefused(inspected.frontend)
    await use(inspected)
    expect(refused).toEqual([])
  },
})

/** Shows the Perf panel of a page's DevTools, with a row for each operation. */
export async function inspect(chromium: Chromium, page: Page): Promise<InspectedPage> {
  const devtools = await chromium.devtoolsFor(page)
  await showSingleOperations(devtools.panel)
  return { page, ...devtools }
}

/** What the extension's content security policy refuses from now on. Whatever a test does, it needs nothing of that. */
export function watchRefused(frontend: Page): string[] {
  const refused: string[] = []
  frontend.on('console', message => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  return refused
}

/** Opens the panel anew in the same DevTools, and waits until its document is another one. */
export async function reloadPanel(panel: Frame): Promise<void> {
  const reloaded = panel.page().waitForEvent('framenavigated', frame => frame === panel)
  // After the answer to this call, which the reload would cut off.
  await panel.evaluate(() => void setTimeout(() => location.reload()))
  await reloaded
}

/** The Operations tab with one row for each operation, in this panel and in those opened later. */
export async function showSingleOperations(panel: Frame): Promise<void> {
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await panel.getByRole('checkbox', { name: 'Group by name' }).uncheck()
}

/** The rows of the list of single operations. */
export function rowsOf(panel: Frame) {
  return panel
    .getByRole('grid', { name: 'Operations' })
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })
}

/** How many operations the page reported as having succeeded. Until the end of one arrives, it is listed as pending. */
export function succeeded({ operations }: SessionFile): number {
  return operations.filter(({ outcome }) => outcome === 'ok').length
}

/** Waits until the exported session fulfils `condition`: what was recorded takes a batch's time to arrive. */
export async function exportWhen(
  inspected: InspectedPage,
  condition: (session: SessionFile) => boolean,
): Promise<SessionFile> {
  let session: SessionFile | undefined
  await expect
    .poll(async () => {
      session = await exportSession(inspected)
      return condition(session)
    })
    .toBe(true)
  return session as SessionFile
}

/** An operation of this name, in the page. */
export const track = (page: Page, name: string): Promise<number> =>
  page.evaluate(named => window.PerformanceMonitor.getInstance().trackOperation(named, async () => 1), name)

/** Clears the session of the inspected tab, and waits until that is done: the button says no more than that it begins. */
export async function clearSession(panel: Frame): Promise<void> {
  await panel.evaluate(async () => {
    await chrome.runtime.sendMessage({ type: 'clear', tabId: chrome.devtools.inspectedWindow.tabId })
  })
}
