// Node. Operations that arrive by the real way, from the page's monitor, on top of what the session has.
import { settled, showTab } from './gestures.ts'
import type { PanelStage } from './stage.ts'

/** Operations a second. */
export const RATE = 5_000
export const LIVE_SECONDS = 6

/** What is looked at meanwhile: a table, what has to be made anew most, and what takes longest. */
export const LIVE_VIEWS: readonly { id: string; title: string; show(stage: PanelStage): Promise<void> }[] = [
  { id: 'live', title: '5,000 operations/s arrive', show: settled },
  {
    id: 'live-timeline',
    title: '5,000 operations/s arrive in Timeline, details open',
    async show(stage) {
      await showTab(stage, 'Timeline')
      await settled(stage)
      await stage.panel.getByRole('treegrid', { name: 'Timeline' }).press('Home')
      await stage.panel.locator('.details').waitFor()
      await settled(stage)
    },
  },
  {
    id: 'live-insights',
    title: '5,000 operations/s arrive in Insights',
    async show(stage) {
      await showTab(stage, 'Insights')
      await settled(stage)
    },
  },
]

/** On top of so many; returns how many there are then. */
export async function arriveLive({ page, panel }: PanelStage, before: number): Promise<number> {
  await page.evaluate(
    async ([rate, seconds]) => {
      const world = window as unknown as {
        PerformanceMonitor: { getInstance(): { trackOperation(name: string, work: () => unknown): Promise<unknown> } }
      }
      const monitor = world.PerformanceMonitor.getInstance()
      const start = performance.now()
      let made = 0
      while (made < rate * seconds) {
        const due = Math.min(rate * seconds, ((performance.now() - start) / 1000) * rate)
        for (; made < due; made++) void monitor.trackOperation(`live ${made % 40}`, () => Promise.resolve())
        await new Promise(resolve => setTimeout(resolve, 4))
      }
    },
    [RATE, LIVE_SECONDS] as const,
  )
  // All of them have to be shown, or little was measured.
  const all = before + RATE * LIVE_SECONDS
  const shown = all.toLocaleString('en')
  await panel.waitForFunction(
    text => document.querySelector('.status-bar')?.textContent?.includes(text),
    `${shown} operations`,
    { polling: 250, timeout: 60_000 },
  )
  return all
}
