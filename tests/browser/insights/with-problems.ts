// Test (Node): a browser whose page can have each of the problems, and the Insights tab as a new user has it.
import type { Page } from 'playwright/test'
import { openChromium } from '../../../scripts/chromium-session.ts'
import { clearSession, EXTENSION } from '../perf-test.ts'
import { serveProblems } from './problem-server.ts'

type Chromium = Awaited<ReturnType<typeof openChromium>>

/** A panel as a new user has it, and a page of a server for problems. */
export async function withProblems(
  use: (
    parts: Awaited<ReturnType<Chromium['devtoolsFor']>> & {
      inspected: Page
      run(problem: () => Promise<void>): Promise<void>
    },
  ) => Promise<void>,
): Promise<void> {
  const server = await serveProblems()
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, dock: 'undocked' })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const devtools = await chromium.devtoolsFor(page)
    await devtools.frontend.setViewportSize({ width: 1_200, height: 900 })
    const run = async (problem: () => Promise<void>): Promise<void> => {
      await page.goto(`${server.url}/`)
      await clearSession(devtools.panel)
      // The page may be left before it is done.
      await page.evaluate(problem).catch(() => undefined)
    }
    await use({ ...devtools, inspected: page, run })
  } finally {
    await chromium.close()
    await server.close()
  }
}
