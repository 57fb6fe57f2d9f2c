// Any world: the same GET sent again while the first has no answer yet.

import { sum } from '../../statistics.ts'
import { bytesText, countText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf, readsApi } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

/** Requests that add nothing. */
export const MIN_SUPERFLUOUS = 2

export const duplicateInFlight: Detector = {
  kind: 'duplicate-in-flight',
  title: 'Same request twice at the same time',
  rule: `The same URL is fetched again by GET while an earlier request for it is in flight, and neither was cancelled or came from a cache: at least ${MIN_SUPERFLUOUS} superfluous requests of a route.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (!readsApi(group) || group.method === 'POST' || group.repeats < 2) continue
      const sets = yield* overlapping(evidence, group)
      const superfluous = sum(sets.map(({ length }) => length - 1))
      if (superfluous < MIN_SUPERFLUOUS) continue
      const all = sets.flat().sort((a, b) => a - b)
      const sizes = sets.map(set => set.map(position => evidence.answerSize(position)))
      const isCertain = sizes.every(([first, ...others]) => first !== undefined && others.every(size => size === first))
      const bytes = sum(sets.flatMap(set => set.slice(1)).map(position => evidence.size(position) ?? 0))
      const callSite = callSiteOf(evidence, all)
      findings.push({
        kind: 'duplicate-in-flight',
        route: group.name,
        confidence: isCertain ? 'certain' : 'likely',
        savedMs: 0,
        count: all.length,
        evidence: all,
        removes: [],
        waste: { requests: superfluous, bytes },
        sentence: `${countText(superfluous, 'request')} of ${group.name} asked for a URL that was already being fetched${bytes > 0 ? ` (${bytesText(bytes)})` : ''}.`,
        remedy: 'Share the promise of the request that is in flight, for example with a query cache.',
        caveats: [
          isCertain ? 'The sizes are equal; the contents were not compared.' : 'The contents were not compared.',
        ],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}

/** Sets of requests for one URL that overlap: the first of each was needed. */
function* overlapping(evidence: Evidence, { members }: Group): Generator<void, number[][]> {
  const sets: number[][] = []
  const open = new Map<number, { set: number[]; end: number }>()
  for (let i = 0; i < members.length; i++) {
    const position = members[i] as number
    if (i % 1_024 === 1_023) yield
    // A cancelled predecessor was superseded, and what a cache answered cost nothing.
    if (evidence.isCancelled(position)) continue
    const key = evidence.resourceInDocument(position)
    const known = open.get(key)
    const start = evidence.start[position] as number
    const end = evidence.end[position] as number
    if (known && start < known.end && !evidence.facts(position).fromCache && !isRange(evidence, position)) {
      if (known.set.length === 1) sets.push(known.set)
      known.set.push(position)
      known.end = Math.max(known.end, end)
    } else open.set(key, { set: [position], end })
  }
  return sets
}

/** A part of a file: 206. */
function isRange(evidence: Evidence, position: number): boolean {
  return evidence.status(position) === 206
}
