// Node. An application is used in a browser whose DevTools show Perf; its session is exported, opened again as a file, and
// exported again.
import type { Page } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import type { DevTools } from '../../scripts/devtools-front-end.ts'
import { exportSessionText } from '../../scripts/export-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import type { SessionFile } from '../../session/format.ts'
import { followProtocol, type ProtocolLog } from '../harness/protocol-log.ts'
import { raiseNetwork } from '../harness/raise-network.ts'
import { type Comparison, compare } from './compare.ts'
import { type LoggedCall, loggedCalls } from './logged-calls.ts'

/** As large as a user's: what the applications show beside each other needs the room. */
const VIEWPORT = { width: 1_280, height: 800 }
/** Milliseconds in which what was recorded has long arrived, and requests have the end that DevTools reports late. */
const SETTLE_TIMEOUT = 20_000

export interface RecordedApp {
  browser: string
  calls: LoggedCall[]
  comparison: Comparison
  /** The exported file. */
  text: string
  /** The export of that file, once it was opened. */
  again: string
}

export async function recordApp(
  extensionDir: string,
  url: string,
  use: (page: Page) => Promise<void>,
): Promise<RecordedApp> {
  // In a window of their own DevTools leave the page its whole viewport.
  const chromium = await openChromium({ extensionDir, headless: true, devtools: true, dock: 'undocked' })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const devtools = await chromium.devtoolsFor(page)
    await page.setViewportSize(VIEWPORT)
    await raiseNetwork(chromium.context)
    const log = await followProtocol(page)
    await page.goto(url)
    await use(page)
    const settled = await settle(devtools, log)
    const again = await reopen(devtools, settled.text)
    return { browser: chromium.context.browser()?.version() ?? 'unknown', ...settled, again }
  } finally {
    await chromium.close()
  }
}

/** Exports until nothing is wrong any more, or time is up: some of it arrives a little later. */
async function settle(devtools: DevTools, log: ProtocolLog): Promise<Omit<RecordedApp, 'browser' | 'again'>> {
  let last: Omit<RecordedApp, 'browser' | 'again'> | undefined
  const hasNoFault = async (): Promise<boolean> => {
    const text = await exportSessionText(devtools)
    const calls = loggedCalls(log.requests)
    const comparison = compare(calls, JSON.parse(text) as SessionFile)
    last = { calls, comparison, text }
    // Durations do not change any more.
    return comparison.faults.every(({ fault }) => fault === 'duration')
  }
  await waitUntil('a session like the log', hasNoFault, SETTLE_TIMEOUT).catch(() => undefined)
  if (!last) throw new Error('Nothing was exported.')
  return last
}

async function reopen(devtools: DevTools, text: string): Promise<string> {
  const { panel } = devtools
  const file = { name: 'realworld.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await panel.getByLabel('Session files').setInputFiles(file)
  await panel.getByText(`${file.name} · recorded`).waitFor()
  return exportSessionText(devtools)
}
