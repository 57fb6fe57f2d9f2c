// Any world: requests that are sent somewhere else first.

import { sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_REQUESTS = 3
/** Milliseconds of all redirects of a route. */
export const MIN_TOTAL_MS = 200

export const redirectChain: Detector = {
  kind: 'redirect-chain',
  title: 'Redirected each time',
  rule: `At least ${MIN_REQUESTS} requests of a route were redirected, ${MIN_TOTAL_MS} ms together.`,
  needs: 'phases',
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_REQUESTS || !evidence.isRequest(group.members[0] as number)) continue
      const redirected = evidence.sample(group).filter(position => (evidence.facts(position).phases.redirect ?? 0) > 0)
      const times = redirected.map(position => evidence.facts(position).phases.redirect as number)
      if (redirected.length < MIN_REQUESTS || sum(times) < MIN_TOTAL_MS) continue
      const callSite = callSiteOf(evidence, redirected)
      findings.push({
        kind: 'redirect-chain',
        route: group.name,
        confidence: 'certain',
        savedMs: sum(times),
        count: redirected.length,
        evidence: redirected,
        removes: redirected.map((position, i) => ({
          from: evidence.start[position] as number,
          to: (evidence.start[position] as number) + (times[i] as number),
        })),
        waste: { requests: redirected.length },
        sentence: `${countText(redirected.length, 'request')} of ${group.name} were redirected, ${timeText(sum(times))} together.`,
        remedy: 'Ask for the final URL at once (often only a slash, the protocol or the host differs).',
        caveats: [],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}
