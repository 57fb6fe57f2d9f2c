// Any world: a timer that asks for the same again and again, and gets the same answer.
import { routeOf } from '../../analysis/route.ts'
import { median } from '../../statistics.ts'
import { shareText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf, hasIdentifier, readsApi } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { paceOf } from '../regular.ts'
import type { UrlFacts } from '../url-facts.ts'

export const MIN_REQUESTS = 15
/** Milliseconds. */
export const MAX_PERIOD_MS = 5_000
/** Timers run late, never early. */
const LATENESS = 0.03
export const MIN_STEADY = 0.8
export const MIN_UNCHANGED = 0.8

export const pollTooOften: Detector = {
  kind: 'poll-too-often',
  title: 'Polling without news',
  rule: `A URL is fetched at least ${MIN_REQUESTS} times at regular gaps (${MIN_STEADY * 100}% within 35% of the median) of at most ${MAX_PERIOD_MS / 1000} s, and ${MIN_UNCHANGED * 100}% of the answers have the size of the one before.`,
  needs: 'sizes',
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (!readsApi(group) || group.repeats < MIN_REQUESTS) continue
      for (const members of yield* pollsOf(evidence, group)) {
        const pace = paceOf(members, evidence.start)
        if (!pace || pace.steady < MIN_STEADY || pace.period > MAX_PERIOD_MS * (1 + LATENESS)) continue
        // A job that is watched until it is done.
        if (hasIdentifier(group.name) && hasStopped(evidence, members, pace.period) && endsWithNews(evidence, members))
          continue
        const duration = median(members.map(position => evidence.duration(position)))
        // What overlaps the next is not held open until there is news: it is asked again before it has answered.
        if (duration > pace.period / 2 && duration <= pace.period) continue
        if (isTyped(evidence, members)) continue
        const unchanged = unchangedShare(evidence, members)
        if (unchanged === undefined || unchanged < MIN_UNCHANGED) continue
        findings.push(toFinding(evidence, group, members, pace.period, unchanged))
      }
    }
    return findings
  },
}

/** Members of one URL, but for parameters that only keep caches away, from one place in the code. */
function* pollsOf(evidence: Evidence, { members }: Group): Generator<void, number[][]> {
  const paths = new Map<number, Map<string, number[]>>()
  for (let i = 0; i < members.length; i++) {
    const position = members[i] as number
    if (i % 1_024 === 1_023) yield
    if (!evidence.isOk(position)) continue
    const site = members.length <= MAX_COMPARED ? evidence.site(position) : ''
    const path = evidence.pathInDocument(position)
    const sites = paths.get(path) ?? new Map<string, number[]>()
    paths.set(path, sites)
    const known = sites.get(site)
    if (known) known.push(position)
    else sites.set(site, [position])
  }
  const polls = [...paths.values()].flatMap(sites => {
    const all = [...sites.values()]
    // DevTools may have missed some: they belong to the only place that is known.
    return sites.has('') && sites.size === 2 ? [all.flat().sort((a, b) => a - b)] : all
  })
  return polls.filter(({ length }) => length >= MIN_REQUESTS)
}

/** Whether it was over before the session was: what a job is watched with stops when the job is done. */
function hasStopped(evidence: Evidence, members: readonly number[], period: number): boolean {
  return evidence.span.to - (evidence.end[members.at(-1) as number] as number) > 3 * period
}

/**
 * Whether most of them ask for other words than the one before: a user types them, at whatever pace. What a timer asks
 * for stays the same, or is a number, a date or a token that says where to go on.
 */
function isTyped(evidence: Evidence, members: readonly number[]): boolean {
  const queries = members.slice(0, MAX_COMPARED).map(position => wordsOf(evidence.urlFacts(position).parameters))
  const changes = queries.filter((query, i) => i > 0 && query !== queries[i - 1]).length
  return changes > (queries.length - 1) / 2
}

/** The values of parameters that are words, not identifiers. */
function wordsOf(parameters: UrlFacts['parameters']): string {
  const words = parameters.filter(([, value]) => routeOf(`GET /${value}`) === `GET /${value}`)
  return words.map(([name, value]) => `${name}=${value}`).join('&')
}

/** Whether the last answer differs from the one before: the job is done, which was the question. */
function endsWithNews(evidence: Evidence, members: readonly number[]): boolean {
  const [before, last] = members.slice(-2).map(position => evidence.answerSize(position))
  return before !== last
}

function unchangedShare(evidence: Evidence, members: readonly number[]): number | undefined {
  let compared = 0
  let same = 0
  let before: number | undefined
  for (const position of members.slice(0, MAX_COMPARED)) {
    if (evidence.status(position) === 304 || evidence.status(position) === 204) {
      compared++
      same++
      continue
    }
    const size = evidence.answerSize(position)
    if (size === undefined) continue
    if (before !== undefined) {
      compared++
      if (size === before) same++
    }
    before = size
  }
  return compared > 0 ? same / compared : undefined
}

const MAX_COMPARED = 1_000

function toFinding(evidence: Evidence, group: Group, members: number[], period: number, unchanged: number): Finding {
  const callSite = callSiteOf(evidence, members)
  return {
    kind: 'poll-too-often',
    route: group.name,
    confidence: 'likely',
    savedMs: 0,
    count: members.length,
    evidence: members,
    removes: [],
    waste: { requests: Math.round(members.length * unchanged) },
    background: true,
    sentence: `${group.name} is fetched every ${timeText(period)}, ${members.length} times so far, and ${shareText(unchanged)} of the answers have the same size as the one before.`,
    remedy: 'Ask less often, stop while the page is hidden, or let the server tell (server-sent events, a WebSocket).',
    caveats: ['The sizes were compared, not the contents.'],
    ...(callSite ? { callSite } : {}),
  }
}
