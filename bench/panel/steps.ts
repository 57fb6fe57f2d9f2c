// Node. What the user does in the panel.
import { pixelsTo, settled, showTab, wheel, zoomIn, zoomOut } from './gestures.ts'
import type { PanelStage } from './stage.ts'

export type StepId =
  | 'pan'
  | 'zoom'
  | 'analysis'
  | 'filter'
  | 'sort'
  | 'details'
  | 'insights'
  | 'summary'
  | 'timeline'
  | 'waterfall'

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
const KEYS = 'kind:fetch duration>100'

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
  { id: 'analysis', title: 'another span, with all its figures', prepare: settled, run: nextSpan, restore: zoomOut },
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
  {
    id: 'sort',
    title: 'single operations sorted by duration',
    prepare: showSingles,
    async run(stage) {
      await headerOf(stage, 'Time').click()
      await settled(stage)
      await headerOf(stage, 'Time').and(stage.panel.locator('[aria-sort=descending]')).waitFor()
      return 1
    },
    async restore(stage) {
      await headerOf(stage, 'Start').click()
      await headerOf(stage, 'Start').click()
      await showGroups(stage)
    },
  },
  {
    id: 'details',
    title: 'details opened',
    prepare: showSingles,
    async run(stage) {
      await stage.panel.getByRole('grid', { name: 'Operations' }).press('End')
      await stage.panel.locator('.similar-note').waitFor()
      await settled(stage)
      return 1
    },
    async restore(stage) {
      await stage.panel.getByRole('button', { name: 'Close details' }).click()
      await showGroups(stage)
    },
  },
  {
    id: 'insights',
    title: 'Insights opened, until all checks have run',
    prepare: settled,
    async run(stage) {
      await showTab(stage, 'Insights')
      await settled(stage)
      await stage.panel.locator('.insights-bar').waitFor()
      return 1
    },
    restore: leaveTab,
  },
  {
    id: 'summary',
    title: 'another span in Summary',
    async prepare(stage) {
      await showTab(stage, 'Summary')
      await settled(stage)
    },
    run: nextSpan,
    restore: leaveTab,
  },
  {
    id: 'waterfall',
    title: 'Timeline opened',
    prepare: settled,
    async run(stage) {
      await showTab(stage, 'Timeline')
      await settled(stage)
      return 1
    },
    restore: leaveTab,
  },
  {
    id: 'timeline',
    title: 'pan in Timeline, a frame, and another waterfall',
    async prepare(stage) {
      await showTab(stage, 'Timeline')
      await zoomIn(stage)
    },
    async run(stage) {
      await wheel(stage, { deltaX: 4, frames: FRAMES })
      await settled(stage)
      return FRAMES
    },
    restore: leaveTab,
  },
]

async function nextSpan(stage: PanelStage): Promise<number> {
  await wheel(stage, { deltaY: pixelsTo(0.8), frames: 1 })
  await settled(stage)
  return 1
}

async function showSingles(stage: PanelStage): Promise<void> {
  await groupCheckOf(stage).uncheck()
  await settled(stage)
}

async function showGroups(stage: PanelStage): Promise<void> {
  await groupCheckOf(stage).check()
  await settled(stage)
}

async function leaveTab(stage: PanelStage): Promise<void> {
  await showTab(stage, 'Operations')
  await zoomOut(stage)
}

function filterOf({ panel }: PanelStage) {
  return panel.getByRole('combobox', { name: 'Filter' })
}

function groupCheckOf({ panel }: PanelStage) {
  return panel.getByRole('checkbox', { name: 'Group by name' })
}

function headerOf({ panel }: PanelStage, name: string) {
  return panel.getByRole('columnheader', { name, exact: true })
}
