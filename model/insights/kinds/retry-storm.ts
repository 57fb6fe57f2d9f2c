// Any world: a failing request that is sent again and again without waiting longer each time.
import { FAILED } from '../../../wire/operations.ts'
import { truncate } from '../../../wire/truncate.ts'
import { median } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { coveredBy } from '../spans.ts'
import { isRefusedAtOnce, knownBlocked } from './failing-route.ts'

export const MIN_FAILURES = 5
/** Milliseconds between a failure and the next attempt. */
export const MAX_GAP_MS = 5_000
/** Gaps that grow by this much from the first half to the second are a back-off. */
export const BACKOFF = 2
/** Milliseconds: shorter pauses are none, and whether they grow says nothing. */
const MIN_PAUSE_MS = 50

export const retryStorm: Detector = {
  kind: 'retry-storm',
  title: 'Retries without a pause',
  rule: `The same request fails (5xx, 429, 408 or without an answer) at least ${MIN_FAILURES} times in a row, each sent within ${MAX_GAP_MS / 1000} s of the failure before, and later gaps are less than ${BACKOFF} times the earlier ones.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_FAILURES || !evidence.isRequest(group.members[0] as number)) continue
      if ((group.outcomes[FAILED] as number) < MIN_FAILURES || group.repeats < MIN_FAILURES) continue
      const storms = [...chains(evidence, group)].filter(storm => isStorm(evidence, storm))
      if (storms.length === 0) continue
      const all = storms.flat().sort((a, b) => a - b)
      // What a content blocker refuses is the user's own doing, and looks the same.
      const mayBeBlocked = isRefusedAtOnce(evidence, all, all.length)
      if (mayBeBlocked && evidence.isOnOtherSite(all[0] as number)) continue
      const again = storms.flatMap(storm => storm.slice(1))
      const spans = again.map(position => evidence.spanOf(position))
      const gap = median(storms.flatMap(storm => gapsOf(evidence, storm)))
      const callSite = callSiteOf(evidence, all)
      findings.push({
        kind: 'retry-storm',
        route: group.name,
        confidence: mayBeBlocked ? 'possible' : 'certain',
        savedMs: coveredBy(spans),
        count: all.length,
        evidence: all,
        removes: spans,
        failures: all.length,
        waste: { requests: again.length },
        sentence: `${group.name} failed ${countText(all.length, 'time')} and was sent again after ${timeText(gap)} each time (median)${statusText(evidence, all)}.`,
        remedy:
          'Wait longer after each failure (exponential back-off with jitter), honour Retry-After, and give up after a few attempts.',
        caveats: retryAfterText(evidence, all),
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}

/** Whether trying again may help, so that a client does: RFC 9110 §15.6, RFC 6585 §4, and no answer at all. */
function isRetriable(evidence: Evidence, position: number): boolean {
  const status = evidence.status(position)
  if (status >= 500 || status === 429 || status === 408) return true
  return evidence.isFailed(position) && status === 0
}

/** Failures of one method and URL, each followed by the next. */
function* chains(evidence: Evidence, group: Group): Generator<number[]> {
  const open = new Map<number, number[]>()
  const isBlocked = knownBlocked(evidence, group)
  for (const position of group.members) {
    const key = evidence.resourceInDocument(position)
    const chain = open.get(key) ?? []
    const last = chain.at(-1)
    const gap = last === undefined ? 0 : (evidence.start[position] as number) - (evidence.end[last] as number)
    const goesOn = isRetriable(evidence, position) && !isBlocked(position)
    // Those sent together are no retries of each other.
    if (goesOn && last !== undefined && gap < -1) continue
    if (goesOn && (last === undefined || gap <= MAX_GAP_MS)) {
      chain.push(position)
      open.set(key, chain)
      continue
    }
    if (chain.length >= MIN_FAILURES) yield chain
    if (goesOn) open.set(key, [position])
    else open.delete(key)
  }
  for (const chain of open.values()) if (chain.length >= MIN_FAILURES) yield chain
}

function gapsOf(evidence: Evidence, storm: readonly number[]): number[] {
  return storm
    .slice(1)
    .map((position, i) =>
      Math.max(0, (evidence.start[position] as number) - (evidence.end[storm[i] as number] as number)),
    )
}

function isStorm(evidence: Evidence, storm: readonly number[]): boolean {
  const gaps = gapsOf(evidence, storm).map(gap => Math.max(MIN_PAUSE_MS, gap))
  if (isCappedBackOff(gaps)) return false
  const half = Math.floor(gaps.length / 2)
  return median(gaps.slice(-half)) < BACKOFF * median(gaps.slice(0, half))
}

/** Pauses that grow from the first on, up to some limit that they keep. */
function isCappedBackOff(gaps: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = gaps
  if (second < MIN_GROWTH * first || third < MIN_GROWTH * second) return false
  return gaps.slice(3).every(gap => gap >= MAX_JITTER * third)
}

/** By how much each of the first pauses is longer than the one before; and what of the third the later ones have. */
const MIN_GROWTH = 1.3
const MAX_JITTER = 0.7

function retryAfterText(evidence: Evidence, positions: readonly number[]): string[] {
  for (const position of positions) {
    const { retryAfter } = evidence.facts(position).detail.http?.devtools ?? {}
    if (retryAfter) return [`The server asked to wait: Retry-After: ${truncate(retryAfter, MAX_RETRY_AFTER)}.`]
  }
  return []
}

/** Characters: a date has 29. */
const MAX_RETRY_AFTER = 40

function statusText(evidence: Evidence, positions: readonly number[]): string {
  const statuses = [...new Set(positions.map(position => evidence.status(position)))]
  return statuses.length === 1 && statuses[0] ? `, with status ${statuses[0]}` : ''
}
