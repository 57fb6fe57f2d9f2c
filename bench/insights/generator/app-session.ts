// Node: writes the session of an invented app request by request, as the browser would have timed it.
import {
  SESSION_FORMAT,
  SESSION_VERSION,
  type SessionDocument,
  type SessionGap,
  type SessionMark,
  type SessionMemorySample,
  type SessionOperation,
  type SessionSnapshot,
} from '../../../session/format.ts'
import { type SessionSource, writeSession } from '../../../session/write-session.ts'
import type { NetworkRequest, RequestPhases } from '../../../wire/network.ts'
import type { Kind } from '../../../wire/operations.ts'
import type { EndReason } from '../../../wire/reason-codes.ts'
import type { Random } from './random.ts'

/** What an app, its server and its recording are like. */
export interface AppTraits {
  name: string
  origin: string
  /** Where its API is. */
  api: string
  protocol: 'h2' | 'h3' | 'http/1.1'
  /** Milliseconds: the least that an answer takes, and what the server adds as a rule. */
  roundTrip: number
  serverMs: number
  /** Bytes a millisecond. */
  bandwidth: number
  kind: 'fetch' | 'xhr'
  hasStacks: boolean
  /** Whether phases and sizes are known (same origin, Timing-Allow-Origin, or DevTools). */
  hasTimings: boolean
  /** They are known from DevTools alone: the API does not allow the page to see them. */
  onlyDevtools: boolean
  /** The frames that all requests go through, innermost first. */
  client: readonly string[]
  /** The frames at the bottom of every stack: the framework. */
  framework: readonly string[]
  /** Whether it is known when the headers of a response came. */
  knowsHeaders: boolean
  /** The layout of the file. */
  version: 1 | 2
}

export interface RequestSpec {
  path: string
  method?: string
  origin?: string
  status?: number
  /** The functions of the app that lead to it, innermost first. */
  site: readonly string[]
  /** Milliseconds that the server takes; the app's usual time where it is absent. */
  server?: number
  /** Bytes on the network and decoded. */
  size?: number
  decoded?: number
  /** Milliseconds of the body; by the app's bandwidth where it is absent. */
  receive?: number
  queued?: number
  dns?: number
  connect?: number
  redirect?: number
  fromCache?: boolean
  serviceWorker?: boolean
  /** Cancelled after so many milliseconds. */
  cancelAfter?: number
  /** The browser's name of why there was no answer. */
  netError?: string
  /** It never ends. */
  hangs?: boolean
  /** It is in flight when the page is left. */
  endUnknown?: EndReason
  /** The response's headers are there, its body is not over. */
  unfinished?: boolean
  graphql?: string
  kind?: Kind
  protocol?: string
  keepalive?: true
  /** Headers of the response, which only DevTools sees. */
  headers?: Pick<NetworkRequest, 'cacheControl' | 'etag' | 'retryAfter'>
}

export interface Placed {
  id: string
  start: number
  end: number
}

const CREATED_AT = Date.UTC(2026, 9, 1, 12)

export class AppSession {
  readonly operations: SessionOperation[] = []
  readonly networkRequests: NetworkRequest[] = []
  readonly memory: SessionMemorySample[] = []
  readonly marks: SessionMark[] = []
  readonly gaps: SessionGap[] = []
  readonly snapshots: SessionSnapshot[] = []
  readonly documents: SessionDocument[] = []
  #ids = 0

  constructor(
    readonly traits: AppTraits,
    readonly random: Random,
  ) {
    this.navigate(0)
  }

  /** A new document, at a time since the session's start. */
  navigate(at: number, path = '/'): void {
    const documentId = `d${this.documents.length}`
    const url = this.traits.origin + path
    const time = CREATED_AT + at
    this.documents.push({ documentId, frameId: 0, url, timeOrigin: time, clockResolution: 0.1 })
    this.marks.push({ time, type: 'navigation', url, navigationType: 'navigate', documentId })
  }

  get documentId(): string {
    return (this.documents.at(-1) as SessionDocument).documentId
  }

