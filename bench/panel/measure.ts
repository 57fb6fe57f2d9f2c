// Node. The rounds: each visits every size of session and every peer once, so that all are as fast or slow together.
import type { Browser } from 'playwright'
import { arriveLive, LIVE_SECONDS, LIVE_VIEWS, RATE } from './live.ts'
import { type LongestTask, longestTask } from './longest-task.ts'
import { openPeer, type PeerStage, peerFrames } from './peer-stage.ts'
import { openPanel, openPanelStage, type PanelStage } from './stage.ts'
import { STEPS } from './steps.ts'

export interface Plan {
  sizes: readonly number[]
  peerSizes: readonly number[]
  rounds: number
}

/** Values by what was measured (`pan`, `first-chart` …), by whom (`panel`, `uplot` …), by how many operations. */
export class Figures {
  readonly #values = new Map<string, number[]>()

  add(what: string, who: string, operations: number, value: number): void {
    const key = `${what} ${who} ${operations}`
    this.#values.set(key, [...(this.#values.get(key) ?? []), value])
  }

  of(what: string, who: string, operations: number): readonly number[] {
    return this.#values.get(`${what} ${who} ${operations}`) ?? []
  }
}

export const PEERS = ['uplot', 'chartjs'] as const
/** A peer draws fewer frames, the more it has to draw: a frame of 100,000 points takes a second. */
const peerFrameCount = (operations: number): number => Math.max(4, Math.min(40, 400_000 / operations))

export interface Places {
  /** Empty, of an ordinary origin. */
  pageUrl: string
  peerUrl(name: string): string
  peerBrowser: Browser
  extension: string
}

export async function measure(plan: Plan, places: Places, tell: (line: string) => void): Promise<Figures> {
  const formatters = new Figures()
  const stages: PanelStage[] = []
  try {
    for (const size of plan.sizes) {
      tell(`filling ${size.toLocaleString('en')} operations`)
      stages.push(await openPanelStage(size, places.pageUrl, { extensionDir: places.extension }))
    }
    const peers = await openPeers(plan, places, stages[0] as PanelStage)
    for (let round = 0; round < plan.rounds; round++) {
      tell(`round ${round + 1} of ${plan.rounds}`)
      for (const stage of stages) await visitPanel(stage, formatters)
      for (const peer of peers) await visitPeer(peer, formatters)
    }
    tell(`${RATE.toLocaleString('en')} operations a second`)
    for (const stage of stages) await visitLive(stage, formatters)
  } finally {
    for (const stage of stages) await stage.close()
  }
  return formatters
}

async function openPeers(plan: Plan, { peerBrowser, peerUrl }: Places, { panel }: PanelStage): Promise<PeerStage[]> {
  const box = await panel.locator('.chart.durations').boundingBox()
  if (!box) throw new Error('the panel shows no chart')
  const peers: PeerStage[] = []
  for (const name of PEERS) {
    for (const size of plan.peerSizes) peers.push(await openPeer(peerBrowser, peerUrl(name), name, size, box))
  }
  return peers
}

async function visitPanel(stage: PanelStage, formatters: Figures): Promise<void> {
  const { operations, browser, panel, costs } = stage
  for (const step of STEPS) {
    await step.prepare(stage)
    const before = await costs.cpuSeconds()
    const times = await step.run(stage)
    formatters.add(step.id, 'panel', operations, (((await costs.cpuSeconds()) - before) * 1000) / times)
    await step.restore(stage)
    await step.prepare(stage)
    const longest = await longestTask(browser, panel, async () => void (await step.run(stage)))
    addLongest(formatters, step.id, operations, longest)
    await step.restore(stage)
  }
  const { firstChart, all } = await openPanel(stage)
  formatters.add('first-chart', 'panel', operations, firstChart)
  formatters.add('all', 'panel', operations, all)
}

async function visitPeer(peer: PeerStage, formatters: Figures): Promise<void> {
  for (const kind of ['pan', 'zoom'] as const) {
    formatters.add(kind, peer.name, peer.operations, await peerFrames(peer, kind, peerFrameCount(peer.operations)))
  }
}

async function visitLive(stage: PanelStage, formatters: Figures): Promise<void> {
  const { operations, browser, panel, costs } = stage
  const { heap, buffers } = await costs.heldBytes()
  formatters.add('heap', 'panel', operations, heap)
  formatters.add('buffers', 'panel', operations, buffers)
  addLongest(
    formatters,
    'all',
    operations,
    await longestTask(browser, panel, async () => void (await openPanel(stage))),
  )
  await stage.record(true)
  let arrived = operations
  for (const { id, show } of LIVE_VIEWS) {
    await show(stage)
    const before = await costs.cpuSeconds()
    const longest = await longestTask(browser, panel, async () => {
      arrived = await arriveLive(stage, arrived)
    })
    formatters.add(id, 'panel', operations, (((await costs.cpuSeconds()) - before) * 1000) / LIVE_SECONDS)
    addLongest(formatters, id, operations, longest)
  }
}

function addLongest(formatters: Figures, what: string, operations: number, { cpu, wall }: LongestTask): void {
  formatters.add(`${what} longest`, 'panel', operations, cpu)
  formatters.add(`${what} longest wall`, 'panel', operations, wall)
}
