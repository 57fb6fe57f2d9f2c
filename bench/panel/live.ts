// Node. Operations that arrive by the real way, from the page's monitor, on top of what the session has.
import type { PanelStage } from './stage.ts'

/** Operations a second. */
export const RATE = 5_000
const SECONDS = 6

/** Returns for how many seconds they came. */
export async function arriveLive({ page, panel, operations }: PanelStage): Promise<number> {
  const before = operations
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
    [RATE, SECONDS] as const,
  )
  // All of them have to be shown, or little was measured.
  const shown = (before + RATE * SECONDS).toLocaleString('en')
  await panel.waitForFunction(
    text => document.querySelector('.status-bar')?.textContent?.includes(text),
    `${shown} operations`,
    { polling: 250, timeout: 60_000 },
  )
  return SECONDS
}
