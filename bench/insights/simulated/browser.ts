// Node: a browser tab that is only simulated: connections, caches, preflights, documents and a recorder, in virtual time.

import type { Span } from '../../../model/insights/spans.ts'
import { SESSION_FORMAT, SESSION_VERSION, type SessionFile, type SessionOperation } from '../../../session/format.ts'
import { OperationTotals } from '../../../session/operation-totals.ts'
import { writeSession } from '../../../session/write-session.ts'
import type { NetworkRequest, RequestPhases } from '../../../wire/network.ts'
import { CANCELLED, FAILED, type HttpDetail, OK } from '../../../wire/operations.ts'
import type { Random } from '../generator/random.ts'
import { VirtualTime } from './virtual-time.ts'

const EPOCH = Date.UTC(2026, 8, 14, 9, 30)
/** Connections of an origin over HTTP/1.1, as browsers have them. */
const CONNECTIONS = 6
const IDLE_MS = 60_000

/** What the tab and its network are like. */
export interface Tab {
  page: string
  protocol: 'h2' | 'h3' | 'http/1.1'
  roundTrip: number
  /** Bytes a millisecond. */
  bandwidth: number
  isFirefox: boolean
  /** Milliseconds of the page's clock. */
  resolution: number
  /** The share of requests that DevTools saw too. */
  devtoolsShare: number
  stacks: 'devtools' | 'page' | 'none'
  /** Whether origins other than the page's send Timing-Allow-Origin. */
  allowsTiming: boolean
  /** The frames of the client that all requests go through, and of the framework below the app; innermost first. */
  client: readonly string[]
  framework: readonly string[]
}

/** A request that an app makes. Times are milliseconds, sizes bytes. */
export interface Ask {
  url: string
  method?: string
  kind?: 'fetch' | 'xhr' | 'beacon' | 'stream'
  /** Functions of the app, the innermost first. */
  from?: readonly string[]
  /** Until the server has an answer. */
  server?: number
  bytes?: number
  /** What is left of an answer when it is compressed. */
  ratio?: number
  status?: number
  error?: 'network' | 'blocked'
  cached?: boolean
  redirect?: number
  graphql?: string
  mime?: string
  /** Time after which it is aborted. */
  abort?: number
  keepalive?: boolean
  /** Whether it needs a preflight each time, or once for its URL. */
  preflight?: 'always' | 'once'
  /** DNS and connecting, if the origin is new. */
  setup?: number
  /** How long the body takes, where that is not a matter of bandwidth. */
  receive?: number
  serviceWorker?: boolean
  /** Request body. */
  upload?: number
}

/** What really happened. Times are milliseconds since the simulation began. */
export interface Answer {
  id: string
  start: number
  end: number
  queued: number
  setup: number
  redirect: number
  wait: number
  receive: number
  encoded: number
}

interface Pool {
  active: number
  waiting: (() => void)[]
  lastUse: number
  opening?: Promise<void> | undefined
}

interface Flight {
  operation: SessionOperation
  document: string
  keepalive: boolean
  isOver: boolean
  /** Settles when nobody wants the answer any more: its connection is free then. */
  given: Promise<void>
  giveUp: () => void
}

export class Browser {
  readonly time = new VirtualTime()
  readonly #file: SessionFile
  readonly #pools = new Map<string, Pool>()
  readonly #preflighted = new Set<string>()
  readonly #flights = new Set<Flight>()
  #isBusyUntil = 0
  #count = 0
  #interactions = 0
  #document = ''
  isHidden = false
  readonly navigations: SessionFile['marks'] = []
  readonly tasks: SessionFile['marks'] = []
  readonly events: SessionFile['marks'] = []

