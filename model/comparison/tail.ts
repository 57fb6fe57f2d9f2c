// Any world: how the slow end of two samples differs: their 95th percentiles, and the interval of the difference.
import { evenlySpaced } from './evenly-spaced.ts'
import { harrellDavis, quantileWeights, weightedSum } from './harrell-davis.ts'
import type { Samples } from './samples.ts'

/** Samples from which on a p95 is worth saying. */
export const MIN_FOR_P95 = 60
const QUANTILE = 0.95
const REPLICATES = 200
/** Values of a side that are drawn from: of more, evenly spaced order statistics. */
const MAX_DRAWN = 500
/** Values whose weights are computed: of more, evenly spaced order statistics, which changes no digit that is shown. */
const MAX_WEIGHTED = 5_000

export interface Tail {
  /** Milliseconds. */
  before: number
  after: number
  /** Of `after − before`, by a bootstrap over the runs, or over the samples of a single run. */
  low: number
  high: number
}

/** @param before, after not empty. */
export function* tailOf(before: Samples, after: Samples): Generator<void, Tail> {
  const random = createRandom(1)
  const left = replicatesOf(before.runs, random)
  yield
  const right = replicatesOf(after.runs, random)
  const differences = left.map((value, i) => (right[i] as number) - value).sort()
  yield
  const found = { before: quantileOf(before), after: quantileOf(after) }
  const difference = found.after - found.before
  return {
    ...found,
    low: difference + (differences[Math.floor(REPLICATES * 0.025)] as number),
    high: difference + (differences[Math.ceil(REPLICATES * 0.975) - 1] as number),
  }
}

function quantileOf({ durations }: Samples): number {
  return harrellDavis(evenlySpaced(durations, Math.min(durations.length, MAX_WEIGHTED)), QUANTILE)
}

/** By how much the quantile of each resampled side differs from that of the side. */
function replicatesOf(runs: readonly Float64Array[], random: () => number): Float64Array {
  const [only] = runs
  return runs.length === 1 && only ? overSamples(only, random) : overRuns(runs, random)
}

function overSamples(sorted: Float64Array, random: () => number): Float64Array {
  const values = evenlySpaced(sorted, Math.min(sorted.length, MAX_DRAWN))
  const size = values.length
  const weights = quantileWeights(size, QUANTILE)
  const center = weightedSum(values, weights)
  // A sample of a few hundred varies more than one of a million.
  const scale = Math.sqrt(size / sorted.length)
  const counts = new Uint32Array(size)
  const drawn = new Float64Array(size)
  return Float64Array.from({ length: REPLICATES }, () => {
    counts.fill(0)
    for (let i = 0; i < size; i++) (counts[(random() * size) | 0] as number)++
    let filled = 0
    for (let i = 0; i < size; i++) {
      for (let k = counts[i] as number; k > 0; k--) drawn[filled++] = values[i] as number
    }
    return (weightedSum(drawn, weights) - center) * scale
  })
}

function overRuns(runs: readonly Float64Array[], random: () => number): Float64Array {
  const size = Math.max(1, Math.floor(MAX_DRAWN / runs.length))
  const all = runs.flatMap((run, number) => Array.from(evenlySpaced(run, size), value => ({ value, number })))
  all.sort((a, b) => a.value - b.value)
  const weights = quantileWeights(all.length, QUANTILE)
  const drawn = Float64Array.from(all, ({ value }) => value)
  const center = weightedSum(drawn, weights)
  const counts = new Uint32Array(runs.length)
  return Float64Array.from({ length: REPLICATES }, () => {
    counts.fill(0)
    for (let i = 0; i < runs.length; i++) (counts[Math.floor(random() * runs.length)] as number)++
    let filled = 0
    for (const { value, number } of all) {
      for (let k = counts[number] as number; k > 0; k--) drawn[filled++] = value
    }
    return weightedSum(drawn, weights) - center
  })
}

/** The same numbers each time, so that a comparison says the same each time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
