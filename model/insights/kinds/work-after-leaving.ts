// Any world: requests whose answers nobody was there to take.
import { countText } from '../amounts.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_REQUESTS = 5

export const workAfterLeaving: Detector = {
  kind: 'work-after-leaving',
  title: 'Requests that the page left behind',
  rule: `At least ${MIN_REQUESTS} requests of a route were still in flight when their page was left.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_REQUESTS || !evidence.isRequest(group.members[0] as number)) continue
      const left = Array.from(group.members).filter(position => evidence.endedWithPage(position))
      if (left.length < MIN_REQUESTS) continue
      const callSite = callSiteOf(evidence, left)
      findings.push({
        kind: 'work-after-leaving',
        route: group.name,
        confidence: 'certain',
        savedMs: 0,
        count: left.length,
        evidence: left,
        removes: [],
        waste: { requests: left.length },
        background: true,
        sentence: `${countText(left.length, 'request')} of ${group.name} were in flight when their page was left.`,
        remedy: 'Do not start what the next page will not need; use keepalive or sendBeacon for what has to arrive.',
        caveats: [],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}
