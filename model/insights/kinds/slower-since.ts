// Any world: a route that became slower at some moment, and stayed so.
import { CUSTOM } from '../../../wire/operations.ts'
import { sum } from '../../statistics.ts'
import { timeText } from '../amounts.ts'
import { findChange } from '../change-point.ts'
import { type Evidence, type Group, isRequestKind } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_OPERATIONS = 40
/** Divided by the number of routes that are looked at. */
export const MAX_P = 0.01
export const CERTAIN_P = 1e-6
/** The ratio and the milliseconds between the medians, and the probability that a later one is slower. */
export const MIN_RATIO = 1.25
export const MIN_SHIFT_MS = 30
export const MIN_SUPERIORITY = 0.64
/**
 * In fewer operations than this, slow spells that come and go look like a change. Where neighbours are so alike that there
 * are such spells, nothing is said; where a side has fewer than a spell may have, it is possible at most.
 */
export const MIN_FOR_SPELLS = 300
const MAX_LIKENESS = 0.4
export const LONGEST_SPELL = 25
/** Operations of a route that are looked at: its latest. */
const MAX_LOOKED_AT = 5_000

export const slowerSince: Detector = {
  kind: 'slower-since',
  title: 'Slower than before',
  rule: `Of at least ${MIN_OPERATIONS} operations of a route the later ones are slower: the medians differ by ${Math.round((MIN_RATIO - 1) * 100)}% and ${MIN_SHIFT_MS} ms, by more than chance explains (Pettitt's test, p < ${MAX_P} divided by the number of routes), and it lasts.`,
  *find(evidence) {
    const candidates = evidence.groups.filter(
      ({ members, kind }) => members.length >= MIN_OPERATIONS && (kind === CUSTOM || isRequestKind(kind)),
    )
    const findings: Finding[] = []
    for (const group of candidates) {
      yield
      const finding = changeOf(evidence, group, candidates.length)
      if (finding) findings.push(finding)
    }
    return findings
  },
}

function changeOf(evidence: Evidence, group: Group, routes: number): Finding | undefined {
  const members = Array.from(group.members.subarray(-MAX_LOOKED_AT)).filter(
    position => evidence.isOk(position) && !isCached(evidence, group, position),
  )
  if (members.length < MIN_OPERATIONS) return undefined
  const change = findChange(members.map(position => evidence.duration(position)))
  if (!change || change.p > MAX_P / routes || !change.lasts) return undefined
  const { before, after, superiority, index } = change
  if (after < MIN_RATIO * before || after - before < MIN_SHIFT_MS || superiority < MIN_SUPERIORITY) return undefined
  const isShort = members.length < MIN_FOR_SPELLS
  if (isShort && change.likeness > MAX_LIKENESS) return undefined
  const mayBeSpell = isShort && Math.min(index, members.length - index) <= LONGEST_SPELL
  const later = members.slice(index)
  const moment = evidence.start[later[0] as number] as number
  return {
    kind: 'slower-since',
    route: group.name,
    confidence: mayBeSpell ? 'possible' : change.p < CERTAIN_P ? 'certain' : 'likely',
    ...(group.isBackground ? { background: true as const } : {}),
    savedMs: sum(later.map(position => Math.max(0, evidence.duration(position) - before))),
    count: later.length,
    evidence: later,
    removes: later.map(position => ({
      from: Math.min(evidence.end[position] as number, (evidence.start[position] as number) + before),
      to: evidence.end[position] as number,
    })),
    sentence: `${group.name} became slower ${timeText(moment - evidence.session.first)} into the session: ${timeText(before)} before, ${timeText(after)} since (medians)${nearestNavigation(evidence, moment)}.`,
    remedy: 'Look at what changed at that moment: data that grew, a cache that was emptied, load on the server.',
    caveats: [
      'Only durations were compared.',
      ...(mayBeSpell ? ['So few operations may be a slow spell that passes.'] : []),
    ],
  }
}

function isCached(evidence: Evidence, group: Group, position: number): boolean {
  return group.members.length <= 1_000 && evidence.isRequest(position) && evidence.facts(position).fromCache
}

function nearestNavigation(evidence: Evidence, moment: number): string {
  const mark = evidence.session.marks.find(
    ({ time }) => Math.abs(time - moment) < 2_000 && time > evidence.session.first + 1_000,
  )
  return mark ? ', near a navigation' : ''
}
