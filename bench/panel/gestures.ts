// Node. What a step of the bench is made of: turns of the wheel, and waiting until the panel has worked.
import type { PanelStage } from './stage.ts'

/** Frames that a pan or a zoom goes away from where it began, before it comes back. */
const SWING = 10
/** Pixels of the wheel that zoom to a share of the span: see `panel/views/charts/time-navigation.ts`. */
export const pixelsTo = (share: number): number => Math.log(share) / 0.002

interface Turn {
  deltaX?: number
  deltaY?: number
  frames: number
}

/** An event in each animation frame, to and fro, in the middle of the chart. */
export async function wheel({ panel }: PanelStage, { deltaX = 0, deltaY = 0, frames }: Turn): Promise<number> {
  await panel.evaluate(
    async ([deltaX, deltaY, frames, swing]) => {
      const over = document.querySelector('.durations .u-over') as Element
      const { left, top, width, height } = over.getBoundingClientRect()
      const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true }
      for (let i = 0; i < frames; i++) {
        const way = i % (2 * swing) < swing ? 1 : -1
        over.dispatchEvent(new WheelEvent('wheel', { ...place, deltaX: deltaX * way, deltaY: deltaY * way }))
        await new Promise(resolve => requestAnimationFrame(resolve))
      }
    },
    [deltaX, deltaY, frames, SWING] as const,
  )
  return frames
}

/** Nine tenths of the session. */
export async function zoomIn(stage: PanelStage): Promise<void> {
  await wheel(stage, { deltaY: pixelsTo(0.9), frames: 1 })
  await settled(stage)
}

export async function zoomOut(stage: PanelStage): Promise<void> {
  await stage.panel.getByRole('region', { name: 'Charts' }).focus()
  await stage.frontend.keyboard.press('0')
  await settled(stage)
}

export async function showTab(
  { panel }: PanelStage,
  name: 'Insights' | 'Summary' | 'Operations' | 'Timeline',
): Promise<void> {
  await panel.getByRole('tab', { name }).click()
}

/** Until all that is shown is of what is looked at now. */
export async function settled({ panel }: PanelStage): Promise<void> {
  await panel.evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(resolve))
    if (!document.querySelector('[aria-busy=true]')) return
    await new Promise<void>(resolve => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('[aria-busy=true]')) return
        observer.disconnect()
        resolve()
      })
      observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-busy'] })
    })
  })
}
