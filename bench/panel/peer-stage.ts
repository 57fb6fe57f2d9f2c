// Node. A chart library's own page, of the size of the panel's chart of durations.
import type { Browser, Page } from 'playwright'
import { costsOf, type PageCosts } from '../harness/page-costs.ts'
import type { PeerGlobal } from '../variants/panel/points.ts'
import { SPAN } from '../variants/panel/points.ts'

export interface PeerStage {
  name: string
  operations: number
  page: Page
  costs: PageCosts
}

export async function openPeer(
  browser: Browser,
  url: string,
  name: string,
  operations: number,
  size: { width: number; height: number },
): Promise<PeerStage> {
  const page = await browser.newPage()
  await page.goto(url)
  const start = { ...size, count: operations }
  await page.evaluate(what => (globalThis as unknown as PeerGlobal).start(what), start)
  return { name, operations, page, costs: await costsOf(page) }
}

/** CPU milliseconds of a frame: the same spans as the panel shows, one in each animation frame. */
export async function peerFrames({ page, costs }: PeerStage, kind: 'pan' | 'zoom', frames: number): Promise<number> {
  await page.bringToFront()
  const before = await costs.cpuSeconds()
  await page.evaluate(
    async ([kind, frames, span]) => {
      const { show } = globalThis as unknown as PeerGlobal
      for (let i = 0; i < frames; i++) {
        const away = Math.abs((i % 20) - 10) / 10
        const width = span * (kind === 'pan' ? 0.9 : 0.9 - 0.25 * away)
        const from = kind === 'pan' ? span * 0.1 * away : (span - width) / 2
        show(from, from + width)
        await new Promise(resolve => requestAnimationFrame(resolve))
      }
    },
    [kind, frames, SPAN] as const,
  )
  return (((await costs.cpuSeconds()) - before) * 1000) / frames
}
