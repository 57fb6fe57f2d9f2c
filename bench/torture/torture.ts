// Node. The torture itself: a page with three frames is recorded while all that can go away does.
import type { CDPSession, Page } from 'playwright'
import { type ChromiumSession, openChromium } from '../../scripts/chromium-session.ts'
import type { DevTools } from '../../scripts/devtools-front-end.ts'
import { exportSession } from '../../scripts/export-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { evidenceOf } from './evidence.ts'
import { killWorker } from './kill-worker.ts'
import type { Made, TortureTop } from './maker.ts'
import { serveTorture } from './site.ts'
import { type Tally, tallyOf } from './tally.ts'

export interface TorturePlan {
  /** At least so many of each. */
  operations: number
  kills: number
  /** DevTools is closed and opened again: its panel goes with it. */
  reopenings: number
  /** To a new document. */
  navigations: number
  /** Back to a document that the back/forward cache has kept. */
  returns: number
}

export type Happened = TorturePlan

/** Milliseconds between two kills, at random; the worker takes some hundred to be there again. */
const KILL_PAUSE = 1_200
/** Milliseconds between two other events, at random. */
const EVENT_PAUSE = 1_500
/** Milliseconds in which something more of what was made is stored, at the end, unless nothing more comes. */
const STORE_TIMEOUT = 60_000
/** Milliseconds for a panel to read a large session and to export it, on a machine where many others wait. */
const EXPORT_TIMEOUT = 300_000

const pause = (atMost: number): Promise<void> => new Promise(resolve => setTimeout(resolve, Math.random() * atMost))

export interface Tortured {
  happened: Happened
  tally: Tally
  /** Of what is missing: what is known of its documents, line by line. */
  evidence: string[]
}

export async function torture(extensionDir: string, plan: TorturePlan): Promise<Tortured> {
  const site = await serveTorture()
  const chromium = await openChromium({ extensionDir, headless: true, devtools: false, backForwardCache: true })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const run = createRun(chromium, page, await chromium.context.newCDPSession(page), site)
    await run.start()
    const happened = await run.through(plan)
    return { happened, ...(await run.end()) }
  } finally {
    await chromium.close()
    await site.stop()
  }
}

function createRun(
  chromium: ChromiumSession,
  page: Page,
  protocol: CDPSession,
  site: Awaited<ReturnType<typeof serveTorture>>,
) {
  let devtools: DevTools
  let visits = 0
  const happened: Happened = { operations: 0, kills: 0, reopenings: 0, navigations: 0, returns: 0 }

  /** Playwright's own frames do not follow a page into the back/forward cache and out of it. */
  const inPage = async <T>(expression: string): Promise<T | undefined> => {
    const { result } = await protocol.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    return result.value as T | undefined
  }
  const askMakers = async (stop: boolean): Promise<Made[]> =>
    (await waitUntil('the frames to answer', () =>
      inPage<Made[]>(`globalThis.askMakers?.(${stop})` satisfies `globalThis.${keyof TortureTop}${string}`),
    )) ?? []

  const madeWith = (open: readonly Made[]): Map<string, number> =>
    new Map([...site.left.values(), ...open].map(({ id, made }) => [id, made]))

  const navigate = async (): Promise<void> => {
    await protocol.send('Page.navigate', { url: site.url(++visits) })
    await askMakers(false)
    happened.navigations++
  }

  const comeBack = async (): Promise<void> => {
    const { currentIndex, entries } = await protocol.send('Page.getNavigationHistory')
    const entryId = entries[currentIndex - 1]?.id
    if (entryId === undefined || currentIndex < 2) return
    await protocol.send('Page.navigateToHistoryEntry', { entryId })
    await askMakers(false)
    if (await inPage<boolean>('globalThis.restored')) happened.returns++
  }

  const reopen = async (): Promise<void> => {
    await devtools.frontend.close()
    await pause(EVENT_PAUSE)
    devtools = await chromium.openDevtools(page)
    await waitUntil('the page to be recorded again', () => inPage<boolean>(`'PerformanceMonitor' in window`))
    happened.reopenings++
  }

  return {
    async start() {
      devtools = await chromium.openDevtools(page)
      await navigate()
      happened.navigations = 0
    },

    async through(plan: TorturePlan): Promise<Happened> {
      let over = false
      const kill = async (): Promise<void> => {
        while (!over || happened.kills < plan.kills) {
          await pause(KILL_PAUSE)
          if (await killWorker(chromium)) happened.kills++
        }
      }
      const happen = async (): Promise<void> => {
        const events = { reopenings: reopen, navigations: navigate, returns: comeBack }
        const left = () =>
          (Object.keys(events) as (keyof typeof events)[]).filter(event => happened[event] < plan[event])
        for (let due = left(); due.length > 0; due = left()) {
          await pause(EVENT_PAUSE)
          await events[due[Math.floor(Math.random() * due.length)] as keyof typeof events]()
        }
        await waitUntil(
          `${plan.operations} operations to be made`,
          async () => {
            happened.operations = [...madeWith(await askMakers(false)).values()].reduce((sum, count) => sum + count, 0)
            return happened.operations >= plan.operations
          },
          600_000,
        )
        over = true
      }
      await Promise.all([kill(), happen()])
      return happened
    },

    /** Stops the page's making, waits until all of it is stored, and counts. */
    async end(): Promise<Pick<Tortured, 'tally' | 'evidence'>> {
      const open = await askMakers(true)
      const all = madeWith(open)
      const count = async (): Promise<Tally> => tallyOf(all, await exportSession(devtools, EXPORT_TIMEOUT))
      let tally = await count()
      for (let grown = performance.now(); tally.stored + tally.gap < tally.made; ) {
        if (performance.now() - grown > STORE_TIMEOUT) break
        const { stored, gap } = tally
        tally = await count()
        if (tally.stored + tally.gap > stored + gap) grown = performance.now()
      }
      const isWhole = tally.missing === tally.gap
      return { tally, evidence: isWhole ? [] : await evidenceOf(tally.missingByDocument, open, site.left, devtools) }
    },
  }
}
