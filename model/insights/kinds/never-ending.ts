// Any world: requests that have no end and should have one.
import { PENDING } from '../../../wire/operations.ts'
import { quantileOf, sortedNumbers } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

/** Milliseconds, and how many times the route's p95. */
export const MIN_AGE_MS = 30_000
export const MIN_RATIO = 10
/** Of the route that ended, so that it is known how long they take. */
export const LIKELY_ENDED = 3

const STREAM =
  /\b(?:streams?|events?|sse|subscri\w+|listen|live|poll|watch|wait|push|updates?|changes|notifications?)\b/i

export const neverEnding: Detector = {
  kind: 'never-ending',
  title: 'Never answered',
  rule: `A fetch or XMLHttpRequest is still running after ${MIN_AGE_MS / 1000} s, and after ${MIN_RATIO} times the p95 of its route.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.outcomes[PENDING] === 0 || !evidence.isRequest(group.members[0] as number)) continue
      const running = Array.from(group.members).filter(position => {
        if (!evidence.isRunning(position) || evidence.hasNoKnownEnd(position)) return false
        // A body that is still received is a stream.
        return evidence.duration(position) >= MIN_AGE_MS && !evidence.facts(position).detail.http?.devtools?.unfinished
      })
      if (running.length === 0) continue
      const ended = sortedNumbers(
        evidence
          .sample(group)
          .filter(position => evidence.isOk(position))
          .map(position => evidence.duration(position)),
      )
      const p95 = ended.length > 0 ? quantileOf(ended, 0.95) : 0
      const stuck = running.filter(position => evidence.duration(position) >= MIN_RATIO * p95)
      if (stuck.length === 0) continue
      // Nothing says that it should have ended, and its name says that it should not.
      if (ended.length === 0 && STREAM.test(group.url.path)) continue
      const callSite = callSiteOf(evidence, stuck)
      findings.push({
        kind: 'never-ending',
        route: group.name,
        confidence: ended.length >= LIKELY_ENDED ? 'likely' : 'possible',
        savedMs: 0,
        count: stuck.length,
        evidence: stuck,
        removes: [],
        failures: stuck.length,
        sentence: `${countText(stuck.length, 'request')} of ${group.name} ${stuck.length === 1 ? 'has' : 'have'} been running for ${timeText(Math.max(...stuck.map(position => evidence.duration(position))))}${ended.length > 0 ? `; others took ${timeText(p95)} (p95)` : ''}.`,
        remedy: 'Give it a time-out (AbortSignal.timeout), and see whether the server still works on it.',
        caveats: ended.length >= LIKELY_ENDED ? [] : ['Few others of this route ended: it may be meant to stay open.'],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}
