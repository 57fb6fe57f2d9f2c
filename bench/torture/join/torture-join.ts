// Node. A page whose processor is slowed down makes thousands of requests, many of them alike. Does each become one operation,
// with what DevTools saw of it?
import { openChromium } from '../../../scripts/chromium-session.ts'
import { exportSession } from '../../../scripts/export-session.ts'
import { waitUntil } from '../../../scripts/wait-until.ts'
import type { SessionFile } from '../../../session/format.ts'
import { serveRequests } from './site.ts'
import { isFaultless, type JoinTally, joinTally, listedTwice } from './tally.ts'

export interface JoinPlan {
  /** How many fetches and XHRs the page makes. */
  requests: number
  /** The page's processor is so many times slower. */
  slowdown: number
}

/** Milliseconds in which everything that was recorded has been stored, and DevTools has reported its half. */
const SETTLE_TIMEOUT = 60_000
/** Requests that are shown as they were reported, if they are listed twice. */
const MAX_SHOWN = 20

export async function tortureJoin(extensionDir: string, { requests, slowdown }: JoinPlan): Promise<JoinTally> {
  const site = await serveRequests()
  const chromium = await openChromium({ extensionDir, headless: true, devtools: true })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const devtools = await chromium.devtoolsFor(page)
    await page.goto(site.url)
    const protocol = await chromium.context.newCDPSession(page)
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const made = await page.evaluate(count => globalThis.makeRequests(count), requests)
    let tally: JoinTally | undefined
    let twice: SessionFile['networkRequests'] = []
    await waitUntil(
      'each request to be one operation with an end',
      async () => {
        const session = await exportSession(devtools)
        tally = joinTally(made, session)
        twice = listedTwice(session.networkRequests)
        return isFaultless(tally)
      },
      SETTLE_TIMEOUT,
    ).catch((error: Error) => console.error(error.message))
    for (const request of twice.slice(0, MAX_SHOWN)) console.error('listed twice:', JSON.stringify(request))
    return tally as JoinTally
  } finally {
    await chromium.close()
    await site.stop()
  }
}
