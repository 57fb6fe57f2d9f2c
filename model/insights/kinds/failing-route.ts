// Any world: a route that fails too often.
import { FAILED } from '../../../wire/operations.ts'
import { median } from '../../statistics.ts'
import { countText, shareText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_FAILURES = 3
export const MIN_SHARE = 0.1
/** Milliseconds in which a client that was refused (401) gets a new token and asks again. */
const REFRESH_MS = 5_000

export const failingRoute: Detector = {
  kind: 'failing-route',
  title: 'Failing',
  rule: `At least ${MIN_FAILURES} operations of a route failed, and ${MIN_SHARE * 100}% of them. Cancelled ones, those that a browser extension blocked, and a 401 that was answered by a new token do not count.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_FAILURES) continue
      let ended = 0
      const failed: number[] = []
      if ((group.outcomes[FAILED] as number) < MIN_FAILURES) continue
      const backedOff = retriedPatiently(evidence, group)
      yield
      const isBlocked = knownBlocked(evidence, group)
      for (const [i, position] of group.members.entries()) {
        if (evidence.isRunning(position) || evidence.isCancelled(position)) continue
        ended++
        if (!evidence.isFailed(position) || backedOff.has(position)) continue
        if (counts(evidence, group, i) && !isBlocked(position)) failed.push(position)
      }
      if (failed.length < MIN_FAILURES || failed.length < MIN_SHARE * ended) continue
      const statuses = new Set(failed.slice(0, MAX_STATUSES).map(position => evidence.status(position)))
      const isMissing = statuses.size === 1 && statuses.has(404)
      // HEAD asks whether something exists: that it does not is an answer.
      if (group.method === 'HEAD' && isMissing) continue
      const isProbe = group.method === 'HEAD' || isMissing
      const mayBeBlocked = isRefusedAtOnce(evidence, failed, ended)
      if (mayBeBlocked && evidence.isOnOtherSite(failed[0] as number)) continue
      const callSite = callSiteOf(evidence, failed)
      findings.push({
        kind: 'failing-route',
        route: group.name,
        confidence: isProbe || mayBeBlocked ? 'possible' : 'certain',
        savedMs: 0,
        count: failed.length,
        evidence: failed,
        removes: [],
        failures: failed.length,
        sentence: `${countText(failed.length, 'operation')} of ${ended} of ${group.name} failed (${shareText(failed.length / ended)})${statusesText(statuses)}.`,
        remedy: 'Open one of them for its status, error and call site.',
        caveats: [
          ...(isProbe ? ['Some apps ask for what may not exist on purpose.'] : []),
          ...(mayBeBlocked ? ['None was ever answered: an extension of the browser may block them.'] : []),
        ],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}

const MAX_STATUSES = 1_000

function counts(evidence: Evidence, { members }: Group, i: number): boolean {
  const position = members[i] as number
  if (evidence.status(position) !== 401) return true
  const url = evidence.url(position)
  for (const later of members.subarray(i + 1)) {
    if ((evidence.start[later] as number) - (evidence.end[position] as number) > REFRESH_MS) break
    if (evidence.isOk(later) && evidence.url(later) === url) return false
  }
  return true
}

/** What an extension of the browser, or its settings, do not let through: the user's own doing. */
const BLOCKED = /ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)/

/**
 * Which requests of a route were blocked. DevTools names the error; of requests that it did not see, those without an
 * answer were blocked too where others of their route were.
 */
export function knownBlocked(evidence: Evidence, group: Group): (position: number) => boolean {
  const isNamed = (position: number): boolean => BLOCKED.test(evidence.facts(position).error)
  const isUnanswered = (position: number): boolean => evidence.isFailed(position) && evidence.status(position) === 0
  const areSome = evidence.sample(group).some(position => isUnanswered(position) && isNamed(position))
  return position =>
    areSome && isUnanswered(position) && (isNamed(position) || !/net::/.test(evidence.facts(position).error))
}

function statusesText(statuses: ReadonlySet<number>): string {
  const known = [...statuses].filter(status => status > 0).sort((a, b) => a - b)
  if (known.length === 0) return ', without an answer'
  return `, with ${known.slice(0, 4).join(', ')}${statuses.has(0) ? ' or without an answer' : ''}`
}

/** Milliseconds before the first retry of a client that backs off; a user takes longer. */
export const MAX_FIRST_RETRY_MS = 3_000
/** By how much each pause of a back-off is longer than the one before: half of what doubling with jitter gives. */
export const MIN_BACKOFF = 1.2

/**
 * Failures that a client with a back-off has retried: all of them where a retry succeeded, so that the user noticed at
 * most a delay, and all but the last where none did.
 */
function retriedPatiently(evidence: Evidence, { members }: Group): Set<number> {
  const found = new Set<number>()
  const open = new Map<number, number[]>()
  const close = (chain: readonly number[], next: number | undefined): void => {
    const attempts = next === undefined ? chain : [...chain, next]
    if (attempts.length < 3 || !growsPatiently(evidence, attempts)) return
    for (const position of next === undefined ? chain.slice(0, -1) : chain) found.add(position)
  }
  for (const position of members) {
    const key = evidence.resourceInDocument(position)
    const chain = open.get(key)
    if (evidence.isFailed(position)) {
      if (chain) chain.push(position)
      else open.set(key, [position])
    } else if (chain) {
      close(chain, evidence.isOk(position) ? position : undefined)
      open.delete(key)
    }
  }
  for (const chain of open.values()) close(chain, undefined)
  return found
}

function growsPatiently(evidence: Evidence, attempts: readonly number[]): boolean {
  const pauses = attempts
    .slice(1)
    .map((position, i) => (evidence.start[position] as number) - (evidence.end[attempts[i] as number] as number))
  if (!((pauses[0] as number) > 0) || (pauses[0] as number) > MAX_FIRST_RETRY_MS) return false
  return pauses.every((pause, i) => i === 0 || pause >= MIN_BACKOFF * (pauses[i - 1] as number))
}

/** Milliseconds in which no network fails: the browser itself refused. */
const REFUSED_MS = 30

/**
 * Whether requests to another origin never got an answer, nor time for one: content blockers do that. Where DevTools
 * names another error, they did not.
 */
export function isRefusedAtOnce(evidence: Evidence, failed: readonly number[], ended: number): boolean {
  if (failed.length < ended || failed.some(position => evidence.status(position) > 0)) return false
  if (failed.every(position => /net::ERR_(?!BLOCKED_BY)/.test(evidence.facts(position).error))) return false
  const own = evidence.session.documents.get(evidence.document(failed[0] as number))?.url ?? ''
  const { origin } = evidence.urlFacts(failed[0] as number)
  if (origin === '' || own.startsWith(origin)) return false
  return median(failed.map(position => evidence.duration(position))) < REFUSED_MS
}