  /** @param at milliseconds since the session's start, as all times here. */
  request(at: number, spec: RequestSpec): Placed {
    const { traits, random } = this
    const { origin = traits.api, method = 'GET', path, status = 200 } = spec
    const size = spec.size ?? Math.round(random.around(2_500, 0.6))
    const decoded = spec.decoded ?? Math.round(size * 3.1)
    const phases: RequestPhases = {
      ...(spec.redirect === undefined ? {} : { redirect: spec.redirect }),
      queued: spec.queued ?? random.between(0.2, 3),
      ...(spec.dns === undefined ? {} : { dns: spec.dns }),
      ...(spec.connect === undefined ? {} : { connect: spec.connect }),
      send: 0.1,
      wait: spec.fromCache
        ? random.between(0.5, 3)
        : traits.roundTrip + (spec.server ?? random.around(traits.serverMs)),
      receive: spec.receive ?? (spec.fromCache ? 0.3 : Math.max(0.3, size / traits.bandwidth)),
    }
    const headers = sumOf(phases) - (phases.receive as number)
    const body = sumOf(phases)
    const isCancelled = spec.cancelAfter !== undefined
    const isPending = spec.hangs || spec.unfinished || spec.endUnknown !== undefined
    const failsInNetwork = spec.netError !== undefined
    const end = isCancelled
      ? at + (spec.cancelAfter as number)
      : at + (failsInNetwork ? (spec.server ?? headers) : body)
    const outcome = isPending
      ? 'pending'
      : isCancelled
        ? 'cancelled'
        : failsInNetwork || status >= 400
          ? 'failed'
          : 'ok'
    const isAnswered = outcome === 'ok' || (outcome === 'failed' && !failsInNetwork)
    const url = origin + path
    const id = `${this.documents.length}.1.${++this.#ids}`
    const knows = traits.hasTimings && isAnswered
    const stack = traits.hasStacks ? this.#stack(spec.site) : undefined
    const endsAt = end - at
    const { kind = traits.kind } = spec
    this.operations.push({
      id,
      operationName: `${method} ${origin === traits.origin ? '' : new URL(url).host}${new URL(url).pathname}`,
      kind,
      startTime: CREATED_AT + at,
      ...(isPending ? {} : { endTime: CREATED_AT + at + endsAt, duration: endsAt }),
      success: outcome === 'ok',
      outcome,
      ...(isCancelled ? { error: { name: 'AbortError', message: 'The user aborted a request.' } } : {}),
      ...(failsInNetwork ? { error: { name: 'TypeError', message: 'Failed to fetch' } } : {}),
      http: {
        method,
        url,
        ...(isAnswered ? { status } : {}),
        ...(isAnswered && kind !== 'beacon' && traits.knowsHeaders ? { headersDuration: headers } : {}),
        ...(knows ? { transferSize: spec.fromCache ? 0 : size + 300 } : {}),
        ...(knows && !traits.onlyDevtools
          ? { encodedBodySize: size, decodedBodySize: decoded, phases, protocol: spec.protocol ?? traits.protocol }
          : {}),
        ...(spec.fromCache ? { fromCache: true as const } : {}),
        ...(spec.serviceWorker ? { serviceWorker: true as const } : {}),
        ...(spec.graphql ? { graphql: spec.graphql } : {}),
        ...(stack && !traits.onlyDevtools ? { stack } : {}),
        ...(spec.keepalive ? { keepalive: true as const } : {}),
        ...(spec.unfinished || spec.headers || traits.onlyDevtools
          ? {
              devtools: {
                url,
                method,
                status: isAnswered ? status : 0,
                type: kind,
                startTime: Math.round(CREATED_AT + at),
                duration: spec.unfinished ? 1_000 : Math.round(end - at),
                ...(spec.unfinished ? { unfinished: true as const } : {}),
                ...spec.headers,
                phases,
                protocol: spec.protocol ?? traits.protocol,
                ...(knows ? { transferSize: spec.fromCache ? 0 : size + 300, bodySize: size } : {}),
                ...(spec.netError ? { error: spec.netError } : {}),
                ...(stack ? { initiator: { type: 'script', stack } } : {}),
              },
            }
          : {}),
      },
      ...(spec.endUnknown ? { endUnknown: spec.endUnknown } : {}),
      documentId: this.documentId,
      frameId: 0,
    })
    return { id, start: at, end }
  }

