// Test (Node): pages as a test sees them that uses `perf-devtools/playwright`, and the same pages without it.
import { test as base } from 'playwright/test'
import { recordContext } from '../../../playwright/recording.ts'
import { openChromium } from '../../../scripts/chromium-session.ts'
import { bundlePageScript } from '../../../scripts/node-bundles.ts'
import { type Lane, NATIVE_FETCH, openLane, PATCHED_FETCH } from './lane.ts'

interface Lanes {
  lanes: { native: Lane; tested: Lane }
}

export const test = base.extend<object, Lanes>({
  lanes: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ headless: true, devtools: false })
      const browser = chromium.context.browser()
      if (!browser) throw new Error('A persistent context has no browser')
      const [plain, recorded] = [await browser.newContext(), await browser.newContext()]
      const recording = await recordContext(recorded, { callStacks: true, redact: [] }, await bundlePageScript())
      const native = await openLane(await plain.newPage(), NATIVE_FETCH)
      const tested = await openLane(await recorded.newPage(), PATCHED_FETCH)
      await use({ native, tested })
      recording.stop()
      await native.close()
      await tested.close()
      await chromium.close()
    },
    { scope: 'worker' },
  ],
})
