// Any world: which insight comes first, and which of them speak of the same.
import type { Row } from '../numbers.ts'
import { roundSaved } from './amounts.ts'
import { apartOf } from './apart.ts'
import type { Evidence } from './evidence.ts'
import type { Apart, Confidence, Finding, Insight, InsightKind } from './insight.ts'
import { coveredBy, type Span, union, without } from './spans.ts'

/** What a failure of something that a user did weighs, in milliseconds. */
const FAILURE_MS = 1_000
/** Milliseconds: nobody reads about less. */
export const MIN_SAVED_MS = 100
const WEIGHTS: Record<Confidence, number> = { certain: 1, likely: 0.7, possible: 0.3 }
const LOWER: Record<Confidence, Confidence> = { certain: 'likely', likely: 'possible', possible: 'possible' }

/** Where two findings tell of the same operations, the first kind explains the second. */
const EXPLAINS: readonly (readonly [InsightKind, InsightKind])[] = [
  ['retry-storm', 'failing-route'],
  ['poll-too-often', 'repeated-get'],
  ['poll-too-often', 'duplicate-in-flight'],
  ['n-plus-one', 'connection-queue'],
  ['slower-since', 'slow-tail'],
  ['n-plus-one', 'serial-waterfall'],
  ['slow-server', 'slow-tail'],
  ['wasted-aborts', 'work-after-leaving'],
]

export function* rankFindings(evidence: Evidence, findings: readonly Finding[]): Generator<void, Insight[]> {
  const kept = withoutExplained(findings.map(bounded)).map(finding => unseen(evidence, withGaps(evidence, finding)))
  const scored: Scored[] = []
  for (const finding of kept) {
    yield
    const time = timeOf(evidence, finding)
    // Nobody waits twice at the same time.
    const saved = time ? { ...finding, savedMs: Math.min(finding.savedMs, coveredBy(time)) } : finding
    if (!isWorthSaying(saved)) continue
    // Nor for a page that is hidden: that counts for the order, as it may be seen the next time.
    const seen = time && evidence.hidden.length > 0 ? coveredBy(without(time, evidence.hidden)) : saved.savedMs
    const score = scoreOf({ ...saved, savedMs: Math.min(saved.savedMs, seen) })
    scored.push({ finding: saved, score, apart: apartOf(evidence, saved) })
  }
  scored.sort(
    (a, b) =>
      Number(a.apart !== undefined) - Number(b.apart !== undefined) ||
      b.score - a.score ||
      wasteOf(b.finding) - wasteOf(a.finding) ||
      keyOf(a.finding).localeCompare(keyOf(b.finding)),
  )
  yield
  return shareSavings(evidence, scored)
}

interface Scored {
  finding: Finding
  score: number
  apart: Apart | undefined
}

/** Operations of one insight that are listed: who wants to see more of the same sees them by their route. */
const MAX_EVIDENCE = 10_000

function bounded(finding: Finding): Finding {
  const { evidence, removes, caveats } = finding
  if (evidence.length <= MAX_EVIDENCE && removes.length <= MAX_EVIDENCE) return finding
  return {
    ...finding,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    removes: removes.slice(0, MAX_EVIDENCE),
    caveats: [...caveats, `The first ${MAX_EVIDENCE.toLocaleString('en')} operations of it are listed.`],
  }
}

/** All that a finding speaks of; undefined where it is about no time, or where not all of it is listed. */
function timeOf(evidence: Evidence, { evidence: positions, removes }: Finding): Span[] | undefined {
  if (removes.length === 0 || removes.length >= MAX_EVIDENCE) return undefined
  return union([...positions.map(position => evidence.spanOf(position)), ...removes])
}

/** What happens while the page is hidden is background, whatever it is. */
function unseen(evidence: Evidence, finding: Finding): Finding {
  const { evidence: positions, caveats } = finding
  if (positions.length === 0 || !positions.every(position => evidence.isHidden(position))) return finding
  return { ...finding, background: true, caveats: [...caveats, 'The page was hidden all the while: nobody waited.'] }
}

function isWorthSaying({ savedMs, failures = 0, waste }: Finding): boolean {
  return savedMs >= MIN_SAVED_MS || failures > 0 || wasteOf({ waste } as Finding) > 0
}

