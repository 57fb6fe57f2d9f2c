// Node. Runs one group and keeps every sample.
import { costsOf, type PageCosts } from '../harness/page-costs.ts'
import type { PageServer } from '../harness/page-server.ts'
import { interleave } from '../harness/rounds.ts'
import type { VariantGlobal } from '../harness/sample.ts'
import type { PlacedPage, Places } from './places.ts'
import { burstOf, type Group, type GroupPlan, type Variant } from './plan.ts'
import { pageName, type Scripts } from './scripts.ts'

/** CPU of the page's main thread, in ns a call. */
export interface Sample {
  /** While the calls are made, one awaited after the other: nothing that waits for a timer is in it. */
  calls: number
  /** The same and all that they have put off. */
  all: number
}

/** Index r of each list is from round r. */
export type Measured = ReadonlyMap<string, readonly Sample[]>

/**
 * Milliseconds after a burst in which what was put off is done: OpenTelemetry ends its spans after 300. A time and no
 * condition, as peers tell nobody when they are done.
 */
const AFTERMATH = 500
/** Milliseconds between warm-up batches: what is put off has to have been compiled, too. */
const WARM_UP_PAUSE = 150
/** The optimizing compiler works beside the thread, and installs what it made between two calls. */
const WARM_UP_BATCHES = 8

export async function measure(
  group: Group,
  plan: GroupPlan,
  variants: readonly Variant[],
  places: Places,
  server: PageServer,
  scripts: Scripts,
): Promise<Measured> {
  const sample = async (variant: Variant): Promise<Sample> => {
    const early = group.stubbed && variant.place === 'extension' ? scripts.stub : undefined
    const placed = await places.open(variant.place, server.pageUrl(pageName(group, variant)), early)
    try {
      return await samplePage(placed, variant, plan)
    } finally {
      await placed.close()
    }
  }
  const samples = await interleave(variants, () => plan.rounds, sample)
  return new Map([...samples].map(([{ name }, list]) => [name, list]))
}

async function samplePage(placed: PlacedPage, variant: Variant, plan: GroupPlan): Promise<Sample> {
  const { page } = placed
  const costs: PageCosts = await costsOf(page)
  const burst = burstOf(variant, plan)
  // A variant that makes fewer calls needs fewer before them, too.
  const warmUp = Math.ceil((plan.warmUp * burst) / plan.burst / WARM_UP_BATCHES)
  let made = 0
  const run = async (calls: number): Promise<void> => {
    await page.evaluate(n => (globalThis as unknown as VariantGlobal).run(n, n), calls)
    made += calls
  }
  const aftermath = async (): Promise<void> => {
    await page.waitForTimeout(AFTERMATH)
    if (variant.records) await placed.recorded(made)
    else await placed.asked()
  }
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) {
    await run(warmUp)
    await page.waitForTimeout(WARM_UP_PAUSE)
  }
  await aftermath()
  const sum = { calls: 0, all: 0 }
  for (let i = 0; i < plan.bursts; i++) {
    const before = await costs.cpuSeconds()
    await run(burst)
    const after = await costs.cpuSeconds()
    await aftermath()
    sum.calls += after - before
    sum.all += (await costs.cpuSeconds()) - before
  }
  const perCall = (seconds: number): number => (seconds * 1e9) / (burst * plan.bursts)
  return { calls: perCall(sum.calls), all: perCall(sum.all) }
}
