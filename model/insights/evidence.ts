// Any world: what detectors look at: the operations of a span in the order of their starts, as columns, in groups.
import type { RequestPhases } from '../../wire/network.ts'
import {
  BEACON,
  CANCELLED,
  CUSTOM,
  FAILED,
  FETCH,
  isConnection,
  OK,
  type OperationDetail,
  OUTCOMES,
  PENDING,
  XHR,
} from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import type { DocumentNumber, GroupId, Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { type Families, gatherFamilies } from './families.ts'
import { hiddenTime } from './hidden-time.ts'
import { isRegular } from './regular.ts'
import { Resources } from './resources.ts'
import { type Span, union } from './spans.ts'
import { siteOf, type UrlFacts, urlFacts } from './url-facts.ts'

/** Details that are read: each is some microseconds of work where the session is large. */
export const MAX_DETAILS = 30_000
/** Operations of one group whose details are read where a detector wants them all: evenly spaced ones. */
export const MAX_SAMPLE = 1_000
const MIN_SAMPLE = 30
/**
 * Operations of one group that rules look at, so that no step of a rule takes long; a zoomed span shows earlier ones. How
 * long a group was waited for counts all.
 */
export const MAX_MEMBERS = 10_000
/** Operations between two pauses: some hundred microseconds of work. */
const STEP = 4_096

/** What only the detail of an operation says. Times are milliseconds, sizes bytes; absent where they are not known. */
export interface Facts {
  phases: RequestPhases
  protocol?: string | undefined
  encodedSize?: number | undefined
  decodedSize?: number | undefined
  transferSize?: number | undefined
  mimeType?: string | undefined
  fromCache: boolean
  serviceWorker: boolean
  /** The app's frames, the innermost first; empty where none is known. */
  stack: readonly string[]
  /** The name and message of an error. */
  error: string
  detail: OperationDetail
}

/** Operations that the list shows as one row. */
export interface Group {
  readonly index: number
  /** Within its grouping. */
  readonly id: GroupId
  readonly name: string
  /** Of the first of them. */
  readonly kind: number
  readonly method: string
  /** Of the first of them. */
  readonly url: UrlFacts
  readonly isGraphql: boolean
  /** Positions by start: the latest MAX_MEMBERS. */
  readonly members: Uint32Array<ArrayBuffer>
  /** How many operations it has. */
  readonly size: number
  /** Nobody waits for them: beacons, connections, regular polls. */
  readonly isBackground: boolean
  /** How many of them have each outcome, by its number. Most rules can say from this alone that there is nothing to find. */
  readonly outcomes: ArrayLike<number>
  /** How many of them ask for the path that is asked for most, whatever the query. */
  readonly repeats: number
}

const RESOURCES = 2 ** 32

/** A function of ours, or of an extension, is no part of the app. */
const OWN_FRAME = /perf-page-script|chrome-extension:|moz-extension:/

export class Evidence {
  readonly length: number
  /** The operation of each position. */
  readonly row: Uint32Array<ArrayBuffer>
  /** Epoch milliseconds. */
  readonly start: Float64Array<ArrayBuffer>
  /** The end of the body; of what runs, the session's latest moment. */
  readonly end: Float64Array<ArrayBuffer>
  readonly outcome: Uint8Array<ArrayBuffer>
  readonly kind: Uint8Array<ArrayBuffer>
  /** Index into `groups`. */
  readonly groupOf: Uint32Array<ArrayBuffer>
  readonly groups: readonly Group[]
  readonly families: Families
  readonly resources: Resources
  /** The span that was looked at. */
  readonly span: Span
  /** Those that were read; and of each position, which of them is its own, counted from 1. */
  readonly #facts: Facts[] = []
  readonly #factsOf: Uint32Array
  readonly #urls = new Map<string, UrlFacts>()
  readonly #sampleSize: number
  /** When nobody could see the page: spans by start. */
  readonly hidden: readonly Span[]
  /** The sites of the pages in the tab's top frame. */
  readonly #ownSites: ReadonlySet<string>

  constructor(
    readonly session: SessionModel,
    columns: Pick<
      Evidence,
      'row' | 'start' | 'end' | 'outcome' | 'kind' | 'groupOf' | 'groups' | 'families' | 'resources' | 'span'
    >,
  ) {
    this.row = columns.row
    this.length = columns.row.length
    this.start = columns.start
    this.end = columns.end
    this.outcome = columns.outcome
    this.kind = columns.kind
    this.groupOf = columns.groupOf
    this.groups = columns.groups
    this.families = columns.families
    this.resources = columns.resources
    this.span = columns.span
    this.hidden = union(hiddenTime(this.session))
    const pages = this.session.documents.all.filter(({ frameId }) => frameId === 0)
    this.#ownSites = new Set(pages.map(({ url }) => siteOf(urlFacts(url).host)).filter(site => site !== ''))
    const requests = columns.groups.filter(({ kind }) => kind !== CUSTOM).length
    this.#factsOf = new Uint32Array(this.length)
    this.#sampleSize = Math.max(MIN_SAMPLE, Math.min(MAX_SAMPLE, Math.floor(MAX_DETAILS / Math.max(1, requests))))
  }

  /** Milliseconds to the end of the body; of what runs, so far. */
  duration(position: number): number {
    return (this.end[position] as number) - (this.start[position] as number)
  }

  spanOf(position: number): Span {
    return { from: this.start[position] as number, to: this.end[position] as number }
  }

  /** Whether the page was hidden all the while, so that nobody waited. */
  isHidden(position: number): boolean {
    let [low, high] = [0, this.hidden.length]
    const start = this.start[position] as number
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.hidden[middle] as Span).from <= start) low = middle + 1
      else high = middle
    }
    return low > 0 && (this.hidden[low - 1] as Span).to >= (this.end[position] as number)
  }

  url(position: number): string {
    return this.session.operations.requests.urlOf(this.row[position] as Row) ?? ''
  }

  /** The same number for URLs that ask for the same: parameters in any order, without those that only keep caches away. */
  resource(position: number): number {
    return this.resources.resourceOf(this.row[position] as Row)
  }

  /** The same number for the same path in the same document, whatever the query. */
  pathInDocument(position: number): number {
    return this.document(position) * RESOURCES + this.resources.pathOf(this.row[position] as Row)
  }

  /** The same number for the same resource in the same document. */
  resourceInDocument(position: number): number {
    return this.document(position) * RESOURCES + this.resource(position)
  }

  urlFacts(position: number): UrlFacts {
    return this.#urlFactsOf(this.url(position))
  }

  #urlFactsOf(url: string): UrlFacts {
    const known = this.#urls.get(url)
    if (known) return known
    const facts = urlFacts(url)
    this.#urls.set(url, facts)
    return facts
  }

  /** Whether a request went to a server of somebody else: its host has another owner than the tab's pages. */
  isOnOtherSite(position: number): boolean {
    const { host } = this.urlFacts(position)
    if (host === '' || !(this.isRequest(position) || isConnection(this.kind[position] as number))) return false
    return this.#ownSites.size > 0 && !this.isOwnHost(host)
  }

  /** Whether a host has the same owner as one of the tab's pages. */
  isOwnHost(host: string): boolean {
    return this.#ownSites.has(siteOf(host))
  }

  method(position: number): string {
    return this.session.operations.requests.methodOf(this.row[position] as Row) ?? ''
  }

  status(position: number): number {
    return this.session.operations.requests.statusOf(this.row[position] as Row) ?? 0
  }

  /** Bytes on the network; undefined where it is not known. Of other origins, often only DevTools knows. */
  size(position: number): number | undefined {
    const known = this.session.operations.requests.sizeOf(this.row[position] as Row)
    if (known !== undefined) return known
    const { transferSize, encodedSize } = this.facts(position)
    return transferSize ?? encodedSize
  }

  /** Bytes by which two answers can be compared: decoded where that is known, else as sent. */
  answerSize(position: number): number | undefined {
    const { decodedSize, encodedSize } = this.facts(position)
    return decodedSize ?? encodedSize ?? this.size(position)
  }

  document(position: number): DocumentNumber {
    return this.session.operations.document.get(this.row[position] as Row)
  }

  isOk(position: number): boolean {
    return this.outcome[position] === OK
  }

  isFailed(position: number): boolean {
    return this.outcome[position] === FAILED
  }

  isCancelled(position: number): boolean {
    return this.outcome[position] === CANCELLED
  }

  isRunning(position: number): boolean {
    return this.outcome[position] === PENDING
  }

  /** Whether it has no end and gets none, as far as is known. */
  hasNoKnownEnd(position: number): boolean {
    return this.outcome[position] === PENDING && this.session.operations.endIsUnknown(this.row[position] as Row)
  }

  /** Whether its page was left while it was in flight. */
  endedWithPage(position: number): boolean {
    if (!this.isRequest(position) || this.isOk(position) || this.isFailed(position)) return false
    if (!this.isCancelled(position) && !this.hasNoKnownEnd(position)) return false
    const reason = this.session.operations.endReasonOf(this.row[position] as Row)
    return reason === 'page-left' || this.facts(position).error.includes('navigated-away')
  }

  /** Whether it is a fetch or an XMLHttpRequest. */
  isRequest(position: number): boolean {
    return isRequestKind(this.kind[position] as number)
  }

  /** Whether more details would have been read than are. */
  get isLimited(): boolean {
    return this.#facts.length >= MAX_DETAILS
  }

  facts(position: number): Facts {
    const known = this.#factsOf[position] as number
    if (known > 0) return this.#facts[known - 1] as Facts
    if (this.isLimited) return NOTHING_KNOWN
    const facts = factsOf(this.session.operations.details.get(this.row[position] as Row) ?? {})
    this.#factsOf[position] = this.#facts.push(facts)
    return facts
  }

  /** Where in the app an operation was started: all frames, so that a client that all requests go through does not count. */
  site(position: number): string {
    return this.facts(position).stack.join('\n')
  }

  /** Members of a group whose details may be read: all, or evenly spaced ones; always the same ones. */
  sample({ members }: Group): number[] {
    const size = Math.min(members.length, this.#sampleSize)
    return Array.from({ length: size }, (_, i) => members[Math.floor((i * members.length) / size)] as number)
  }
}

