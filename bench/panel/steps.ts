// Node. What the user does in the panel.
import type { PanelStage } from './stage.ts'

export type StepId = 'pan' | 'zoom' | 'analysis' | 'filter'

export interface Step {
  id: StepId
  title: string
  /** Before it and after it: nothing of this is measured. */
  prepare(stage: PanelStage): Promise<void>
  restore(stage: PanelStage): Promise<void>
  /** Returns how many times it was done. */
  run(stage: PanelStage): Promise<number>
}

const FRAMES = 60
/** Frames that a pan or a zoom goes away from where it began, before it comes back. */
const SWING = 10
const KEYS = 'kind:fetch duration>100'
/** Pixels of the wheel that zoom to a share of the span: see `panel/charts/time-navigation.ts`. */
const pixelsTo = (share: number): number => Math.log(share) / 0.002

/** Nine tenths of the session. */
const zoomIn = async (stage: PanelStage): Promise<void> => {
  await wheel(stage, { deltaY: pixelsTo(0.9), frames: 1 })
  await settled(stage)
}
const zoomOut = async ({ panel, frontend }: PanelStage): Promise<void> => {
  await panel.getByRole('region', { name: 'Charts' }).focus()
  await frontend.keyboard.press('0')
}

export const STEPS: readonly Step[] = [
  {
    id: 'pan',
    title: 'pan, a frame',
    prepare: zoomIn,
    run: stage => wheel(stage, { deltaX: 4, frames: FRAMES }),
    restore: zoomOut,
  },
  {
    id: 'zoom',
    title: 'zoom, a frame',
    prepare: zoomIn,
    run: stage => wheel(stage, { deltaY: -12, frames: FRAMES }),
    restore: zoomOut,
  },
  {
    id: 'analysis',
    title: 'another span, with all its figures',
    prepare: settled,
    async run(stage) {
      await wheel(stage, { deltaY: pixelsTo(0.8), frames: 1 })
      await settled(stage)
      return 1
    },
    restore: zoomOut,
  },
  {
    id: 'filter',
    title: 'filter typed, a key, with all figures',
    async prepare(stage) {
      await settled(stage)
      await filterOf(stage).focus()
    },
    async run(stage) {
      await stage.frontend.keyboard.type(KEYS)
      await settled(stage)
      return KEYS.length
    },
    async restore(stage) {
      await filterOf(stage).fill('')
      await settled(stage)
    },
  },
]

function filterOf({ panel }: PanelStage) {
  return panel.getByRole('combobox', { name: 'Filter' })
}

interface Turn {
  deltaX?: number
  deltaY?: number
  frames: number
}

/** An event in each animation frame, to and fro, in the middle of the chart. */
async function wheel({ panel }: PanelStage, { deltaX = 0, deltaY = 0, frames }: Turn): Promise<number> {
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

/** Until the figures are those of what is shown. */
export async function settled({ panel }: PanelStage): Promise<void> {
  await panel.evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(resolve))
    if (document.querySelector('.charts[aria-busy=false]')) return
    await new Promise<void>(resolve => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.charts[aria-busy=false]')) return
        observer.disconnect()
        resolve()
      })
      observer.observe(document.body, { subtree: true, attributeFilter: ['aria-busy'] })
    })
  })
}
