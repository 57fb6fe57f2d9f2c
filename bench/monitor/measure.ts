// Node. Runs the plans of one group and keeps every sample.
import type { PageServer } from '../harness/page-server.ts'
import { interleave } from '../harness/rounds.ts'
import { type Sample, samplePage } from '../harness/sample.ts'
import { type CountPlan, type Group, roundsOf, type Variant, WARM_UP } from './plan.ts'
import type { Stage } from './stage.ts'

/** Samples by variant name and count; index r of each list is from round r of that count. */
export type Measured = Map<string, Map<number, Sample[]>>

export async function measure(
  group: Group,
  plans: readonly CountPlan[],
  stage: Stage,
  server: PageServer,
  progress: (message: string) => void,
): Promise<Measured> {
  const measured: Measured = new Map(group.variants.map(({ name }) => [name, new Map()]))
  const sample = async ({ name, records }: Variant, count: number): Promise<Sample> => {
    const { page, stored, close } = await stage.open(server.pageUrl(name))
    try {
      return await samplePage(page, {
        count,
        warmUp: WARM_UP,
        ...(group.burst === undefined ? {} : { burst: group.burst }),
        ...(records ? { settle: stored } : {}),
      })
    } finally {
      await close()
    }
  }
  for (const plan of plans) {
    const { count } = plan
    const started = performance.now()
    const samples = await interleave(
      group.variants,
      variant => roundsOf(variant, plan),
      variant => sample(variant, count),
    )
    for (const [{ name }, list] of samples) measured.get(name)?.set(count, list)
    progress(`${group.title}, ${count} operations: ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  return measured
}
