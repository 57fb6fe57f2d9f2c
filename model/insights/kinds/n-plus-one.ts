// Any world: one request for each item of a list, where one request for all would do.
import { routeOf } from '../../analysis/route.ts'
import type { Row } from '../../numbers.ts'
import { median, sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf, hasIdentifier, readsApi } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { coveredBy } from '../spans.ts'
import { isPaging } from '../url-facts.ts'

/** Sentry's performance issue asks for 5 on a server; one more, as pages often load a handful of parts. */
export const MIN_REQUESTS = 6
/** Milliseconds of all together (Sentry: 300). */
export const MIN_TOTAL_MS = 300
/** Milliseconds between two starts, where they are sent at once, and between an end and the next start, one by one. */
export const MAX_START_GAP_MS = 50
export const MAX_FOLLOW_GAP_MS = 20
/** The share of different URLs: the same one again is another problem. */
export const MIN_DISTINCT = 0.8
/** Bytes: larger ones are what a page is about, not a field of a list's item. */
export const MAX_MEDIAN_BYTES = 50_000
/** Milliseconds by which the list's request ended before the first of them. */
export const MAX_LIST_AGE_MS = 1_000
/** A parameter that holds an id. */
const ID_PARAMETER = /^(?:ids?|key|uuid|slug)$|(?:_|-)ids?$|[a-z]I[dD]s?$/

export const nPlusOne: Detector = {
  kind: 'n-plus-one',
  title: 'One request per item',
  rule: `At least ${MIN_REQUESTS} GET requests of one route with an id (or of one GraphQL operation) from one place in the code, at most ${MAX_START_GAP_MS} ms apart or each within ${MAX_FOLLOW_GAP_MS} ms of the one before, ${MIN_DISTINCT * 100}% of them to different URLs, that take ${MIN_TOTAL_MS} ms together.`,
  *find(evidence) {
    const findings: Finding[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_REQUESTS || group.isBackground) continue
      if (!(readsApi(group) && (hasIdentifier(group.name) || group.isGraphql || variesById(evidence, group)))) continue
      const runs = (yield* runsOf(evidence, group)).filter(run => isRun(evidence, group, run))
      if (runs.length > 0) findings.push(toFinding(evidence, group, runs))
    }
    return [...findings, ...(yield* nestedFindings(evidence, new Set(findings.flatMap(({ evidence }) => evidence))))]
  },
}

/** Whether the children of an operation of the app are one for each item: all of one name or route. */
export function isNested(evidence: Evidence, children: readonly number[]): boolean {
  if (children.length < MIN_REQUESTS) return false
  const name = nameOf(evidence, children[0] as number)
  return children.every(child => nameOf(evidence, child) === name)
}

function nameOf({ session, row }: Evidence, position: number): string {
  return routeOf(session.operations.nameOf(row[position] as Row))
}

/** Operations with children that one finding speaks of: the first ones, so that no step takes long. */
const MAX_NESTED = 1_000

/**
 * Operations of the app that start one operation for each item. Requests count together or one by one; the app's own
 * operations only one by one, as nobody pays for those that run together.
 */
function* nestedFindings(evidence: Evidence, known: ReadonlySet<number>): Generator<void, Finding[]> {
  const byName = new Map<string, { parent: string; runs: (readonly number[])[] }>()
  let looked = 0
  for (const [parent, family] of evidence.families) {
    if (++looked % 256 === 0) yield
    if (family.length < MIN_REQUESTS) continue
    const children = Array.from(family)
    if (!isNested(evidence, children) || children.some(child => known.has(child))) continue
    if (children.some(child => !evidence.isOk(child) || !isReading(evidence, child))) continue
    if (sum(children.map(child => evidence.duration(child))) < MIN_TOTAL_MS) continue
    const isCustom = !evidence.isRequest(children[0] as number)
    if (isCustom && !areOneByOne(evidence, children)) continue
    const name = nameOf(evidence, children[0] as number)
    const own = byName.get(name) ?? { parent: nameOf(evidence, parent), runs: [] }
    if (own.runs.length < MAX_NESTED) own.runs.push(children)
    byName.set(name, own)
  }
  return [...byName].map(([name, { parent, runs }]) => nestedFinding(evidence, name, parent, runs))
}

