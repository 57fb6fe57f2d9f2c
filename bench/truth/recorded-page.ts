// Node. A page with DevTools open on Perf: what is recorded of it is had as a user would have it, by Export.
import type { BrowserContext, Page } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import { exportSession } from '../../scripts/export-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import type { SessionFile } from '../../session/format.ts'
import { raisePriority } from './raise-priority.ts'

export interface RecordedPage {
  page: Page
  exportSession(): Promise<SessionFile>
  close(): Promise<void>
}

export async function openRecordedPage(extensionDir: string, url: string): Promise<RecordedPage> {
  const chromium = await openChromium({ extensionDir, headless: true, devtools: true })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  const devtools = await chromium.devtoolsFor(page)
  await waitUntil('a document recorded from its start', async () => {
    await page.goto(url)
    return page.evaluate(() => 'PerformanceMonitor' in window)
  })
  await raiseNetwork(chromium.context)
  return {
    page,
    exportSession: () => exportSession(devtools),
    close: chromium.close,
  }
}

/** The browser's network service notes when data came: late where other processes keep it waiting. */
async function raiseNetwork(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  const network = processInfo.find(({ type }) => type.includes('network'))
  if (!network) throw new Error(`no network service among ${processInfo.map(({ type }) => type)}`)
  raisePriority(network.id, 'The browser’s network service')
  await session?.detach()
}