export function isRequestKind(kind: number): boolean {
  return kind === FETCH || kind === XHR
}

/**
 * Reads the operations of a session that started in a span, those that no user waits for and that development servers
 * make left out.
 */
export function* gatherEvidence(
  session: SessionModel,
  zoom: Span | null = null,
  grouping = groupByRoute(session.operations),
): Generator<void, Evidence> {
  const { operations } = session
  const { order } = operations
  const starts = operations.start.values
  const first = zoom ? order.positionOf(zoom.from, starts) : 0
  const last = zoom ? order.positionOf(zoom.to, starts) : order.length
  // The session may grow, and its order change, during each pause.
  const rows = order.rows.slice(first, last)
  const resources = new Resources(session)
  const size = Math.max(0, last - first)
  const row = new Uint32Array(size)
  const start = new Float64Array(size)
  const end = new Float64Array(size)
  const outcome = new Uint8Array(size)
  const kind = new Uint8Array(size)
  const groupOf = new Uint32Array(size)
  const indices = new Map<GroupId, number>()
  const counts: number[] = []
  const noise = new Map<number, boolean>()
  let length = 0
  const outcomes: Uint32Array[] = []
  const repeats: number[] = []
  const askedFor: number[] = []
  for (let position = 0; position < size; position++) {
    if (position % STEP === 0) yield
    const each = rows[position] as Row
    const number = grouping.groupOf(each)
    let isNoise = noise.get(number)
    if (isNoise === undefined) {
      isNoise = urlFacts(operations.requests.urlOf(each) ?? '').isDevServer
      noise.set(number, isNoise)
    }
    if (isNoise) continue
    let index = indices.get(number)
    if (index === undefined) {
      index = indices.size
      indices.set(number, index)
      counts.push(0)
      outcomes.push(new Uint32Array(OUTCOMES.length))
      repeats.push(0)
    }
    ;(counts[index] as number)++
    row[length] = each
    start[length] = operations.start.get(each)
    outcome[length] = operations.outcome.get(each)
    kind[length] = operations.kind.get(each)
    groupOf[length] = index
    const ownOutcomes = outcomes[index] as Uint32Array
    ownOutcomes[outcome[length] as number] = (ownOutcomes[outcome[length] as number] as number) + 1
    if (kind[length] !== CUSTOM) {
      const path = resources.pathOf(each)
      const asked = (askedFor[path] ?? 0) + 1
      askedFor[path] = asked
      if (asked > (repeats[index] as number)) repeats[index] = asked
    }
    const duration = operations.duration.get(each)
    const isOpen = outcome[length] === PENDING || Number.isNaN(duration)
    const until =
      isOpen && !operations.endIsUnknown(each) ? Math.max(session.latest, start[length] as number) : undefined
    end[length] = until ?? (start[length] as number) + (Number.isNaN(duration) ? 0 : duration)
    length++
  }
  const members = counts.map(count => new Uint32Array(Math.min(count, MAX_MEMBERS)))
  const filled = new Uint32Array(counts.length)
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    const index = groupOf[position] as number
    const at = filled[index] as number
    const leftOut = (counts[index] as number) - (members[index] as Uint32Array).length
    if (at >= leftOut) (members[index] as Uint32Array)[at - leftOut] = position
    filled[index] = at + 1
  }
  const groups: Group[] = []
  for (const [number, index] of indices) {
    if (groups.length % 8 === 0) yield
    const own = members[index] as Uint32Array<ArrayBuffer>
    const position = own[0] as number
    const firstRow = row[position] as Row
    const facts = urlFacts(operations.requests.urlOf(firstRow) ?? '')
    const ownKind = kind[position] as number
    const name = grouping.nameOf(number)
    groups.push({
      index,
      id: number,
      name,
      kind: ownKind,
      method: operations.requests.methodOf(firstRow) ?? '',
      url: facts,
      isGraphql:
        ownKind !== CUSTOM &&
        / [_A-Za-z]\w*$/.test(name) &&
        /graphql|[?&]query=|operationName=/i.test(name + (operations.requests.urlOf(firstRow) ?? '')),
      members: own,
      size: counts[index] as number,
      isBackground: ownKind === BEACON || isConnection(ownKind) || isRegular(own, start, end),
      outcomes: outcomes[index] as Uint32Array,
      repeats: repeats[index] as number,
    })
  }
  groups.sort((a, b) => a.index - b.index)
  return new Evidence(session, {
    row: row.subarray(0, length),
    start: start.subarray(0, length),
    end: end.subarray(0, length),
    outcome: outcome.subarray(0, length),
    kind: kind.subarray(0, length),
    groupOf: groupOf.subarray(0, length),
    groups,
    families: yield* gatherFamilies(session, row.subarray(0, length)),
    resources,
    span: zoom ?? { from: session.first, to: session.latest },
  })
}

const NOTHING_KNOWN = factsOf({})

function factsOf(detail: OperationDetail): Facts {
  const { http, error } = detail
  const { devtools } = http ?? {}
  return {
    phases: { ...devtools?.phases, ...http?.phases },
    protocol: devtools?.protocol ?? http?.protocol,
    encodedSize: http?.encodedBodySize ?? devtools?.bodySize,
    decodedSize: http?.decodedBodySize,
    transferSize: http?.transferSize ?? devtools?.transferSize,
    mimeType: devtools?.mimeType,
    // https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize
    fromCache:
      http?.fromCache === true ||
      devtools?.cache !== undefined ||
      (http?.transferSize === 0 && (http.decodedBodySize ?? 0) > 0),
    serviceWorker: http?.serviceWorker === true || devtools?.serviceWorker === true,
    stack: (devtools?.initiator?.stack ?? http?.stack ?? []).filter(frame => !OWN_FRAME.test(frame)),
    error: [error && `${error.name}: ${error.message ?? error.code}`, devtools?.error].filter(text => text).join('; '),
    detail,
  }
}
