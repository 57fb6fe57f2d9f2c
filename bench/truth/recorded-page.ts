// Node. A page with DevTools open on Perf: what is recorded of it is had as a user would have it, by Export.
import type { Page } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import { exportSession } from '../../scripts/export-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import type { SessionFile } from '../../session/format.ts'
import { raiseNetwork } from '../harness/raise-network.ts'

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
