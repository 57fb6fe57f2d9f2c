// Any world: requests that CORS has the browser ask permission for, one by one.

import { sum } from '../../statistics.ts'
import { countText, shareText, timeText } from '../amounts.ts'
import type { Evidence } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'
import { urlFacts } from '../url-facts.ts'

export const MIN_PREFLIGHTS = 5
/** The share of a host's requests that are preflights. */
export const MIN_SHARE = 0.3

export const preflightCost: Detector = {
  kind: 'preflight-cost',
  title: 'CORS preflights',
  rule: `At least ${MIN_PREFLIGHTS} preflights (OPTIONS) to a host, most of them or ${MIN_PREFLIGHTS} for URLs that had one before, and ${MIN_SHARE * 100}% of its requests.`,
  cannotRun: ({ session }) => (session.network.unjoined === 0 ? 'DevTools reported no requests of its own' : undefined),
  *find(evidence) {
    const preflights = new Map<string, { count: number; durations: number[]; urls: Set<string> }>()
    for (const request of evidence.session.network.unjoinedRequests()) {
      if (request.type !== 'preflight' && request.method !== 'OPTIONS') continue
      if (request.startTime < evidence.span.from || request.startTime > evidence.span.to) continue
      const { origin } = urlFacts(request.url)
      const known = preflights.get(origin) ?? { count: 0, durations: [], urls: new Set() }
      known.count++
      known.durations.push(request.duration)
      known.urls.add(request.url)
      preflights.set(origin, known)
    }
    yield
    const findings: Finding[] = []
    for (const [origin, { count, durations, urls }] of preflights) {
      const requests = requestsTo(evidence, origin)
      // The first for a URL can't be avoided but by not needing one.
      const repeated = count - Math.min(urls.size, count)
      if (count < MIN_PREFLIGHTS || count < MIN_SHARE * (count + requests.length)) continue
      if (repeated <= count / 2 && repeated < MIN_PREFLIGHTS) continue
      const { isLocal } = urlFacts(origin)
      findings.push({
        kind: 'preflight-cost',
        route: origin,
        confidence: isLocal ? 'possible' : 'certain',
        savedMs: sum(durations),
        count,
        evidence: requests,
        removes: [],
        waste: { requests: count },
        sentence: `${countText(count, 'preflight')} went to ${origin} before ${countText(requests.length, 'request')} (${shareText(count / (count + requests.length))} of all), ${timeText(sum(durations))} together.`,
        remedy:
          'Let the server answer with Access-Control-Max-Age, or avoid the headers that need a preflight; requests of the same origin need none.',
        caveats: [
          `${countText(repeated, 'of them was', 'of them were')} for a URL that had been asked for before.`,
          ...(isLocal ? ['On this computer ports differ; the origin that users reach may be the page’s own.'] : []),
        ],
      })
    }
    return findings
  },
}

function requestsTo(evidence: Evidence, origin: string): number[] {
  return evidence.groups
    .filter(group => group.url.origin === origin && evidence.isRequest(group.members[0] as number))
    .flatMap(group => evidence.sample(group))
    .sort((a, b) => a - b)
}
