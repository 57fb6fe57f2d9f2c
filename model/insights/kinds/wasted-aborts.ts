// Any world: requests that are sent only to be cancelled.
import { CANCELLED } from '../../../wire/operations.ts'
import { median } from '../../statistics.ts'
import { countText, shareText, timeText } from '../amounts.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { coveredBy } from '../spans.ts'

export const MIN_CANCELLED = 10
/** A type-ahead that works as it should cancels fewer. */
export const MIN_SHARE = 0.6
/** Milliseconds after which a cancelled request has cost the server something. */
export const MIN_AGE_MS = 30

export const wastedAborts: Detector = {
  kind: 'wasted-aborts',
  title: 'Sent and cancelled',
  rule: `At least ${MIN_CANCELLED} requests of a route, and ${MIN_SHARE * 100}% of them, were cancelled ${MIN_AGE_MS} ms or more after they were sent.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if ((group.outcomes[CANCELLED] as number) < MIN_CANCELLED || !evidence.isRequest(group.members[0] as number))
        continue
      const cancelled = Array.from(group.members).filter(
        position =>
          evidence.isCancelled(position) &&
          evidence.duration(position) >= MIN_AGE_MS &&
          !evidence.endedWithPage(position),
      )
      if (cancelled.length < MIN_CANCELLED || cancelled.length < MIN_SHARE * group.members.length) continue
      const spans = cancelled.map(position => evidence.spanOf(position))
      const callSite = callSiteOf(evidence, cancelled)
      findings.push({
        kind: 'wasted-aborts',
        route: group.name,
        confidence: 'certain',
        savedMs: coveredBy(spans),
        count: cancelled.length,
        evidence: cancelled,
        removes: spans,
        waste: { requests: cancelled.length },
        sentence: `${countText(cancelled.length, 'request')} of ${group.name} (${shareText(cancelled.length / group.members.length)}) were cancelled, ${timeText(median(cancelled.map(position => evidence.duration(position))))} (median) after they were sent.`,
        remedy: 'Wait for a pause in what the user does before sending (debounce), or send only what differs.',
        caveats: [],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}
