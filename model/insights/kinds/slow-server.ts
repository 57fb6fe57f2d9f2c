// Any world: a route whose answer the server takes long to begin.

import { median, sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Evidence } from '../evidence.ts'
import { isLongPoll, isSafe } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

/** Milliseconds over the network's own part: web-vitals calls a first byte after 800 ms in need of improvement. */
export const MIN_WAIT_MS = 800
/**
 * Milliseconds over the network's own part that a slow route could reach: some routes are slower than the fastest, which
 * nobody could make them as fast as.
 */
export const TARGET_WAIT_MS = 500
export const MIN_REQUESTS = 3
export const CERTAIN_REQUESTS = 5

export const slowServer: Detector = {
  kind: 'slow-server',
  title: 'Slow to answer',
  rule: `The median wait for the first byte of a route is ${MIN_WAIT_MS} ms more than the least wait that its origin ever took, in at least ${MIN_REQUESTS} requests.`,
  needs: 'phases',
  *find(evidence) {
    const floors = yield* floorsByOrigin(evidence)
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_REQUESTS || !evidence.isRequest(group.members[0] as number)) continue
      if (!isSafe(group.method) && !group.isGraphql) continue
      const members = evidence.sample(group).filter(position => waitOf(evidence, position) !== undefined)
      if (members.length < MIN_REQUESTS || isLongPoll(evidence, group)) continue
      const floor = floors.get(group.url.origin)
      const least = floor?.without(group.index) ?? 0
      const over = (position: number): number => (waitOf(evidence, position) as number) - least
      const middle = median(members.map(over))
      if (middle < MIN_WAIT_MS) continue
      const slow = members.filter(position => over(position) > MIN_WAIT_MS / 2)
      const isAlone = floor?.without(group.index) === undefined
      findings.push({
        kind: 'slow-server',
        route: group.name,
        confidence: isAlone ? 'possible' : members.length >= CERTAIN_REQUESTS ? 'certain' : 'likely',
        savedMs: sum(slow.map(position => Math.max(0, over(position) - TARGET_WAIT_MS))),
        count: slow.length,
        evidence: slow,
        removes: slow.map(position => {
          const to = evidence.end[position] as number
          return { from: Math.max(evidence.start[position] as number, to - over(position)), to }
        }),
        sentence: `The server took ${timeText(median(members.map(position => waitOf(evidence, position) as number)))} (median) to begin its answer to ${group.name}; its fastest route answers in ${timeText(least)}.`,
        remedy:
          'Look at what the server does for this route; if it has to take so long, start the request earlier or show something meanwhile.',
        caveats: [
          `Of ${countText(members.length, 'request')}.`,
          ...(isAlone ? ['No other route of this origin was seen, so a slow network can look the same.'] : []),
        ],
      })
    }
    return findings
  },
}

/** Milliseconds to the first byte, where that is known. */
function waitOf(evidence: Evidence, position: number): number | undefined {
  if (!evidence.isOk(position)) return undefined
  const { phases, fromCache } = evidence.facts(position)
  return fromCache ? undefined : phases.wait
}

interface Floor {
  /** The least wait of an origin's routes but one. */
  without(group: number): number | undefined
}

function* floorsByOrigin(evidence: Evidence): Generator<void, Map<string, Floor>> {
  const waits = new Map<string, { group: number; wait: number }[]>()
  for (const group of evidence.groups) {
    yield
    if (!evidence.isRequest(group.members[0] as number)) continue
    const found = evidence.sample(group).flatMap(position => waitOf(evidence, position) ?? [])
    if (found.length === 0) continue
    const known = waits.get(group.url.origin) ?? []
    known.push({ group: group.index, wait: Math.min(...found) })
    waits.set(group.url.origin, known)
  }
  return new Map(
    [...waits].map(([origin, routes]) => {
      routes.sort((a, b) => a.wait - b.wait)
      return [origin, { without: (group: number) => routes.find(route => route.group !== group)?.wait }] as const
    }),
  )
}