  constructor(
    readonly tab: Tab,
    readonly random: Random,
  ) {
    this.#file = {
      format: SESSION_FORMAT,
      version: SESSION_VERSION,
      generator: { name: 'simulated browser', version: '1' },
      createdAt: new Date(EPOCH).toISOString(),
      page: { url: tab.page, title: 'Simulated', userAgent: tab.isFirefox ? 'Firefox/150.0' : 'Chrome/156.0' },
      availability: { memory: tab.isFirefox ? 'not available' : 'performance.memory' },
      metrics: {} as SessionFile['metrics'],
      documents: [],
      operations: [],
      networkRequests: [],
      memory: [],
      snapshots: [],
      marks: [],
      gaps: [],
    }
    this.openDocument(tab.page, 'navigate')
  }

  /** How much of the current document is in flight. */
  get inFlight(): number {
    return [...this.#flights].filter(({ document }) => document === this.#document).length
  }

  get now(): number {
    return this.time.now
  }

  sleep(ms: number): Promise<void> {
    return this.time.sleep(ms)
  }

  /** A timer of the page: a hidden page's run once a second at most. */
  timer(ms: number): Promise<void> {
    return this.time.sleep(this.isHidden ? Math.max(1_000, ms) : ms + this.random.between(0, 4))
  }

  /** Leaves the document for another: what is in flight has no end, but for what is kept alive. */
  openDocument(url: string, navigationType: string): void {
    for (const flight of this.#flights) {
      if (flight.keepalive || flight.document !== this.#document) continue
      flight.isOver = true
      flight.giveUp()
      flight.operation.endUnknown = 'page-left'
    }
    this.#document = `document-${this.#file.documents.length}`
    this.#file.documents.push({
      documentId: this.#document,
      frameId: 0,
      url,
      timeOrigin: this.#epoch(this.now),
      clockResolution: this.tab.resolution,
    })
    this.navigations.push({
      time: this.#epoch(this.now),
      type: 'navigation',
      url,
      navigationType,
      documentId: this.#document,
    })
  }

  /** The user clicks or types. */
  interact(name: string): void {
    if (this.tab.isFirefox) return
    this.events.push({
      time: this.#epoch(this.now),
      type: 'interaction',
      duration: 8 * this.random.integer(2, 12),
      name,
      interactionId: 100 + 7 * ++this.#interactions,
      documentId: this.#document,
    })
  }

  setHidden(isHidden: boolean): void {
    this.isHidden = isHidden
    const name = isHidden ? 'hidden' : 'visible'
    this.events.push({
      time: this.#epoch(this.now),
      type: 'visibility',
      duration: 0,
      name,
      documentId: this.#document,
    })
  }

  showUrl(url: string): void {
    if (this.tab.isFirefox) return
    this.events.push({
      time: this.#epoch(this.now),
      type: 'soft-navigation',
      duration: 0,
      name: url,
      documentId: this.#document,
    })
  }

  /** Keeps the main thread busy. */
  async block(ms: number): Promise<void> {
    if (!this.tab.isFirefox && ms >= 50)
      this.tasks.push({ time: this.#epoch(this.now), type: 'long-task', duration: ms, documentId: this.#document })
    this.#isBusyUntil = this.now + ms
    await this.sleep(ms)
  }

  sampleMemory(usedJSHeapSize: number): void {
    if (this.tab.isFirefox) return
    this.#file.memory.push({
      time: this.#epoch(this.now),
      usedJSHeapSize: Math.round(usedJSHeapSize),
      totalJSHeapSize: Math.round(usedJSHeapSize * 1.3),
      jsHeapSizeLimit: 4_294_705_152,
      source: 'performance.memory',
      documentId: this.#document,
    })
  }

  /** An operation of the app itself; `work` gets its id, for its children. */
  async track<Result>(name: string, work: (id: string) => Promise<Result>, parentId?: string): Promise<Result> {
    const operation = this.#begin({ operationName: name, kind: 'custom', ...(parentId ? { parentId } : {}) })
    const flight = this.#fly(operation)
    const result = await work(operation.id)
    this.#end(flight, 'ok')
    return result
  }

  async socket(url: string, life: number, messages: number, bytes: number): Promise<Answer> {
    const connection = { url, messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
    const start = this.now
    const operation = this.#begin({ operationName: `WS ${new URL(url).host}`, kind: 'websocket', connection })
    const flight = this.#fly(operation)
    await this.sleep(life)
    Object.assign(connection, { openDuration: 60, messagesIn: messages, bytesIn: bytes })
    this.#end(flight, 'ok')
    return { ...NOTHING, id: operation.id, start, end: this.now }
  }

  async fetch(ask: Ask): Promise<Answer> {
    if (this.#isBusyUntil > this.now) await this.time.until(this.#isBusyUntil)
    const { url, method = 'GET', kind = 'fetch', graphql } = ask
    const { origin, host, pathname } = new URL(url)
    const isOwn = origin === new URL(this.tab.page).origin
    const http: HttpDetail = {
      method,
      url,
      ...(graphql ? { graphql } : {}),
      ...(ask.keepalive ? { keepalive: true } : {}),
    }
    const operation = this.#begin({
      operationName: `${method} ${isOwn ? '' : host}${pathname}`,
      kind,
      http,
    })
    const answer: Answer = { ...NOTHING, id: operation.id, start: this.now, end: Number.POSITIVE_INFINITY }
    const flight = this.#fly(operation, ask.keepalive === true || kind === 'beacon')
    const isSeen = this.random.chance(this.tab.devtoolsShare)
    this.#addStack(http, ask)
    const transfer = this.#transfer(ask, answer, flight).then(() => {
      if (flight.isOver) return
      this.#describe(ask, answer, http, { isOwn, isSeen })
      this.#end(flight, ask.error || (ask.status ?? 200) >= 400 ? 'failed' : 'ok', ask)
    })
    if (ask.abort === undefined) await transfer
    else {
      await Promise.race([transfer, this.sleep(ask.abort)])
      if (!flight.isOver) this.#end(flight, 'cancelled')
    }
    answer.end = this.now
    return answer
  }

  async #transfer(ask: Ask, answer: Answer, { given }: Flight): Promise<void> {
    const { random, tab } = this
    if (ask.cached || ask.error === 'blocked') return this.sleep(random.between(0.8, 4))
    const { origin } = new URL(ask.url)
    if (ask.preflight) await this.#preflight(ask)
    if (ask.redirect) {
      answer.redirect = random.around(ask.redirect, 0.1)
      await this.sleep(answer.redirect)
    }
    const pool = this.#poolOf(origin)
    const asked = this.now
    await this.#connect(pool, ask, answer)
    if (tab.protocol === 'http/1.1') {
      while (pool.active >= CONNECTIONS) await new Promise<void>(resolve => pool.waiting.push(resolve))
      pool.active++
    }
    answer.queued = this.now - asked - answer.setup + random.between(0.2, 2)
    await this.sleep(random.between(0.2, 2))
    const tail = random.chance(0.004) ? random.between(1.5, 3) : 1
    answer.wait = tab.roundTrip * random.around(1, 0.1) + random.around(ask.server ?? 40, 0.18) * tail
    answer.encoded = Math.round((ask.bytes ?? 1_200) * (ask.ratio ?? 0.28))
    answer.receive = ask.receive ?? random.around(0.4 + answer.encoded / tab.bandwidth, 0.12)
    const upload = (ask.upload ?? 0) / tab.bandwidth
    await Promise.race([this.sleep(0.3 + upload + answer.wait + answer.receive), given])
    pool.lastUse = this.now
    if (tab.protocol === 'http/1.1') {
      pool.active--
      pool.waiting.shift()?.()
    }
  }

  #poolOf(origin: string): Pool {
    const known = this.#pools.get(origin)
    if (known) return known
    const pool: Pool = { active: 0, waiting: [], lastUse: Number.NEGATIVE_INFINITY }
    this.#pools.set(origin, pool)
    return pool
  }

  async #connect(pool: Pool, { setup }: Ask, answer: Answer): Promise<void> {
    if (pool.opening) return pool.opening
    if (pool.active > 0 || this.now - pool.lastUse < IDLE_MS) return
    answer.setup = setup ?? 2.5 * this.tab.roundTrip + this.random.between(1, 12)
    pool.lastUse = this.now + answer.setup
    pool.opening = this.sleep(answer.setup)
    await pool.opening
    pool.opening = undefined
  }

  async #preflight({ url, preflight, from = [] }: Ask): Promise<void> {
    if (preflight === 'once' && this.#preflighted.has(url)) return
    this.#preflighted.add(url)
    const start = this.now
    const duration = this.tab.roundTrip + this.random.around(15, 0.2)
    await this.sleep(duration)
    if (this.tab.devtoolsShare === 0) return
    this.#file.networkRequests.push({
      url,
      method: 'OPTIONS',
      status: 204,
      type: 'preflight',
      startTime: Math.round(this.#epoch(start)),
      duration,
      phases: { queued: 0.5, wait: duration - 1, receive: 0.5 },
      protocol: this.tab.protocol,
      initiator: { type: from.length > 0 ? 'preflight' : 'other' },
    })
  }

  #addStack(http: HttpDetail, { from = [] }: Ask): void {
    const { stacks, client, framework, isFirefox } = this.tab
    if (stacks !== 'page') return
    const frames = [...client, ...from, ...framework].map(name => this.#frame(name))
    http.stack = frames.map(({ name, place }) => (isFirefox ? `${name}@${place}` : `    at ${name} (${place})`))
  }

  /** Each function has a place of its own. */
  #frame(name: string): { name: string; place: string } {
    let hash = 7
    for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 9_973
    const file = this.tab.framework.includes(name) ? 'vendor' : 'app'
    return { name, place: `${new URL(this.tab.page).origin}/assets/${file}.4f1c2ab9.js:${1 + (hash % 90)}:${hash}` }
  }

  #describe(ask: Ask, answer: Answer, http: HttpDetail, { isOwn, isSeen }: { isOwn: boolean; isSeen: boolean }): void {
    const { tab } = this
    const isLost = ask.error !== undefined
    if (!isLost) http.status = ask.status ?? 200
    const decoded = ask.bytes ?? 1_200
    const phases: RequestPhases = {
      queued: answer.queued,
      send: 0.3,
      wait: answer.wait,
      receive: answer.receive,
      ...(answer.redirect > 0 ? { redirect: answer.redirect } : {}),
      ...(answer.setup > 0 ? { dns: answer.setup * 0.3, connect: answer.setup * 0.7, tls: answer.setup * 0.4 } : {}),
    }
    if (!isLost && ask.kind !== 'beacon') http.headersDuration = answer.queued + answer.setup + answer.wait
    if ((isOwn || tab.allowsTiming) && !isLost) {
      if (ask.cached) Object.assign(http, { fromCache: true, transferSize: 0 })
      else http.transferSize = answer.encoded + 300
      http.encodedBodySize = ask.cached ? Math.round(decoded * (ask.ratio ?? 0.28)) : answer.encoded
      http.decodedBodySize = decoded
      if (!ask.cached) Object.assign(http, { phases, protocol: tab.protocol })
      if (ask.serviceWorker) http.serviceWorker = true
      http.endSource = 'resource-timing'
      http.match = 'exact'
    }
    if (!isSeen) return
    const devtools: NetworkRequest = {
      url: ask.url,
      method: http.method,
      status: isLost ? 0 : (http.status as number),
      type: ask.kind === 'beacon' ? 'ping' : (ask.kind ?? 'fetch') === 'xhr' ? 'xhr' : 'fetch',
      startTime: Math.round(this.#epoch(answer.start)),
      duration: this.now - answer.start,
      phases: ask.cached || isLost ? { queued: 0.4, wait: 0.8 } : phases,
      ...(isLost ? {} : { protocol: tab.protocol, mimeType: ask.mime ?? 'application/json' }),
    }
    if (!isLost && !ask.cached)
      Object.assign(devtools, { transferSize: answer.encoded + 310, bodySize: answer.encoded })
    if (ask.cached) devtools.cache = 'disk'
    if (ask.error === 'blocked') devtools.error = 'net::ERR_BLOCKED_BY_CLIENT'
    if (ask.error === 'network') devtools.error = 'net::ERR_CONNECTION_RESET'
    if (ask.upload) devtools.requestBodySize = ask.upload
    if (tab.stacks === 'devtools') {
      const frames = [...tab.client, ...(ask.from ?? []), ...tab.framework].map(name => this.#frame(name))
      devtools.initiator = {
        type: 'script',
        stack: [
          'fetch chrome-extension://abcdefghijklmnop/perf-page-script.js:1:2345',
          ...frames.map(({ name, place }) => `${name} ${place}`),
        ],
      }
    }
    http.devtools = devtools
    if (devtools.transferSize !== undefined) http.transferSize ??= devtools.transferSize
  }

  #begin(fields: Partial<SessionOperation> & Pick<SessionOperation, 'operationName' | 'kind'>): SessionOperation {
    const operation: SessionOperation = {
      ...fields,
      id: `${this.#document}:${++this.#count}`,
      startTime: this.#epoch(this.now),
      success: false,
      outcome: 'pending',
      documentId: this.#document,
      frameId: 0,
    }
    this.#file.operations.push(operation)
    return operation
  }

  #fly(operation: SessionOperation, keepalive = false): Flight {
    const flight: Flight = {
      operation,
      document: this.#document,
      keepalive,
      isOver: false,
      given: Promise.resolve(),
      giveUp() {},
    }
    flight.given = new Promise(resolve => {
      flight.giveUp = resolve
    })
    this.#flights.add(flight)
    return flight
  }

  #end(flight: Flight, outcome: 'ok' | 'failed' | 'cancelled', ask?: Ask): void {
    this.#flights.delete(flight)
    if (flight.isOver) return
    flight.isOver = true
    flight.giveUp()
    const { operation } = flight
    operation.outcome = outcome
    operation.success = outcome === 'ok'
    operation.endTime = this.#epoch(this.now)
    operation.duration = Math.max(0, operation.endTime - operation.startTime)
    if (outcome === 'cancelled') operation.error = { name: 'AbortError', message: 'signal is aborted without reason' }
    if (ask?.error) operation.error = { name: 'TypeError', message: 'Failed to fetch' }
  }

  #epoch(time: number): number {
    return EPOCH + Math.floor(time / this.tab.resolution) * this.tab.resolution
  }

  /** The session's file. The operations of a gap are lost, but for those of the spans that are kept. */
  text(gap?: { from: number; to: number; kept: readonly Span[] }): string {
    const file = this.#file
    if (gap) {
      const [startTime, endTime] = [EPOCH + gap.from, EPOCH + gap.to]
      const isLost = ({ startTime: start }: SessionOperation): boolean =>
        start >= startTime &&
        start < endTime &&
        !gap.kept.some(({ from, to }) => start >= EPOCH + from - 1 && start <= EPOCH + to)
      const count = file.operations.filter(isLost).length
      file.operations = file.operations.filter(operation => !isLost(operation))
      if (count > 0) file.gaps.push({ startTime, endTime, reason: 'backpressure', count })
    }
    file.marks = [...this.navigations, ...this.tasks, ...this.events]
    file.networkRequests.sort((a, b) => a.startTime - b.startTime)
    file.metrics = metricsOf(file.operations)
    return [...writeSession(file)].join('')
  }
}

const NOTHING: Omit<Answer, 'id' | 'start' | 'end'> = {
  queued: 0,
  setup: 0,
  redirect: 0,
  wait: 0,
  receive: 0,
  encoded: 0,
}

function metricsOf(operations: readonly SessionOperation[]): SessionFile['metrics'] {
  const totals = new OperationTotals()
  for (const { outcome, duration = Number.NaN, kind } of operations) {
    if (outcome === 'pending') continue
    const isConnection = kind === 'websocket' || kind === 'eventsource' || kind === 'stream'
    totals.record(isConnection ? Number.NaN : duration, { ok: OK, failed: FAILED, cancelled: CANCELLED }[outcome])
  }
  const { p50, p95, p99, totalOperations, ...counts } = totals.stats()
  const quantiles = p50 === undefined ? {} : { p50, p95, p99 }
  const pendingOperations = operations.filter(({ outcome }) => outcome === 'pending').length
  return {
    ...counts,
    totalOperations: totalOperations + pendingOperations,
    pendingOperations,
    ...quantiles,
  } as SessionFile['metrics']
}
