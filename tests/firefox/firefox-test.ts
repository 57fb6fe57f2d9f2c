// Test (Node): one Firefox with the built extension for all tests, its DevTools on Perf, and the demo's server. Each test begins
// on an empty page with an empty session.
import { test as base, expect } from 'playwright/test'
import { startDemoServer } from '../../demo/server.ts'
import { type FirefoxSession, openFirefox } from '../../scripts/firefox-session.ts'
import { startCaptureServer } from '../browser/capture/capture-server.ts'
import { Panel } from './panel.ts'

export { expect } from 'playwright/test'

type Server = Awaited<ReturnType<typeof startDemoServer>>

interface WorkerFixtures {
  firefox: FirefoxSession
  demo: Server
  /** For WebSockets and EventSources; its port is another origin than the demo's. */
  capture: Server
}

export const EXTENSION = process.env.PERF_EXTENSION ?? new URL('../../dist/firefox', import.meta.url).pathname

export const test = base.extend<{ panel: Panel }, WorkerFixtures>({
  firefox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const firefox = await openFirefox({ path: EXTENSION, headless: true })
      await use(firefox)
      await firefox.close()
    },
    { scope: 'worker' },
  ],
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const demo = await startDemoServer()
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
  capture: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const capture = await startCaptureServer()
      await use(capture)
      await capture.close()
    },
    { scope: 'worker' },
  ],
  panel: async ({ firefox, demo }, use) => {
    await firefox.goto(`${demo.url}/empty`)
    await firefox.openDevtools()
    const panel = new Panel(firefox)
    await panel.reset()
    await expect.poll(() => isPatched(firefox)).toBe(true)
    await use(panel)
  },
})

/** Whether the scripts are in the page. */
export const isPatched = (firefox: FirefoxSession): Promise<unknown> =>
  firefox.inPage(`return 'PerformanceMonitor' in window`)

/** Tracks an operation in the page. */
export const track = (firefox: FirefoxSession, name: string): Promise<unknown> =>
  firefox.inPage(`await PerformanceMonitor.getInstance().trackOperation(${JSON.stringify(name)}, async () => 1)`)
