// Any world: two sides of one or more sessions, compared name by name.
import { mergeSort } from '../analysis/merge-sort.ts'
import type { SessionModel } from '../session/session-model.ts'
import { adjustP } from './benjamini-hochberg.ts'
import { limitsOf } from './limits.ts'
import { emptySamples, MAX_NAMES, type Run, type Samples, type SideSamples, samplesOf } from './samples.ts'
import { MIN_FOR_P95, type Tail, tailOf } from './tail.ts'
import {
  DEFAULT_THRESHOLDS,
  type Difference,
  difference,
  failureP,
  MAX_P,
  MIN_SAMPLES,
  type Thresholds,
  type Verdict,
  verdictOf,
} from './verdict.ts'

/** Names whose p95 gets an interval, in the order of the list: each takes milliseconds, and nobody reads more. */
export const MAX_TAILS = 100

export interface ComparedName {
  name: string
  verdict: Verdict
  before: Samples
  after: Samples
  /** Undefined where a side has no sample. */
  difference: Difference | undefined
  /** Adjusted for the number of names; undefined where a side has no sample. */
  p: number | undefined
  /** Undefined where a side has too few samples, and beyond the first names. */
  p95: Tail | undefined
  /** Whether more fail than before, beyond chance. */
  failsMore: boolean
  /** Milliseconds that all calls of the name take more than before, as many as there are now. */
  impactMs: number
  /** Of what is inconclusive: about how many more runs a side would tell. */
  moreRuns?: number
}

export interface Comparison {
  /** What costs users most first. */
  names: ComparedName[]
  /** What limits the comparison, a sentence each. */
  limits: string[]
  runs: { before: number; after: number }
  thresholds: Thresholds
}

/** Yields at least every few milliseconds. */
export function* compareSides(
  before: readonly Run[],
  after: readonly Run[],
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Generator<void, Comparison> {
  const left = yield* samplesOf(before)
  // A name that the baseline has always counts. Where the baseline had too many, no other name can be called new.
  const right = yield* samplesOf(
    after,
    (name, known) => left.byName.has(name) || (left.unnamed === 0 && known < MAX_NAMES),
  )
  const runs = { before: before.length, after: after.length }
  return {
    names: yield* compareSamples(left, right, runs, thresholds),
    limits: limitsOf(before, after, left.unnamed + right.unnamed),
    runs,
    thresholds,
  }
}

/** The same for whole sessions. */
export function compareSessions(
  before: readonly SessionModel[],
  after: readonly SessionModel[],
  thresholds?: Thresholds,
): Generator<void, Comparison> {
  const runsOf = (sessions: readonly SessionModel[]): Run[] => sessions.map(session => ({ session }))
  return compareSides(runsOf(before), runsOf(after), thresholds)
}

type Pair = Pick<ComparedName, 'name' | 'before' | 'after' | 'difference'>

/** @param runs of each side: more than those in which a name occurs. */
export function* compareSamples(
  { byName: left }: Pick<SideSamples, 'byName'>,
  { byName: right }: Pick<SideSamples, 'byName'>,
  runs: { before: number; after: number },
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Generator<void, ComparedName[]> {
  const pairs: Pair[] = []
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [before, after] = [left.get(name) ?? emptySamples(), right.get(name) ?? emptySamples()]
    const isBoth = before.durations.length > 0 && after.durations.length > 0
    pairs.push({ name, before, after, difference: isBoth ? yield* difference(before, after) : undefined })
    yield
  }
  // Only tests that were made count: a name of one side alone has nothing to adjust for.
  const tested = pairs.filter(pair => pair.difference)
  const failures: number[] = []
  for (const { before, after } of tested) {
    failures.push(failureP(before, after))
    yield
  }
  const slowness = new Map(adjustP(tested.map(pair => pair.difference?.test.p ?? 1)).map((p, i) => [tested[i], p]))
  yield
  const failureOf = new Map(adjustP(failures).map((p, i) => [tested[i], p]))
  yield
  const judged: ComparedName[] = []
  for (const pair of pairs) {
    const p = slowness.get(pair)
    const verdict = judge(pair, p ?? 1, thresholds)
    const moreRuns = verdict === 'inconclusive' ? moreRunsFor(pair, runs, thresholds) : undefined
    judged.push({
      ...pair,
      p,
      verdict,
      p95: undefined,
      failsMore: isFailingMore(pair, failureOf.get(pair) ?? 1),
      impactMs: (pair.difference?.shift.estimate ?? 0) * pair.after.durations.length,
      ...(moreRuns === undefined ? {} : { moreRuns }),
    })
    yield
  }
  const at = (index: number): ComparedName => judged[index] as ComparedName
  const order = yield* mergeSort(Uint32Array.from(judged.keys()), (a, b) => byCost(at(a), at(b)))
  const sorted = Array.from(order, at)
  for (const each of sorted.slice(0, MAX_TAILS)) {
    const { before, after } = each
    if (Math.min(before.durations.length, after.durations.length) < MIN_FOR_P95) continue
    each.p95 = yield* tailOf(before, after)
    yield
  }
  return sorted
}

function judge({ before, after, difference: found }: Pair, p: number, thresholds: Thresholds): Verdict {
  if (isEmpty(before)) return 'new'
  if (isEmpty(after)) return 'gone'
  if (!found) return 'inconclusive'
  return verdictOf(found, p, { before: before.durations.length, after: after.durations.length }, thresholds)
}

function isEmpty({ ended, cancelled, running }: Samples): boolean {
  return ended + cancelled + running === 0
}

function isFailingMore({ before, after }: Pair, p: number): boolean {
  return p < MAX_P && after.failed / Math.max(1, after.ended) > before.failed / Math.max(1, before.ended)
}

/** What users wait for most comes first. */
function byCost(a: ComparedName, b: ComparedName): number {
  return rankOf(a) - rankOf(b) || Math.abs(b.impactMs) - Math.abs(a.impactMs) || (a.name < b.name ? -1 : 1)
}

const ORDER: readonly Verdict[] = ['slower', 'faster', 'inconclusive', 'same', 'new', 'gone']

function rankOf({ verdict, failsMore }: ComparedName): number {
  return failsMore ? -1 : ORDER.indexOf(verdict)
}

/** Intervals shrink with the square root of the number of runs. */
function moreRunsFor(
  { difference: found, before, after }: Pair,
  runs: { before: number; after: number },
  { ratio: threshold }: Thresholds,
): number | undefined {
  if (!found) return undefined
  const known = Math.min(runs.before, runs.after)
  const samples = Math.min(before.durations.length, after.durations.length)
  const half = Math.log(found.ratio.high / found.ratio.low) / 2
  const distance = Math.abs(Math.abs(Math.log(found.ratio.estimate)) - Math.log(1 + threshold))
  const needed = Math.max((known * MIN_SAMPLES) / samples, known * (half / distance) ** 2)
  return Number.isFinite(needed) && needed > known ? Math.ceil(needed) - known : undefined
}
