// Node. Runs a plan and keeps every sample.
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright'
import { bundle } from '../harness/bundle.ts'
import { type PageServer, servePages } from '../harness/page-server.ts'
import { interleave } from '../harness/rounds.ts'
import { type Sample, takeSample } from '../harness/sample.ts'
import { type CountPlan, type Variant, WARM_UP } from './plan.ts'

/** Samples by variant name and count; index r of each list is from round r of that count. */
export type Measured = Map<string, Map<number, Sample[]>>

export async function serveVariants(variants: readonly Variant[]): Promise<PageServer> {
  const scripts = new Map<string, string>()
  for (const { name } of variants) {
    const entry = new URL(`../variants/monitor/${name}.ts`, import.meta.url)
    scripts.set(name, await bundle(fileURLToPath(entry)))
  }
  return servePages(scripts)
}

export async function measure(
  browser: Browser,
  server: PageServer,
  variants: readonly Variant[],
  plans: readonly CountPlan[],
  progress: (message: string) => void,
): Promise<Measured> {
  const measured: Measured = new Map(variants.map(({ name }) => [name, new Map()]))
  for (const { count, rounds, slowRounds } of plans) {
    const started = performance.now()
    const samples = await interleave(
      variants,
      ({ slow }) => (slow ? slowRounds : rounds),
      ({ name }) => takeSample(browser, { url: server.pageUrl(name), count, warmUp: WARM_UP }),
    )
    for (const [{ name }, list] of samples) measured.get(name)?.set(count, list)
    progress(`${count} operations: ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  return measured
}