  #stack(site: readonly string[]): string[] {
    return [...this.traits.client, ...site, ...this.traits.framework].map(name => frameOf(this.traits.origin, name))
  }

  /** An operation of the app's own. */
  custom(at: number, name: string, duration: number, parent?: string): Placed {
    const id = `${this.documents.length}.2.${++this.#ids}`
    this.operations.push({
      id,
      operationName: name,
      kind: 'custom',
      startTime: CREATED_AT + at,
      endTime: CREATED_AT + at + duration,
      duration,
      success: true,
      outcome: 'ok',
      ...(parent === undefined ? {} : { parentId: parent }),
      documentId: this.documentId,
      frameId: 0,
    })
    return { id, start: at, end: at + duration }
  }

  connection(
    at: number,
    spec: { path: string; kind: 'websocket' | 'eventsource'; life: number; messages: number; bytes: number },
  ): Placed {
    const id = `${this.documents.length}.1.${++this.#ids}`
    const url = `${this.traits.api.replace(/^http/, spec.kind === 'websocket' ? 'ws' : 'http')}${spec.path}`
    this.operations.push({
      id,
      operationName: `${spec.kind === 'websocket' ? 'WS' : 'GET'} ${spec.path}`,
      kind: spec.kind,
      startTime: CREATED_AT + at,
      endTime: CREATED_AT + at + spec.life,
      duration: spec.life,
      success: true,
      outcome: 'ok',
      connection: {
        url,
        openDuration: 60,
        messagesIn: spec.messages,
        bytesIn: spec.bytes,
        messagesOut: 2,
        bytesOut: 100,
      },
      documentId: this.documentId,
      frameId: 0,
    })
    return { id, start: at, end: at + spec.life }
  }

  preflight(at: number, path: string, duration: number, origin = this.traits.api): void {
    this.networkRequests.push({
      url: origin + path,
      method: 'OPTIONS',
      status: 204,
      type: 'preflight',
      startTime: Math.round(CREATED_AT + at),
      duration,
      phases: { wait: duration },
    })
  }

  longTask(at: number, duration: number): void {
    this.marks.push({ time: CREATED_AT + at, type: 'long-task', duration, documentId: this.documentId })
  }

  visibility(at: number, name: 'visible' | 'hidden'): void {
    const { documentId } = this
    this.marks.push({ time: CREATED_AT + at, type: 'visibility', duration: 0, name, documentId })
  }

  /** A reading of the heap after all garbage was collected. */
  settle(at: number, usedBytes: number): void {
    const { documentId } = this
    this.snapshots.push({ label: 'Settled', time: CREATED_AT + at, usedBytes, settled: true, documentId })
  }

  heap(at: number, used: number): void {
    this.memory.push({
      time: CREATED_AT + at,
      usedJSHeapSize: Math.round(used),
      totalJSHeapSize: Math.round(used * 1.3),
      jsHeapSizeLimit: 4e9,
      source: 'performance.memory',
      documentId: this.documentId,
    })
  }

  lose(from: number, to: number, count: number): void {
    this.gaps.push({
      startTime: CREATED_AT + from,
      endTime: CREATED_AT + to,
      reason: 'session-full',
      count,
      documentId: this.documentId,
    })
  }

  /** The file's text. */
  text(): string {
    const operations = [...this.operations].sort((a, b) => a.startTime - b.startTime)
    const ended = operations.filter(({ outcome }) => outcome !== 'pending')
    const byOutcome = (wanted: string): number => operations.filter(({ outcome }) => outcome === wanted).length
    const durations = ended.map(({ duration = 0 }) => duration)
    const source = {
      format: SESSION_FORMAT,
      version: SESSION_VERSION,
      generator: { name: 'perf-devtools generator', version: '1' },
      createdAt: new Date(CREATED_AT).toISOString(),
      page: { url: this.traits.origin, title: this.traits.name, userAgent: 'Mozilla/5.0 Chrome/156.0' },
      availability: { memory: this.memory.length > 0 ? 'performance.memory' : 'not available' },
      metrics: {
        totalOperations: operations.length,
        successfulOperations: byOutcome('ok'),
        failedOperations: byOutcome('failed'),
        cancelledOperations: byOutcome('cancelled'),
        pendingOperations: byOutcome('pending'),
        averageDuration: durations.reduce((a, b) => a + b, 0) / Math.max(1, durations.length),
        minDuration: Math.min(...durations, 1e9),
        maxDuration: Math.max(...durations, 0),
        ...(ended.length > 0 ? { p50: 0, p95: 0, p99: 0 } : {}),
      },
      documents: this.documents,
      operations,
      networkRequests: [...this.networkRequests].sort((a, b) => a.startTime - b.startTime),
      memory: [...this.memory].sort((a, b) => a.time - b.time),
      snapshots: this.snapshots,
      marks: [...this.marks].sort(
        (a, b) => Number(a.type === 'long-task') - Number(b.type === 'long-task') || a.time - b.time,
      ),
      gaps: this.gaps,
    }
    const text = [...writeSession(source as SessionSource)].join('')
    return this.traits.version === 1 ? asVersion1(text) : text
  }
}

/** Version 1 had sentences where version 2 has codes. */
function asVersion1(text: string): string {
  const file = JSON.parse(text)
  file.version = 1
  for (const operation of file.operations) {
    if (operation.endUnknown === 'page-left' && operation.http) {
      operation.http.endUnknown = 'the page was left'
      delete operation.endUnknown
    }
  }
  return JSON.stringify(file)
}

function sumOf(phases: RequestPhases): number {
  return Object.values(phases).reduce((sum: number, each: number) => sum + each, 0)
}

/** A frame as V8 writes it: always the same place for the same function. */
function frameOf(origin: string, name: string): string {
  let hash = 7
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 9_973
  const file = /^(?:request|send|axios|fetchJson|xhr)/.test(name)
    ? 'http-client'
    : /^(?:react|vue|zone)/.test(name)
      ? 'vendor'
      : 'app'
  return `at ${name} (${origin}/assets/${file}.4f2a91c3.js:${1 + (hash % 400)}:${1 + (hash % 90)})`
}
