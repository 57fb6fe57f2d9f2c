// Any world: a route that is fast as a rule, and now and then very slow.

import { correlation, median, quantileOf, sortedNumbers, sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_OPERATIONS = 30
export const CERTAIN_OPERATIONS = 100
export const MIN_SLOW = 3
/** A larger share is not a tail but another kind of request. */
export const MAX_SLOW_SHARE = 0.4
/** p95 over p50, and milliseconds of it. */
export const MIN_RATIO = 4
export const MIN_EXCESS_MS = 300
/** Sizes that correlate with durations as much explain them. */
export const MAX_SIZE_CORRELATION = 0.7
/** The distance of the quartiles of a normal distribution, in standard deviations. */
const IQR_SIGMAS = 1.349

export const slowTail: Detector = {
  kind: 'slow-tail',
  title: 'Sometimes very slow',
  rule: `Of at least ${MIN_OPERATIONS} operations of a route, p95 is ${MIN_RATIO} times p50 and ${MIN_EXCESS_MS} ms more, and at least ${MIN_SLOW}, at most ${MAX_SLOW_SHARE * 100}%, are slower than the fast ones explain (three standard deviations of their logarithms).`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_OPERATIONS) continue
      const members = networkMembers(evidence, group)
      if (members.length < MIN_OPERATIONS) continue
      const durations = sortedNumbers(members.map(position => evidence.duration(position)))
      const [p50, p95] = [quantileOf(durations, 0.5), quantileOf(durations, 0.95)]
      if (p95 < MIN_RATIO * p50 || p95 - p50 < MIN_EXCESS_MS) continue
      const bound = outlierBound(durations, p50)
      const slow = members.filter(position => evidence.duration(position) > bound)
      if (slow.length < MIN_SLOW || slow.length > MAX_SLOW_SHARE * members.length) continue
      if (isExplained(evidence, members, slow)) continue
      const isHidden = evidence.isRequest(slow[0] as number) && isLittleKnown(evidence, slow)
      findings.push({
        kind: 'slow-tail',
        route: group.name,
        confidence: isHidden ? 'possible' : members.length >= CERTAIN_OPERATIONS ? 'certain' : 'likely',
        ...(group.isBackground ? { background: true as const } : {}),
        savedMs: sum(slow.map(position => evidence.duration(position) - p50)),
        count: slow.length,
        evidence: slow,
        removes: slow.map(position => ({
          from: (evidence.start[position] as number) + p50,
          to: evidence.end[position] as number,
        })),
        sentence: `${countText(slow.length, 'operation')} of ${members.length} of ${group.name} took far longer than the others: p50 ${timeText(p50)}, p95 ${timeText(p95)}.`,
        remedy:
          'Compare the slowest with the fast ones: what they ask for, what the server did meanwhile, whether a cache was cold.',
        caveats: [
          'What the server did is not known.',
          ...(isHidden ? ['Sizes and phases are not known: a cache, a queue or larger answers may explain it.'] : []),
        ],
      })
    }
    return findings
  },
}

/** What went over the network and ended well; a part of them where there are very many. */
function networkMembers(evidence: Evidence, group: Group): number[] {
  return evidence
    .sample(group)
    .filter(
      position => evidence.isOk(position) && (!evidence.isRequest(position) || !evidence.facts(position).fromCache),
    )
}

/** Three standard deviations of the logarithms above their median; the deviation by the lower quartile, which no tail moves. */
function outlierBound(sorted: ArrayLike<number>, p50: number): number {
  const lower = Math.log(Math.max(0.01, quantileOf(sorted, 0.25)))
  const middle = Math.log(Math.max(0.01, p50))
  const sigma = Math.max(0.05, ((middle - lower) * 2) / IQR_SIGMAS)
  return Math.exp(middle + 3 * sigma)
}

/** Whether nothing was recorded of most of them by which `isExplained` could have judged. */
function isLittleKnown(evidence: Evidence, slow: readonly number[]): boolean {
  const unknown = slow.filter(
    position => evidence.answerSize(position) === undefined && evidence.facts(position).phases.wait === undefined,
  )
  return unknown.length > slow.length / 2
}

/** Whether the browser's queue, the page's main thread or the size explains what is slow. */
function isExplained(evidence: Evidence, members: readonly number[], slow: readonly number[]): boolean {
  const queued = slow.filter(position => {
    const { queued = 0, dns = 0, connect = 0 } = evidence.facts(position).phases
    return queued + dns + connect > evidence.duration(position) / 2
  })
  if (queued.length > slow.length / 2) return true
  const blocked = slow.filter(position => hasLongTask(evidence, position))
  if (blocked.length > slow.length / 2) return true
  const sized = members.filter(position => evidence.answerSize(position) !== undefined)
  if (sized.length < members.length / 2) return false
  const sizes = sized.map(position => evidence.answerSize(position) as number)
  return (
    correlation(
      sizes,
      sized.map(position => evidence.duration(position)),
    ) > MAX_SIZE_CORRELATION && median(sizes) > 0
  )
}

/** Whether the main thread was busy for most of it. */
function hasLongTask(evidence: Evidence, position: number): boolean {
  const { longTasks } = evidence.session
  const { from, to } = evidence.spanOf(position)
  let busy = 0
  for (let i = longTasks.indexFrom(from); i < longTasks.length && longTasks.start.get(i) < to; i++)
    busy += longTasks.duration.get(i)
  return busy > (to - from) / 2
}
