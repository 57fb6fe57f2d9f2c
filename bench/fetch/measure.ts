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

/** Index i of each list is from the same time: one burst of each variant after the other. */
export type Measured = ReadonlyMap<string, readonly Sample[]>

/**
 * Milliseconds after a burst in which what was put off is done: OpenTelemetry ends its spans after 300, our last batch
 * goes out after 500. A time and no condition, as peers tell nobody when they are done.
 */
const AFTERMATH = 700
/** Times that so long is waited for what is recorded, before something is wrong. */
const MAX_WAITS = 20
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
  const measured = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]))
  for (let page = 0; page < plan.pages; page++) {
    const opened: MeasuredPage[] = []
    try {
      for (const variant of variants) {
        const early = group.stubbed && variant.place === 'extension' ? scripts.stub : undefined
        const placed = await places.open(variant, server.pageUrl(pageName(group, variant)), early)
        opened.push(await warmUp(placed, variant, plan))
      }
      const samples = await interleave(
        opened,
        () => plan.bursts,
        ({ burst }) => burst(),
      )
      for (const [{ variant }, list] of samples) measured.get(variant.name)?.push(...list)
    } finally {
      for (const { placed } of opened) await placed.close()
      // Browsers differ from each other as pages do, too: each round has its own.
      await places.stop()
    }
  }
  return measured
}

interface MeasuredPage {
  variant: Variant
  placed: PlacedPage
  burst(): Promise<Sample>
}

async function warmUp(placed: PlacedPage, variant: Variant, plan: GroupPlan): Promise<MeasuredPage> {
  const { page } = placed
  const costs: PageCosts = await costsOf(page)
  const calls = burstOf(variant, plan)
  let made = 0
  const run = async (count: number): Promise<void> => {
    await page.evaluate(n => (globalThis as unknown as VariantGlobal).run(n, n), count)
    made += count
  }
  /** CPU seconds once nothing is left to do. Whether all has arrived is asked after that: asking costs the page, too. */
  const settle = async (): Promise<number> => {
    for (let i = 0; i < MAX_WAITS; i++) {
      await page.waitForTimeout(AFTERMATH)
      const seconds = await costs.cpuSeconds()
      if (!variant.records || (await placed.recorded(made))) return seconds
    }
    throw new Error(`${variant.name}: ${made} requests do not arrive`)
  }
  // A variant that makes fewer calls needs fewer before them, too.
  const warmUpCalls = Math.ceil((plan.warmUp * calls) / plan.burst / WARM_UP_BATCHES)
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) {
    await run(warmUpCalls)
    await page.waitForTimeout(WARM_UP_PAUSE)
  }
  await settle()
  const perCall = (seconds: number): number => (seconds * 1e9) / calls
  return {
    variant,
    placed,
    async burst() {
      const before = await costs.cpuSeconds()
      await run(calls)
      const after = await costs.cpuSeconds()
      const all = await settle()
      return { calls: perCall(after - before), all: perCall(all - before) }
    },
  }
}
