// Node. A browser whose DevTools show the Perf panel, filled with a session of so many operations.
import { fileURLToPath } from 'node:url'
import type { Browser, Frame, Page } from 'playwright'
import { type ChromiumOptions, openChromium } from '../../scripts/chromium-session.ts'
import { extensionDir } from '../../scripts/project-root.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { bundle } from '../harness/bundle.ts'
import { costsOf, type PageCosts } from '../harness/page-costs.ts'

/** CSS pixels of DevTools' window. */
const WINDOW = { width: 1280, height: 800 }
/** Milliseconds in which a session of a million operations has been read, on a busy machine too. */
const READ_TIMEOUT = 180_000

export interface PanelStage {
  operations: number
  browser: Browser
  page: Page
  frontend: Page
  panel: Frame
  /** Of the panel's main thread. */
  costs: PageCosts
  /** Lets the page record, or not. */
  record(on: boolean): Promise<void>
  close(): Promise<void>
}

/** What of the extension's world is used in the panel's frame, and what `variants/panel/fill.ts` leaves there. */
interface PanelWorld {
  chrome: {
    devtools: { inspectedWindow: { tabId: number } }
    runtime: { sendMessage(message: unknown): Promise<{ id: string; createdAt: number } | null> }
  }
  fill(what: { session: string; end: number; operations: number }): Promise<void>
}

/** @param url of the inspected page. */
export async function openPanelStage(
  operations: number,
  url: string,
  options: Partial<ChromiumOptions> = {},
): Promise<PanelStage> {
  const chromium = await openChromium({ extensionDir, headless: true, devtools: true, dock: 'undocked', ...options })
  const browser = chromium.context.browser()
  if (!browser) throw new Error('the browser is closed')
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  await page.goto(url)
  const { frontend, panel } = await chromium.devtoolsFor(page)
  await frontend.setViewportSize(WINDOW)
  const record = (on: boolean): Promise<void> =>
    panel.evaluate(async on => {
      const { chrome } = globalThis as unknown as PanelWorld
      await chrome.runtime.sendMessage({ type: 'record', tabId: chrome.devtools.inspectedWindow.tabId, on })
    }, on)
  await fill(panel, operations)
  // What the empty page would add is no part of what is measured.
  await record(false)
  const costs = await costsOf(panel)
  const stage = { operations, browser, page, frontend, panel, costs, record, close: chromium.close }
  await openPanel(stage)
  // Steps begin at the table; the panel keeps the choice.
  await panel.getByRole('tab', { name: 'Operations' }).click()
  return stage
}

async function fill(panel: Frame, operations: number): Promise<void> {
  await panel.evaluate(await bundle(fileURLToPath(new URL('../variants/panel/fill.ts', import.meta.url))))
  await panel.evaluate(async count => {
    const { chrome, fill } = globalThis as unknown as PanelWorld
    const { tabId } = chrome.devtools.inspectedWindow
    const session = await chrome.runtime.sendMessage({ type: 'session', tabId })
    if (!session) throw new Error('the tab has no session')
    await fill({ session: session.id, end: session.createdAt, operations: count })
  }, operations)
}

export interface Opened {
  /** Milliseconds from the panel's start to its first chart of operations, and to that of all of them. */
  firstChart: number
  all: number
}

/** Loads the panel again, and waits until it has read the whole session. */
export async function openPanel({ panel, operations }: PanelStage): Promise<Opened> {
  await panel.evaluate(() => location.reload())
  await panel.waitForLoadState('load')
  const opened = await waitUntil(
    'the panel to have read the session',
    async () => {
      const marks = await marksOf(panel)
      const [firstChart, all] = [marks['perf:first-chart'], marks['perf:read']]
      return firstChart !== undefined && all !== undefined && { firstChart, all }
    },
    READ_TIMEOUT,
  )
  const shown = `${operations.toLocaleString('en')} operations`
  await waitUntil(shown, async () => (await panel.locator('.status-bar').textContent())?.includes(shown))
  return opened
}

/** Milliseconds by name; none while the panel is loading. No function in it has a name: tsx would wrap it. */
async function marksOf(panel: Frame): Promise<Record<string, number>> {
  try {
    return await panel.evaluate(() =>
      Object.fromEntries(performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime])),
    )
  } catch {
    return {}
  }
}
