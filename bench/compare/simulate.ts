// Node: invented sides whose truth is known, and what the comparison says of them.
import { emptySamples, type Samples } from '../../model/comparison/samples.ts'
import { DEFAULT_THRESHOLDS, difference, type Verdict, verdictOf } from '../../model/comparison/verdict.ts'
import { createRandom, type Random } from '../insights/generator/random.ts'

export interface Scenario {
  /** Runs of each side, and samples of each run. */
  runs: number
  samples: number
  /** The standard deviation of a run's median, as a share: 0.1 is 10 %. */
  noise: number
  /** New over old: 1 is no change. */
  ratio: number
}

/** Log-normal durations around 100 ms, with the spread of most requests. */
const MEDIAN_MS = 100
const SIGMA = 0.4

/** How often each verdict is given. The same seeds give the same counts. */
export function simulate({ runs, samples, noise, ratio }: Scenario, seeds: number): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { slower: 0, faster: 0, same: 0, inconclusive: 0, new: 0, gone: 0 }
  for (let seed = 1; seed <= seeds; seed++) {
    const random = createRandom(seed * 7_919)
    const side = (median: number): Samples => sideOf(random, { runs, samples, noise, median })
    const [before, after] = [side(MEDIAN_MS), side(MEDIAN_MS * ratio)]
    const steps = difference(before, after)
    let step = steps.next()
    while (!step.done) step = steps.next()
    const found = step.value
    const sizes = { before: before.durations.length, after: after.durations.length }
    counts[verdictOf(found, found.test.p, sizes, DEFAULT_THRESHOLDS)]++
  }
  return counts
}

function sideOf(
  random: Random,
  { runs, samples, noise, median }: { runs: number; samples: number; noise: number; median: number },
): Samples {
  const all = Array.from({ length: runs }, () => {
    const center = random.around(median, noise)
    return Float64Array.from({ length: samples }, () => random.around(center, SIGMA)).sort()
  })
  const durations = Float64Array.from(all.flatMap(run => [...run])).sort()
  return { ...emptySamples(), durations, runs: all, ended: durations.length }
}
