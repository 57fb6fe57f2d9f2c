// Node. One sample: a variant alone in a fresh page, of a fresh context and hence of its own process.
import type { Browser, BrowserContext, Page } from 'playwright'
import { costsOf } from './page-costs.ts'

/** What a variant's script leaves on `globalThis` (see `variants/expose.ts`). */
export interface VariantGlobal {
  run(count: number): Promise<void>
}

export interface Sample {
  cpuNsPerOperation: number
  retainedBytes: number
  retainedBytesPerOperation: number
}

export interface SamplePlan {
  url: string
  count: number
  /** Operations before the measured ones, so that the compiler has settled. Their memory counts. */
  warmUp: number
}

/** In batches, with a turn of the event loop between: the optimizing compiler works beside the thread. */
const WARM_UP_BATCHES = 5

export async function takeSample(browser: Browser, plan: SamplePlan): Promise<Sample> {
  const context = await browser.newContext()
  try {
    return await sampleIn(context, plan)
  } finally {
    await context.close()
  }
}

/** The same in a context that is already there (a persistent one, with an extension in it). */
export async function sampleIn(context: BrowserContext, plan: SamplePlan): Promise<Sample> {
  const page = await context.newPage()
  try {
    await page.goto(plan.url)
    return await samplePage(page, plan)
  } finally {
    await page.close()
  }
}

/** The same in a page that is already open and shows the variant. */
export async function samplePage(page: Page, plan: Omit<SamplePlan, 'url'>): Promise<Sample> {
  const costs = await costsOf(page)
  const run = (count: number): Promise<void> =>
    page.evaluate((n) => (globalThis as unknown as VariantGlobal).run(n), count)
  const bytesBefore = await costs.retainedBytes()
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) await run(plan.warmUp / WARM_UP_BATCHES)
  await costs.retainedBytes()
  const cpuBefore = await costs.cpuSeconds()
  await run(plan.count)
  const cpu = (await costs.cpuSeconds()) - cpuBefore
  const retainedBytes = (await costs.retainedBytes()) - bytesBefore
  return {
    cpuNsPerOperation: (cpu * 1e9) / plan.count,
    retainedBytes,
    retainedBytesPerOperation: retainedBytes / (plan.count + plan.warmUp),
  }
}
