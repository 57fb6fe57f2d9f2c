// Test (Node): a hostile page that was there before DevTools.
import type { startDemoServer } from '../../../demo/server.ts'
import { openChromium } from '../../../scripts/chromium-session.ts'
import { EXTENSION, type InspectedPage, showSingleOperations } from '../perf-test.ts'
import { openHostilePage } from './hostile-page.ts'

/** Opens the page in a browser of its own, then DevTools on it. */
export async function openLate(
  demo: Awaited<ReturnType<typeof startDemoServer>>,
  attack: string,
  then: (inspected: InspectedPage) => Promise<void>,
): Promise<void> {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    await openHostilePage({ page }, demo, attack)
    const devtools = await chromium.openDevtools(page)
    await showSingleOperations(devtools.panel)
    await then({ page, ...devtools })
  } finally {
    await chromium.close()
  }
}
