// Any world: two sides of one or more sessions, compared name by name.
import type { SessionModel } from '../session/session-model.ts'
import { adjustP } from './benjamini-hochberg.ts'
import { harrellDavis } from './harrell-davis.ts'
import { type Samples, samplesOf } from './samples.ts'
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

/** Samples from which on a p95 is worth saying. */
export const MIN_FOR_P95 = 60

export interface ComparedName {
  name: string
  verdict: Verdict
  before: Samples
  after: Samples
  /** Undefined where a side has no sample. */
  difference: Difference | undefined
  /** Adjusted for the number of names; undefined where a side has no sample. */
  p: number | undefined
  /** Milliseconds (Harrell and Davis); undefined where a side has too few samples. */
  p95: { before: number; after: number } | undefined
  /** Whether more fail than before, beyond chance. */
  failsMore: boolean
  /** Milliseconds that all calls of the name take more than before, as many as there are now. */
  impactMs: number
  /** Of what is inconclusive: how many more runs a side would tell, about. */
  moreRuns?: number
}

export interface Comparison {
  /** What costs users most first. */
  names: ComparedName[]
  /** What limits the comparison, a sentence each. */
  limits: string[]
}

const NONE: Samples = { durations: new Float64Array(), ended: 0, failed: 0, cancelled: 0, running: 0, bytes: 0 }

/** Several sessions of a side are its runs. Yields at least every few milliseconds. */
export function* compareSessions(
  before: readonly SessionModel[],
  after: readonly SessionModel[],
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Generator<void, Comparison> {
  const left = yield* samplesOf(before)
  const right = yield* samplesOf(after)
  const names = [...new Set([...left.byName.keys(), ...right.byName.keys()])]
  const compared: Omit<ComparedName, 'verdict' | 'p' | 'failsMore'>[] = []
  for (const name of names) {
    yield
    const [a, b] = [left.byName.get(name) ?? NONE, right.byName.get(name) ?? NONE]
    const isBoth = a.durations.length > 0 && b.durations.length > 0
    const found = isBoth ? difference(a.durations, b.durations) : undefined
    const hasP95 = Math.min(a.durations.length, b.durations.length) >= MIN_FOR_P95
    compared.push({
      name,
      before: a,
      after: b,
      difference: found,
      p95: hasP95 ? { before: harrellDavis(a.durations, 0.95), after: harrellDavis(b.durations, 0.95) } : undefined,
      impactMs: (found?.shift.estimate ?? 0) * b.durations.length,
    })
  }
  const slowness = adjustP(compared.map(({ difference: found }) => found?.test.p ?? 1))
  const failures = adjustP(compared.map(({ before: a, after: b }) => failureP(a, b)))
  yield
  const judged = compared.map((each, i): ComparedName => {
    const p = slowness[i] as number
    const verdict = judge(each, p, thresholds)
    const runs = Math.min(before.length, after.length)
    const moreRuns = verdict === 'inconclusive' ? moreRunsFor(each, runs, thresholds.ratio) : undefined
    return {
      ...each,
      p: each.difference ? p : undefined,
      verdict,
      failsMore: isFailingMore(each, failures[i] as number),
      ...(moreRuns === undefined ? {} : { moreRuns }),
    }
  })
  return {
    names: judged.sort(
      (a, b) => rankOf(a) - rankOf(b) || Math.abs(b.impactMs) - Math.abs(a.impactMs) || (a.name < b.name ? -1 : 1),
    ),
    limits: limitsOf(before, after, left.unnamed + right.unnamed),
  }
}

function judge(
  { before, after, difference: found }: Pick<ComparedName, 'before' | 'after' | 'difference'>,
  p: number,
  thresholds: Thresholds,
): Verdict {
  if (isEmpty(before)) return 'new'
  if (isEmpty(after)) return 'gone'
  if (!found) return 'inconclusive'
  return verdictOf(found, p, { before: before.durations.length, after: after.durations.length }, thresholds)
}

function isEmpty({ ended, cancelled, running }: Samples): boolean {
  return ended + cancelled + running === 0
}

function isFailingMore({ before, after }: Pick<ComparedName, 'before' | 'after'>, p: number): boolean {
  return p < MAX_P && after.failed / Math.max(1, after.ended) > before.failed / Math.max(1, before.ended)
}

const ORDER: readonly Verdict[] = ['slower', 'faster', 'inconclusive', 'same', 'new', 'gone']

function rankOf({ verdict, failsMore }: ComparedName): number {
  return failsMore ? -1 : ORDER.indexOf(verdict)
}

/** What differs between the sides beside the code, and what is missing. */
function limitsOf(before: readonly SessionModel[], after: readonly SessionModel[], unnamed: number): string[] {
  const limits: string[] = []
  const agents = (sessions: readonly SessionModel[]): string =>
    [...new Set(sessions.flatMap(({ documents }) => documents.all.map(({ userAgent }) => userAgent)))]
      .sort()
      .join(' | ')
  if (agents(before) !== agents(after)) limits.push('The sides were recorded in different browsers.')
  const lost = (sessions: readonly SessionModel[]): number => sessions.reduce((sum, { gaps }) => sum + gaps.lost, 0)
  const [lostBefore, lostAfter] = [lost(before), lost(after)]
  if (lostBefore + lostAfter > 0) {
    limits.push(
      `${lostBefore.toLocaleString('en')} operations of the baseline and ${lostAfter.toLocaleString('en')} of the new side were lost; durations are of those that were kept.`,
    )
  }
  if (Math.min(before.length, after.length) < 5) {
    limits.push('With fewer than five runs a side, what differs from run to run can look like a change.')
  }
  if (unnamed > 0)
    limits.push(`${unnamed.toLocaleString('en')} operations have a name beyond the first 10,000 and were not compared.`)
  return limits
}

/** How many more runs would tell, about: intervals shrink with the square root of the number of samples. */
function moreRunsFor(
  { difference: found, before, after }: Pick<ComparedName, 'difference' | 'before' | 'after'>,
  runs: number,
  threshold: number,
): number | undefined {
  if (!found) return undefined
  const samples = Math.min(before.durations.length, after.durations.length)
  const half = Math.log(found.ratio.high / found.ratio.low) / 2
  const distance = Math.abs(Math.abs(Math.log(found.ratio.estimate)) - Math.log(1 + threshold))
  const needed = Math.max((runs * MIN_SAMPLES) / samples, runs * (half / distance) ** 2)
  return Number.isFinite(needed) && needed > runs ? Math.ceil(needed) - runs : undefined
}