/** Whether it may be asked together with others: what writes has an order. */
function isReading(evidence: Evidence, position: number): boolean {
  return !evidence.isRequest(position) || evidence.method(position) === 'GET'
}

function areOneByOne(evidence: Evidence, children: readonly number[]): boolean {
  return children.every((child, i) => {
    if (i === 0) return true
    const gap = (evidence.start[child] as number) - (evidence.end[children[i - 1] as number] as number)
    return gap >= -1 && gap <= MAX_START_GAP_MS
  })
}

function nestedFinding(evidence: Evidence, name: string, parent: string, runs: (readonly number[])[]): Finding {
  const all = runs.flat().sort((a, b) => a - b)
  const saved = runs.map(run => {
    const each = median(run.map(position => evidence.duration(position)))
    return Math.max(0, coveredBy(run.map(position => evidence.spanOf(position))) - each)
  })
  return {
    kind: 'n-plus-one',
    route: name,
    confidence: 'possible',
    savedMs: sum(saved),
    count: all.length,
    evidence: all,
    removes: all.map(position => evidence.spanOf(position)),
    waste: { requests: all.length - runs.length },
    sentence: `${parent} started ${name} ${countText(all.length, 'time')}${runs.length > 1 ? ` in ${runs.length} calls` : ''}, one for each item.`,
    remedy: 'If they do not need each other, do them together, or ask for all items at once.',
    caveats: ['What each of them is for is not known.'],
  }
}

/** Whether the URLs of a route differ in a parameter that holds an id, and in none that chooses a page. */
function variesById(evidence: Evidence, { members }: Group): boolean {
  const values = new Map<string, Set<string>>()
  for (const position of members.subarray(0, MIN_REQUESTS * 4)) {
    for (const [name, value] of evidence.urlFacts(position).parameters) {
      const known = values.get(name) ?? new Set()
      values.set(name, known.add(value))
    }
  }
  const varying = [...values].filter(([, found]) => found.size > 1).map(([name]) => name)
  return varying.some(name => ID_PARAMETER.test(name)) && !varying.some(isPaging)
}

/** Members that follow each other closely, from one place in the code where that is known. */
function* runsOf(evidence: Evidence, { members }: Group): Generator<void, number[][]> {
  const runs: number[][] = []
  let run: number[] = []
  let latestEnd = Number.NEGATIVE_INFINITY
  for (const position of members) {
    const start = evidence.start[position] as number
    const before = run.at(-1)
    const isNear =
      before !== undefined &&
      (start - (evidence.start[before] as number) <= MAX_START_GAP_MS ||
        (start >= latestEnd && start - latestEnd <= MAX_FOLLOW_GAP_MS))
    if (!isNear || evidence.document(position) !== evidence.document(before)) {
      if (run.length >= MIN_REQUESTS) runs.push(run)
      run = []
      latestEnd = Number.NEGATIVE_INFINITY
    }
    run.push(position)
    latestEnd = Math.max(latestEnd, evidence.end[position] as number)
  }
  if (run.length >= MIN_REQUESTS) runs.push(run)
  const found: number[][] = []
  for (const each of runs) found.push(...(yield* bySite(evidence, each)))
  return found
}

/** Operations whose details are read between two pauses. */
const DETAIL_STEP = 128

function* bySite(evidence: Evidence, run: readonly number[]): Generator<void, number[][]> {
  const sites = new Map<string, number[]>()
  for (const [i, position] of run.entries()) {
    if (i % DETAIL_STEP === DETAIL_STEP - 1) yield
    const site = evidence.site(position)
    const known = sites.get(site)
    if (known) known.push(position)
    else sites.set(site, [position])
  }
  return [...sites.values()].filter(({ length }) => length >= MIN_REQUESTS)
}

