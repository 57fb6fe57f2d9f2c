// Node. One sample of a variant: what its operations cost a fresh page.
import type { Page } from 'playwright'
import { costsOf } from './page-costs.ts'

/** What a variant's script leaves on `globalThis` (see `variants/expose.ts`). */
export interface VariantGlobal {
  run(count: number, burst: number): Promise<void>
}

export interface Sample {
  cpuNsPerOperation: number
  /** What the page holds when it has loaded, the variant's code included. */
  bytesAtLoad: number
  /** What it holds more after all operations. */
  retainedBytes: number
  retainedBytesPerOperation: number
}

export interface SamplePlan {
  count: number
  /** Operations before the measured ones, so that the compiler has settled. Their memory counts. */
  warmUp: number
  /** Operations before a turn of the event loop. Without it there is none. */
  burst?: number
  /** Waits until what the operations have set going is done; its argument is how many there have been. */
  settle?: (operations: number) => Promise<void>
}

/** The optimizing compiler works beside the thread, and installs what it made between two calls. */
const WARM_UP_BATCHES = 5

/** @param page shows the variant and has done nothing yet. */
export async function samplePage(page: Page, { count, warmUp, burst, settle }: SamplePlan): Promise<Sample> {
  const costs = await costsOf(page)
  const run = (operations: number): Promise<void> =>
    page.evaluate(([n, each]) => (globalThis as unknown as VariantGlobal).run(n, each), [
      operations,
      burst ?? operations,
    ] as const)
  const bytesAtLoad = await costs.retainedBytes()
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) await run(warmUp / WARM_UP_BATCHES)
  await settle?.(warmUp)
  // No collection here: a forced one also drops compiled code, and 10k operations would pay for it.
  const cpuBefore = await costs.cpuSeconds()
  await run(count)
  await settle?.(warmUp + count)
  const cpu = (await costs.cpuSeconds()) - cpuBefore
  const retainedBytes = (await costs.retainedBytes()) - bytesAtLoad
  return {
    cpuNsPerOperation: (cpu * 1e9) / count,
    bytesAtLoad,
    retainedBytes,
    retainedBytesPerOperation: retainedBytes / (count + warmUp),
  }
}
