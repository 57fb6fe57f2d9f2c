// Any world: the same GET again and again with the same answer.

import type { NetworkRequest } from '../../../wire/network.ts'
import { median, sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import { callSiteOf, isLongPoll, isSafe, readsApi } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { isSteadyInParts, paceOf } from '../regular.ts'

export const MIN_REPEATS = 5
/** Milliseconds: what is asked again after longer may have changed, as when a window gets the focus again. */
export const MAX_MEDIAN_GAP_MS = 30_000
export const MIN_SAME_SIZE = 0.9
/** Bytes: an empty answer is a ping. */
export const MIN_BYTES = 200
/** Gaps that are all so near their median are a timer's; a user's come near it by chance. */
const STEADY = { share: 0.8, tolerance: 0.2 }

/** Repeats of one URL that are looked at. */
const MAX_REPEATS = 2_000

export const repeatedGet: Detector = {
  kind: 'repeated-get',
  title: 'Same answer fetched again',
  rule: `The same URL is fetched by GET at least ${MIN_REPEATS} times in a document, at most ${MAX_MEDIAN_GAP_MS / 1000} s apart (median), ${MIN_SAME_SIZE * 100}% of the answers have the same size of more than ${MIN_BYTES} B, and nothing was written to that resource in between.`,
  needs: 'sizes',
  *find(evidence) {
    const findings: Finding[] = []
    const writes = writesOf(evidence)
    for (const group of evidence.groups) {
      yield
      if (!readsApi(group) || group.method === 'POST' || group.repeats < MIN_REPEATS) continue
      if (isLongPoll(evidence, group)) continue
      const repeats: Repeats[] = []
      for (const all of (yield* byUrl(evidence, group)).values()) {
        if (all.length < MIN_REPEATS) continue
        yield
        const positions = all.length > MAX_REPEATS ? all.slice(0, MAX_REPEATS) : all
        const fetched = positions.filter(position => !evidence.facts(position).fromCache)
        if (mustNotBeKept(evidence, fetched)) continue
        if (fetched.length >= MIN_REPEATS) repeats.push(...repeatsIn(evidence, fetched, writes))
      }
      if (repeats.length === 0) continue
      const all = repeats.flatMap(({ positions }) => positions).sort((a, b) => a - b)
      const again = repeats.flatMap(({ positions }) => positions.slice(1))
      const isConfirmed = again.every(position => evidence.status(position) === 304)
      const isCertain = isConfirmed || repeats.every(({ positions }) => haveSameTag(evidence, positions))
      const saved = sum(again.map(position => evidence.duration(position)))
      const callSite = callSiteOf(evidence, all)
      findings.push({
        kind: 'repeated-get',
        route: group.name,
        confidence: isCertain ? 'certain' : 'likely',
        savedMs: saved,
        count: all.length,
        evidence: all,
        removes: again.map(position => evidence.spanOf(position)),
        waste: { requests: again.length, bytes: sum(again.map(position => evidence.size(position) ?? 0)) },
        sentence: `${group.name} was fetched ${all.length} times and gave an answer of the same size each time${repeats.length > 1 ? ` (${countText(repeats.length, 'URL')})` : ''}.`,
        remedy:
          'If the answer does not change in between, keep it: in memory, or with Cache-Control in the HTTP cache.',
        caveats: [
          isConfirmed
            ? 'The server confirmed each time that nothing had changed (304).'
            : isCertain
              ? 'The server gave each answer the same ETag.'
              : 'The sizes are equal; the contents were not compared.',
          `The median time between two of them is ${timeText(median(repeats.map(({ gap }) => gap)))}.`,
        ],
        ...(callSite ? { callSite } : {}),
      })
    }
    return findings
  },
}

/** Whether the server forbids to keep most of the answers, as far as DevTools saw: it says that they change, or are secret. */
function mustNotBeKept(evidence: Evidence, positions: readonly number[]): boolean {
  const forbidden = positions.filter(position =>
    /\bno-store\b/i.test(responseOf(evidence, position)?.cacheControl ?? ''),
  )
  return forbidden.length > positions.length / 2
}

/** Whether all answers are known to be the same: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
function haveSameTag(evidence: Evidence, positions: readonly number[]): boolean {
  const tag = responseOf(evidence, positions[0] as number)?.etag
  return tag !== undefined && positions.every(position => responseOf(evidence, position)?.etag === tag)
}

function responseOf(evidence: Evidence, position: number): NetworkRequest | undefined {
  return evidence.facts(position).detail.http?.devtools
}

interface Repeats {
  positions: number[]
  gap: number
}

function* byUrl(evidence: Evidence, { members }: Group): Generator<void, Map<number, number[]>> {
  const urls = new Map<number, number[]>()
  for (let i = 0; i < members.length; i++) {
    const position = members[i] as number
    if (i % 1_024 === 1_023) yield
    const status = evidence.status(position)
    if (!evidence.isOk(position) || (status !== 200 && status !== 304)) continue
    const key = evidence.resourceInDocument(position)
    const known = urls.get(key)
    if (known) known.push(position)
    else urls.set(key, [position])
  }
  return urls
}

function repeatsIn(evidence: Evidence, positions: number[], writes: readonly Write[]): Repeats[] {
  // One after the other: what overlaps is superfluous for another reason.
  const apart: number[] = []
  for (const position of positions) {
    const last = apart.at(-1)
    if (last === undefined || (evidence.start[position] as number) >= (evidence.end[last] as number))
      apart.push(position)
  }
  if (apart.length < MIN_REPEATS) return []
  const pace = paceOf(apart, evidence.start, { tolerance: STEADY.tolerance, minRepeats: MIN_REPEATS })
  if (pace && pace.steady >= STEADY.share) return []
  const gaps = apart
    .slice(1)
    .map((position, i) => (evidence.start[position] as number) - (evidence.start[apart[i] as number] as number))
  if (isSteadyInParts(gaps)) return []
  const gap = median(gaps)
  if (gap > MAX_MEDIAN_GAP_MS) return []
  const sizes = apart.map(position => evidence.answerSize(position))
  const isUnchanged = apart.slice(1).every(position => evidence.status(position) === 304)
  if (!isUnchanged) {
    // Of some answers the size may not be known: they neither confirm it nor speak against it.
    const known = sizes.filter(size => size !== undefined)
    const usual = mostFrequent(known)
    if (usual === undefined || usual <= MIN_BYTES || known.length < MIN_REPEATS) return []
    if (known.filter(size => size === usual).length < MIN_SAME_SIZE * known.length) return []
  }
  const first = apart[0] as number
  const { origin, path } = evidence.urlFacts(first)
  const [from, to] = [evidence.start[first] as number, evidence.start[apart.at(-1) as number] as number]
  const isWritten = writes.some(
    write => write.time > from && write.time < to && write.origin === origin && isNear(write.path, path),
  )
  return isWritten ? [] : [{ positions: apart, gap }]
}

interface Write {
  time: number
  origin: string
  path: string
}

function writesOf(evidence: Evidence): Write[] {
  const writes: Write[] = []
  for (const group of evidence.groups) {
    if (isSafe(group.method) || group.isGraphql) continue
    for (const position of group.members.subarray(0, MAX_WRITES)) {
      if (!evidence.isRequest(position)) continue
      const { origin, path } = evidence.urlFacts(position)
      writes.push({ time: evidence.end[position] as number, origin, path })
    }
  }
  return writes.slice(0, MAX_WRITES)
}

/** Writes that are looked at: more are made by no page whose repeats mean anything. */
const MAX_WRITES = 2_000

/** Whether one path is the other's resource, or a part of it. */
function isNear(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long === short || long.startsWith(short.endsWith('/') ? short : `${short}/`)
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  let best: number | undefined
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (best === undefined || (counts.get(value) as number) > (counts.get(best) as number)) best = value
  }
  return best
}