/** Failures come first, then time, then what is wasted. */
function scoreOf({ savedMs, failures = 0, confidence, background }: Finding): number {
  const weight = WEIGHTS[confidence]
  if (failures > 0 && !background && confidence !== 'possible')
    return (FAILURES_FIRST + failures * FAILURE_MS + savedMs) * weight
  // Nobody waits for what runs in the background, however long it takes.
  return background ? 0 : savedMs * weight
}

const FAILURES_FIRST = 1e9

function wasteOf({ waste }: Finding): number {
  return (waste?.requests ?? 0) + (waste?.bytes ?? 0) / 1e4
}

export function keyOf({ kind, route, callSite }: Pick<Finding, 'kind' | 'route' | 'callSite'>): string {
  // Line numbers change with each build of the app.
  const place = callSite?.[0]?.replace(/(?::\d+)+\)?$/, '') ?? ''
  return `${kind} ${route} ${place}`
}

/** One finding for each operation and cause: advice that contradicts other advice helps nobody. */
function withoutExplained(findings: readonly Finding[]): Finding[] {
  return findings.filter(finding => {
    const explaining = EXPLAINS.filter(([, explained]) => explained === finding.kind).map(([kind]) => kind)
    const own = new Set(finding.evidence)
    return !findings.some(other => {
      if (!explaining.includes(other.kind)) return false
      const shared = other.evidence.filter(position => own.has(position)).length
      return shared >= Math.min(own.size, other.evidence.length) / 2
    })
  })
}

/** What is missing from a session limits what can be said of it. */
function withGaps({ session, start, end }: Evidence, finding: Finding): Finding {
  const [first, last] = [finding.evidence[0], finding.evidence.at(-1)]
  if (first === undefined || last === undefined || session.gaps.lost === 0) return finding
  const [from, to] = [start[first] as number, end[last] as number]
  const lost = session.gaps.all.filter(({ startTime, endTime = Number.POSITIVE_INFINITY, count = 0, reason }) => {
    return (
      count > 0 &&
      reason !== 'long-tasks' &&
      reason !== 'samples' &&
      reason !== 'requests' &&
      startTime < to &&
      endTime > from
    )
  })
  if (lost.length === 0) return finding
  const count = lost.reduce((sum, gap) => sum + (gap.count ?? 0), 0)
  return {
    ...finding,
    confidence: LOWER[finding.confidence],
    caveats: [...finding.caveats, `${count.toLocaleString('en')} operations of that time were lost.`],
  }
}

/** What two insights would save both, the first keeps: savings can't be added up. */
function shareSavings(evidence: Evidence, scored: readonly Scored[]): Insight[] {
  const insights: Insight[] = []
  const taken: Span[][] = []
  for (const { finding, score, apart } of scored) {
    const { evidence: positions, removes, caveats, ...rest } = finding
    const own = union(removes)
    const total = coveredBy(own)
    let partOf: number | undefined
    let left = own
    for (const [i, spans] of taken.entries()) {
      const rest = without(left, spans)
      if (
        partOf === undefined &&
        total > 0 &&
        coveredBy(rest) < coveredBy(left) - total / 2 &&
        sharesRoute(insights[i] as Insight, finding, evidence)
      ) {
        partOf = i + 1
      }
      left = rest
    }
    taken.push(own)
    insights.push({
      ...rest,
      savedMs: roundSaved(finding.savedMs),
      caveats: apart === 'other-site' ? [...caveats, 'Its requests go to another site.'] : caveats,
      rows: positions.map(position => evidence.row[position] as Row),
      key: keyOf(finding),
      origin: originOf(evidence, positions),
      score,
      ...(partOf === undefined ? {} : { partOf }),
      ...(apart === undefined ? {} : { apart }),
    })
  }
  return insights
}

/** Operations whose origins are compared. */
const MAX_ORIGINS = 50

function originOf(evidence: Evidence, positions: readonly number[]): string {
  const origins = new Set(positions.slice(0, MAX_ORIGINS).map(position => evidence.urlFacts(position).origin))
  const [origin = ''] = origins
  return origins.size === 1 ? origin : ''
}

/** Whether they are of the same operations: what merely ran at the same time is another problem. */
function sharesRoute(known: Insight, finding: Finding, { row }: Evidence): boolean {
  const rows = new Set(known.rows)
  return finding.evidence.some(position => rows.has(row[position] as Row))
}
