// Any world: requests that wait for each other though nothing in their URLs says that they have to.
import { routeOf } from '../../analysis/route.ts'
import type { Row } from '../../numbers.ts'
import { sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import { type Evidence, type Group, isRequestKind } from '../evidence.ts'
import { callSiteOf, isSafe } from '../group-tests.ts'
import type { Detector, Finding } from '../insight.ts'
import { isNested } from './n-plus-one.ts'

export const MIN_REQUESTS = 3
/** Milliseconds between a body's end and the next start. */
export const MAX_GAP_MS = 30
/** Milliseconds (Sentry asks for 2,000 on a server, and has no such rule for browsers). */
export const MIN_SAVED_MS = 300
/** A frame that this share of all routes goes through is the app's HTTP client, and says nothing. */
const CLIENT_SHARE = 0.6
/** What has to come first, whatever it is for. */
const FIRST = /(?:^|[/_-])(?:auth|login|token|refresh|session|csrf|oauth|me|config|settings|bootstrap)(?:[/_-]|$)/i

export const serialWaterfall: Detector = {
  kind: 'serial-waterfall',
  title: 'Requests one after the other',
  rule: `At least ${MIN_REQUESTS} GET requests of different routes, each started within ${MAX_GAP_MS} ms of the end of the one before, started by the same function, whose URLs hold no value that an earlier answer could have given; starting them together would save ${MIN_SAVED_MS} ms. The same for operations of the app's own that run one by one within another.`,
  *find(evidence) {
    const clients = clientFrames(evidence)
    yield
    const chains = yield* chainsOf(evidence, clients)
    const valuesAt = memoizeValues(evidence)
    const findings: Finding[] = []
    for (const each of chains) {
      yield
      for (const independent of independentRuns(evidence, valuesAt, each)) {
        const finding = toFinding(evidence, clients, independent)
        if (finding) findings.push(finding)
      }
    }
    return [...merged(findings), ...(yield* serialChildren(evidence))]
  },
}

function groupAt({ groups, groupOf }: Evidence, position: number): Group {
  return groups[groupOf[position] as number] as Group
}

/** Chains that may go on: where more run side by side, chains can't be distinguished. */
const MAX_OPEN = 32

/**
 * Requests that each follow the one before. Several chains are kept open, as what another part of the app does meanwhile
 * must not break one; a request joins the chain that it shares a function with.
 */
function* chainsOf(evidence: Evidence, clients: ReadonlySet<string>): Generator<void, number[][]> {
  const chains: number[][] = []
  let open: number[][] = []
  const close = (chain: number[]): void => {
    if (chain.length >= MIN_REQUESTS) chains.push(chain)
  }
  const mayLink = Uint8Array.from(evidence.groups, group => Number(isOfChains(group)))
  // A write that a chain waits for is a reason to wait.
  const writes = Uint8Array.from(evidence.groups, group => Number(isRequestKind(group.kind) && !isSafe(group.method)))
  for (let position = 0; position < evidence.length; position++) {
    if (position % 1_024 === 0) yield
    const index = evidence.groupOf[position] as number
    const isLink = mayLink[index] === 1 && evidence.isOk(position)
    const isWrite = !isLink && writes[index] === 1
    if (!isLink && !isWrite) continue
    const start = evidence.start[position] as number
    const followed: Followed[] = []
    let kept = 0
    for (const chain of open) {
      const last = chain[chain.length - 1] as number
      if ((evidence.end[last] as number) < start - MAX_GAP_MS) {
        close(chain)
        continue
      }
      open[kept++] = chain
      if (!follows(evidence, last, position)) continue
      const frames = sharedFrames(evidence, clients, [last, position])
      // Known places with nothing in common are different parts of the app.
      if (frames === undefined || frames.length > 0) followed.push({ chain, frames })
    }
    open.length = kept
    if (isWrite) {
      for (const { chain } of followed) close(chain)
      open = open.filter(chain => followed.every(each => each.chain !== chain))
      continue
    }
    const joined = followed.reduce<Followed | undefined>(
      (best, each) => (best && (best.frames?.length ?? 0) >= (each.frames?.length ?? 0) ? best : each),
      undefined,
    )
    if (joined) joined.chain.push(position)
    else {
      open.push([position])
      if (open.length > MAX_OPEN) close(open.shift() as number[])
    }
  }
  for (const chain of open) close(chain)
  return chains.sort((a, b) => (a[0] as number) - (b[0] as number))
}

/** A chain that may go on with an operation, and what both have in common. */
interface Followed {
  chain: number[]
  frames: string[] | undefined
}

/** The app's functions that all of them were started by; undefined where one of their stacks is not known. */
function sharedFrames(
  evidence: Evidence,
  clients: ReadonlySet<string>,
  positions: readonly number[],
): string[] | undefined {
  const stacks = positions.map(position => evidence.facts(position).stack)
  if (stacks.some(stack => stack.length === 0)) return undefined
  return (stacks[0] as readonly string[]).filter(
    frame => !clients.has(frame) && stacks.every(stack => stack.includes(frame)),
  )
}

function isCandidate(evidence: Evidence, group: Group, position: number): boolean {
  return evidence.isOk(position) && isOfChains(group)
}

function isOfChains(group: Group): boolean {
  if (!isRequestKind(group.kind) || group.isBackground) return false
  const { isAsset, isTile, isDownload } = group.url
  if (isAsset || isTile || isDownload) return false
  return group.method === 'GET' || group.isGraphql
}

function follows(evidence: Evidence, last: number, next: number): boolean {
  const gap = (evidence.start[next] as number) - (evidence.end[last] as number)
  return gap >= -1 && gap <= MAX_GAP_MS && evidence.document(last) === evidence.document(next)
}

/** Parts of a chain in which nothing depends on an earlier answer, and each route comes once. */
function independentRuns(
  evidence: Evidence,
  valuesAt: (position: number) => readonly string[],
  chain: readonly number[],
): number[][] {
  const runs: number[][] = []
  let run: number[] = []
  // What the page's own URL holds was known before all of them.
  const page = evidence.session.documents.get(evidence.document(chain[0] as number))?.url ?? ''
  const seen = new Set(page.split(/[/?&=#]/))
  const routes = new Set<number>()
  const start = (position: number): void => {
    if (run.length >= MIN_REQUESTS) runs.push(run)
    run = [position]
    routes.clear()
    routes.add(groupAt(evidence, position).index)
  }
  for (const position of chain) {
    const group = groupAt(evidence, position)
    const values = valuesAt(position)
    const isNew = values.some(value => !seen.has(value))
    for (const value of values) seen.add(value)
    if (run.length === 0 || routes.has(group.index)) start(position)
    else if (isNew || FIRST.test(evidence.urlFacts(run.at(-1) as number).path)) start(position)
    else {
      run.push(position)
      routes.add(group.index)
    }
  }
  if (run.length >= MIN_REQUESTS) runs.push(run)
  return runs
}

/** Each URL is looked at once. */
function memoizeValues(evidence: Evidence): (position: number) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return position => {
    const url = evidence.url(position)
    const values = known.get(url) ?? valuesOf(evidence, position)
    known.set(url, values)
    return values
  }
}

/** What in a URL may come from an earlier answer: ids in its path, and values of its parameters that look like ones. */
function valuesOf(evidence: Evidence, position: number): string[] {
  const { path, parameters } = evidence.urlFacts(position)
  const values: string[] = []
  const segments = path.split('/')
  const route = routeOf(`GET ${path}`).slice(4).split('/')
  for (const [i, segment] of segments.entries()) if (segment !== '' && route[i] !== segment) values.push(segment)
  for (const [, value] of parameters)
    if (value.length > 0 && routeOf(`GET /${value}`).slice(5) !== value) values.push(value)
  return values
}

function toFinding(evidence: Evidence, clients: ReadonlySet<string>, chain: readonly number[]): Finding | undefined {
  const durations = chain.map(position => evidence.duration(position))
  const saved = sum(durations) - Math.max(...durations)
  if (saved < MIN_SAVED_MS) return undefined
  const known = sharedFrames(evidence, clients, chain)
  // Known places with nothing in common belong to different parts of the app, which started one after the other by chance.
  if (known?.length === 0) return undefined
  // Of unknown places at least the server has to be one.
  if (!known && new Set(chain.map(position => evidence.urlFacts(position).origin)).size > 1) return undefined
  if (isInWaves(evidence, chain, known)) return undefined
  const shared = known ?? []
  const routes = chain.map(position => groupAt(evidence, position).name)
  const callSite = shared.length > 0 ? shared.slice(0, 5) : callSiteOf(evidence, chain)
  return {
    kind: 'serial-waterfall',
    route: routes[0] as string,
    confidence: shared.length > 0 ? 'likely' : 'possible',
    savedMs: saved,
    count: chain.length,
    evidence: chain,
    removes: removedBy(evidence, chain),
    sentence: `${countText(chain.length, 'request')} were sent one after the other: ${routes.slice(0, 4).join(', ')}${routes.length > 4 ? ' …' : ''}. They took ${timeText(sum(durations))} in all, the longest ${timeText(Math.max(...durations))}.`,
    remedy: 'If none of them needs the answer of another, start them together, for example with Promise.all.',
    caveats: [
      'Bodies are not read: a request may need an earlier answer that its URL does not show.',
      ...(shared.length > 0 ? [] : ['Whether one function started them is not known.']),
    ],
    ...(callSite ? { callSite } : {}),
  }
}

/** Milliseconds: what starts so soon after a member of the chain was started with it. */
const TOGETHER_MS = 15

/** Whether most members were started together with others: groups of requests that follow each other are no chain. */
function isInWaves(evidence: Evidence, chain: readonly number[], frames: readonly string[] | undefined): boolean {
  const own = new Set(chain)
  const hasCompany = (position: number): boolean => {
    const start = evidence.start[position] as number
    const isWith = (other: number): boolean =>
      !own.has(other) &&
      isCandidate(evidence, groupAt(evidence, other), other) &&
      (frames === undefined || evidence.facts(other).stack.includes(frames[0] as string))
    for (let i = position - 1; i >= 0 && start - (evidence.start[i] as number) <= TOGETHER_MS; i--)
      if (isWith(i)) return true
    for (let i = position + 1; i < evidence.length && (evidence.start[i] as number) - start <= TOGETHER_MS; i++)
      if (isWith(i)) return true
    return false
  }
  return chain.filter(hasCompany).length > chain.length / 2
}

/** All but the longest. */
function removedBy(evidence: Evidence, chain: readonly number[]) {
  const longest = chain.reduce((a, b) => (evidence.duration(a) >= evidence.duration(b) ? a : b))
  return chain.filter(position => position !== longest).map(position => evidence.spanOf(position))
}

/** The same chain, each time that a view is opened, is one insight. */
function merged(findings: readonly Finding[]): Finding[] {
  const byRoutes = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = `${finding.route} ${finding.callSite?.[0] ?? ''}`
    const same = byRoutes.get(key)
    if (same) same.push(finding)
    else byRoutes.set(key, [finding])
  }
  return [...byRoutes.values()].map(same => {
    const largest = same.reduce((a, b) => (a.savedMs >= b.savedMs ? a : b))
    return {
      ...largest,
      savedMs: sum(same.map(({ savedMs }) => savedMs)),
      count: sum(same.map(({ count }) => count)),
      evidence: same.flatMap(({ evidence }) => evidence).sort((a, b) => a - b),
      removes: same.flatMap(({ removes }) => removes),
      sentence: same.length > 1 ? `${largest.sentence} This happened ${same.length} times.` : largest.sentence,
    }
  })
}

/** Frames that most routes go through. */
function clientFrames(evidence: Evidence): Set<string> {
  const routes = new Map<string, number>()
  let known = 0
  for (const group of evidence.groups) {
    const first = group.members[0] as number
    if (!evidence.isRequest(first)) continue
    const { stack } = evidence.facts(first)
    if (stack.length === 0) continue
    known++
    for (const frame of new Set(stack)) routes.set(frame, (routes.get(frame) ?? 0) + 1)
  }
  if (known < 5) return new Set()
  return new Set([...routes].filter(([, count]) => count > CLIENT_SHARE * known).map(([frame]) => frame))
}

/** Operations of the app that wait on their children one by one. */
function* serialChildren(evidence: Evidence): Generator<void, Finding[]> {
  const { operations } = evidence.session
  const findings: Finding[] = []
  let looked = 0
  for (const [parent, family] of evidence.families) {
    if (++looked % 256 === 0) yield
    if (family.length < MIN_REQUESTS) continue
    const positions = Array.from(family)
    if (!areSerial(evidence, positions)) continue
    // Requests of the same kind for one item each are the rule `n-plus-one`.
    if (isNested(evidence, positions)) continue
    const durations = positions.map(position => evidence.duration(position))
    const saved = sum(durations) - Math.max(...durations)
    if (saved < MIN_SAVED_MS) continue
    const name = operations.nameOf(evidence.row[parent] as Row)
    findings.push({
      kind: 'serial-waterfall',
      route: name,
      confidence: 'possible',
      savedMs: saved,
      count: positions.length,
      evidence: positions,
      removes: removedBy(evidence, positions),
      sentence: `${name} waited for ${countText(positions.length, 'operation')} one after the other, ${timeText(sum(durations))} in all.`,
      remedy: 'If none of them needs the result of another, start them together, for example with Promise.all.',
      caveats: ['What the operations hand to each other is not known.'],
    })
  }
  return merged(findings)
}

/** Whether each child starts soon after the one before, and all of them succeeded. */
function areSerial(evidence: Evidence, positions: readonly number[]): boolean {
  return positions.every(
    (position, i) => evidence.isOk(position) && (i === 0 || follows(evidence, positions[i - 1] as number, position)),
  )
}