function isRun(evidence: Evidence, group: Group, run: readonly number[]): boolean {
  const total = run.reduce((sum, position) => sum + evidence.duration(position), 0)
  if (total < MIN_TOTAL_MS) return false
  // Of GraphQL by POST the URL is always the same: what differs is in the body, which is not read.
  const distinct = new Set(run.map(position => evidence.url(position))).size
  if (!group.isGraphql && distinct < MIN_DISTINCT * run.length) return false
  // An id that is the same in all of them, as in `/users/42/search?q=…`, is of no item.
  const paths = new Set(run.map(position => evidence.urlFacts(position).path)).size
  if (!group.isGraphql && paths < MIN_DISTINCT * run.length && !variesById(evidence, group)) return false
  const network = run.filter(position => !evidence.facts(position).fromCache)
  if (network.length < MIN_REQUESTS) return false
  if (run.some(position => PREFETCH.test(evidence.site(position)))) return false
  // Pictures come one by one; text that is packed on the way is none.
  if (group.url.isOfFiles && run.every(position => !isPacked(evidence, position))) return false
  const sizes = run.map(position => evidence.facts(position).encodedSize).filter(size => size !== undefined)
  return sizes.length === 0 || median(sizes) <= MAX_MEDIAN_BYTES
}

/** Functions that get ready what a user may want next. */
const PREFETCH = /\b\w*(?:prefetch|preload)/i

function isPacked(evidence: Evidence, position: number): boolean {
  const { encodedSize = 0, decodedSize = 0 } = evidence.facts(position)
  return decodedSize > encodedSize
}

function toFinding(evidence: Evidence, group: Group, runs: readonly number[][]): Finding {
  const all = runs.flat()
  let saved = 0
  let lists = 0
  for (const run of runs) {
    const each = median(run.map(position => evidence.duration(position)))
    saved += Math.max(0, coveredBy(run.map(position => evidence.spanOf(position))) - each)
    if (followsList(evidence, group, run)) lists++
  }
  const isLikely = group.isGraphql || lists > 0
  const callSite = callSiteOf(evidence, all)
  return {
    kind: 'n-plus-one',
    route: group.name,
    confidence: isLikely ? 'likely' : 'possible',
    savedMs: saved,
    count: all.length,
    evidence: all,
    removes: all.map(position => evidence.spanOf(position)),
    waste: { requests: all.length - runs.length },
    sentence: `${countText(all.length, 'request')} of ${group.name} were sent ${runs.length > 1 ? `in ${runs.length} bursts` : 'in one burst'}, each for another item.`,
    remedy: 'If the server can answer for several items at once, ask for all of them in one request.',
    caveats: [
      ...(isLikely ? [] : ['No request of the list that they belong to was seen shortly before.']),
      ...(callSite ? [] : ['Where in the code they were started is not known.']),
      `They overlap: together they took ${timeText(coveredBy(all.map(position => evidence.spanOf(position))))}.`,
    ],
    ...(callSite ? { callSite } : {}),
  }
}

/** Whether the list, the path before the id, was answered shortly before. */
function followsList(evidence: Evidence, group: Group, run: readonly number[]): boolean {
  const first = run[0] as number
  const { origin, path } = evidence.urlFacts(first)
  const parents: string[] = []
  for (let parent = path; parent.lastIndexOf('/') > 0; ) {
    parent = parent.slice(0, parent.lastIndexOf('/'))
    parents.push(origin + parent)
  }
  const start = evidence.start[first] as number
  for (let position = first - 1; position >= 0 && position > first - MAX_LOOK_BACK; position--) {
    const facts = evidence.urlFacts(position)
    const end = evidence.end[position] as number
    if (end > start || start - end > MAX_LIST_AGE_MS || !evidence.isRequest(position)) continue
    const listPath = facts.origin + facts.path.replace(/\/$/, '')
    if (parents.includes(listPath) || (hasQueryId(group) && listPath === origin + path)) return true
  }
  return false
}

const hasQueryId = (group: Group): boolean => !hasIdentifier(group.name)

/** Operations before the first of a run among which its list is looked for. */
const MAX_LOOK_BACK = 200
