// Any world: requests whose answers nobody was there to take.
import { countText } from '../amounts.ts'
import type { Evidence } from '../evidence.ts'
import { isRequestKind } from '../evidence.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

/** Of one document: a few are in flight whenever somebody leaves. */
export const MIN_REQUESTS = 5
/** Milliseconds before the page was left in which nothing should have been started any more. */
export const LAST_MOMENT_MS = 100

export const workAfterLeaving: Detector = {
  kind: 'work-after-leaving',
  title: 'Requests that the page left behind',
  rule: `At least ${MIN_REQUESTS} requests of a page were in flight when it was left and have no end, or began in its last ${LAST_MOMENT_MS} ms.`,
  *find(evidence) {
    const leavings = leavingTimes(evidence)
    const byDocument = new Map<number, { positions: number[]; routes: Map<string, number> }>()
    for (const group of evidence.groups) {
      yield
      if (!isRequestKind(group.kind)) continue
      for (const [i, position] of group.members.entries()) {
        if (i % 1_024 === 1_023) yield
        if (!isLeftBehind(evidence, position, leavings) || isKeptAlive(evidence, position)) continue
        const document = evidence.document(position)
        const known = byDocument.get(document) ?? { positions: [] as number[], routes: new Map<string, number>() }
        byDocument.set(document, known)
        known.positions.push(position)
        known.routes.set(group.name, (known.routes.get(group.name) ?? 0) + 1)
      }
    }
    const pages = [...byDocument.values()].filter(({ positions }) => positions.length >= MIN_REQUESTS)
    const byRoute = new Map<string, number[][]>()
    for (const { positions, routes } of pages) {
      const [route] = [...routes].reduce((most, each) => (each[1] > most[1] ? each : most))
      byRoute.set(route, [...(byRoute.get(route) ?? []), positions])
    }
    return [...byRoute].map(([route, left]) => toFinding(evidence, route, left))
  },
}

/** When each document was followed by the next of its frame, in epoch milliseconds; by number. */
function leavingTimes({ session }: Evidence): (number | undefined)[] {
  const { all } = session.documents
  return all.map(({ frameId, timeOrigin }) => {
    const later = all.filter(other => other.frameId === frameId && other.timeOrigin > timeOrigin)
    return later.length === 0 ? undefined : Math.min(...later.map(other => other.timeOrigin))
  })
}

function isLeftBehind(evidence: Evidence, position: number, leavings: readonly (number | undefined)[]): boolean {
  if (evidence.endedWithPage(position)) return true
  const leaving = leavings[evidence.document(position)]
  const start = evidence.start[position] as number
  if (leaving === undefined || start < leaving - LAST_MOMENT_MS || start > leaving) return false
  // What was answered in time was of use.
  return (evidence.end[position] as number) >= leaving || evidence.hasNoKnownEnd(position)
}

/** What is meant to arrive though the page is left: https://fetch.spec.whatwg.org/#request-keepalive-flag */
function isKeptAlive(evidence: Evidence, position: number): boolean {
  return evidence.facts(position).detail.http?.keepalive === true
}

function toFinding(evidence: Evidence, route: string, pages: readonly number[][]): Finding {
  const left = pages.flat().sort((a, b) => a - b)
  const callSite = callSiteOf(evidence, left)
  const names = new Set(left.map(position => evidence.url(position).replace(/[?#].*/, ''))).size
  return {
    kind: 'work-after-leaving',
    route,
    confidence: 'certain',
    savedMs: 0,
    count: left.length,
    evidence: left,
    removes: [],
    waste: { requests: left.length },
    background: true,
    sentence: `${countText(left.length, 'request')}${names > 1 ? `, such as ${route},` : ` of ${route}`} were in flight when ${pages.length === 1 ? 'their page was' : `${pages.length} pages were`} left.`,
    remedy: 'Do not start what the next page will not need; use keepalive or sendBeacon for what has to arrive.',
    caveats: [],
    ...(callSite ? { callSite } : {}),
  }
}
