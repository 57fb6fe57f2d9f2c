// Node: the plain thresholds of other tools' detectors, applied to the same sessions. They are written here after what
// their documentation says: https://docs.sentry.io/product/issues/issue-details/performance-issues/

import { routeOf } from '../../model/analysis/route.ts'
import type { InsightKind } from '../../model/insights/insight.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import type { Claim } from './score.ts'

interface Request {
  id: string
  name: string
  route: string
  url: string
  method: string
  start: number
  end: number
  encoded: number
  decoded: number
  queued: number
}

/** N+1 API calls: 5 of one pattern, starts within 15 ms of each other, 300 ms in all. */
const N_PLUS_ONE = { count: 5, gapMs: 15, totalMs: 300 }
/** Consecutive HTTP: 3 in a row, one after the other, that could save 2,000 ms. */
const CONSECUTIVE = { count: 3, savedMs: 2_000, minDurationMs: 500 }
/** Large HTTP payload: 300 kB. */
const LARGE_BYTES = 300_000
/** Uncompressed asset: 500 kB and 300 ms. */
const UNCOMPRESSED = { bytes: 500_000, durationMs: 300 }
/** HTTP/1.1 overhead: 250 ms queued. */
const QUEUED_MS = 250

export function peerClaims(session: SessionModel): Claim[] {
  const requests = requestsOf(session)
  return [
    ...nPlusOne(requests),
    ...consecutive(requests),
    ...large(requests),
    ...uncompressed(requests),
    ...queued(requests),
  ]
}

function requestsOf({ operations }: SessionModel): Request[] {
  const found: Request[] = []
  for (let position = 0; position < operations.order.length; position++) {
    const row = operations.order.row(position)
    const http = operations.details.get(row)?.http
    const kind = operations.kindOf(row)
    if (!http || (kind !== 'fetch' && kind !== 'xhr')) continue
    const start = operations.start.get(row)
    const duration = operations.duration.get(row) || 0
    found.push({
      id: operations.idOf(row),
      name: operations.nameOf(row),
      route: routeOf(operations.nameOf(row)),
      url: http.url,
      method: http.method,
      start,
      end: start + duration,
      encoded: http.encodedBodySize ?? 0,
      decoded: http.decodedBodySize ?? 0,
      queued: http.protocol === 'http/1.1' ? (http.phases?.queued ?? 0) : 0,
    })
  }
  return found
}

function nPlusOne(requests: readonly Request[]): Claim[] {
  const claims: Claim[] = []
  let run: Request[] = []
  const close = (): void => {
    const total = run.reduce((sum, { start, end }) => sum + end - start, 0)
    if (run.length >= N_PLUS_ONE.count && total >= N_PLUS_ONE.totalMs) claims.push(claim('n-plus-one', run, total))
    run = []
  }
  for (const request of requests) {
    const last = run.at(-1)
    if (request.method !== 'GET') continue
    if (last && (last.route !== request.route || request.start - last.start > N_PLUS_ONE.gapMs)) close()
    run.push(request)
  }
  close()
  return claims
}

function consecutive(requests: readonly Request[]): Claim[] {
  const claims: Claim[] = []
  let run: Request[] = []
  const close = (): void => {
    const durations = run.map(({ start, end }) => end - start)
    const saved = durations.reduce((a, b) => a + b, 0) - Math.max(0, ...durations)
    if (run.length >= CONSECUTIVE.count && saved >= CONSECUTIVE.savedMs)
      claims.push(claim('serial-waterfall', run, saved))
    run = []
  }
  for (const request of requests) {
    if (request.end - request.start < CONSECUTIVE.minDurationMs) continue
    const last = run.at(-1)
    if (last && (request.start < last.end || request.start - last.end > 1_000)) close()
    run.push(request)
  }
  close()
  return claims
}

function large(requests: readonly Request[]): Claim[] {
  return byRoute(requests.filter(({ encoded }) => encoded > LARGE_BYTES)).map(each =>
    claim('large-response', each, total(each)),
  )
}

function uncompressed(requests: readonly Request[]): Claim[] {
  const plain = requests.filter(
    ({ encoded, decoded, start, end }) =>
      encoded === decoded && encoded > UNCOMPRESSED.bytes && end - start > UNCOMPRESSED.durationMs,
  )
  return byRoute(plain).map(each => claim('uncompressed', each, total(each) / 2))
}

function queued(requests: readonly Request[]): Claim[] {
  const waiting = requests.filter(each => each.queued > QUEUED_MS)
  return waiting.length > 0
    ? [
        claim(
          'connection-queue',
          waiting,
          waiting.reduce((sum, each) => sum + each.queued, 0),
        ),
      ]
    : []
}

function byRoute(requests: readonly Request[]): Request[][] {
  const routes = new Map<string, Request[]>()
  for (const request of requests) routes.set(request.route, [...(routes.get(request.route) ?? []), request])
  return [...routes.values()]
}

function total(requests: readonly Request[]): number {
  return requests.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** They know no degrees of confidence. */
function claim(kind: InsightKind, requests: readonly Request[], savedMs: number): Claim {
  return {
    kind,
    confidence: 'certain',
    savedMs,
    ids: requests.map(({ id }) => id),
    sentence: (requests[0] as Request).name,
  }
}
