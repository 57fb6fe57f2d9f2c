// Any world: requests that wait for one of the six connections that HTTP/1.1 gives an origin.
import { countText, timeText } from '../amounts.ts'
import type { Evidence } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'
import { coveredBy } from '../spans.ts'

/** Milliseconds in the queue. */
export const MIN_QUEUED_MS = 100
/** One has to wait this long (Sentry). */
export const MIN_LONGEST_MS = 250
export const MIN_QUEUED = 3
/** Others of the origin in flight: Chromium opens six connections (net/socket/client_socket_pool_manager.cc). */
export const MIN_OTHERS = 5

export const connectionQueue: Detector = {
  kind: 'connection-queue',
  title: 'Waiting for a connection',
  rule: `Over HTTP/1.1, at least ${MIN_QUEUED} requests waited more than ${MIN_QUEUED_MS} ms for a connection, one of them ${MIN_LONGEST_MS} ms, while ${MIN_OTHERS} others of their origin were in flight.`,
  needs: 'phases',
  *find(evidence) {
    const findings: Finding[] = []
    for (const [origin, positions] of yield* requestsByOrigin(evidence)) {
      yield
      const queued = yield* queuedAmong(evidence, positions)
      if (queued.length < MIN_QUEUED) continue
      const waits = queued.map(position => evidence.facts(position).phases.queued as number)
      if (Math.max(...waits) < MIN_LONGEST_MS) continue
      const spans = queued.map((position, i) => {
        const from = evidence.start[position] as number
        return { from, to: from + (waits[i] as number) }
      })
      const isLocal = evidence.urlFacts(queued[0] as number).isLocal
      findings.push({
        kind: 'connection-queue',
        route: origin,
        confidence: isLocal ? 'possible' : 'certain',
        savedMs: coveredBy(spans),
        count: queued.length,
        evidence: queued,
        removes: spans,
        sentence: `${countText(queued.length, 'request')} to ${origin} waited for one of its HTTP/1.1 connections, up to ${timeText(Math.max(...waits))}.`,
        remedy: 'Serve the origin over HTTP/2 or HTTP/3, or send fewer requests at a time.',
        caveats: isLocal ? ['On localhost HTTP/1.1 is usual; the server that users reach may speak HTTP/2.'] : [],
      })
    }
    return findings
  },
}

/** Positions of requests over the network, by origin and start. */
export function* requestsByOrigin(evidence: Evidence): Generator<void, Map<string, number[]>> {
  const origins = new Map<string, number[]>()
  for (const group of evidence.groups) {
    yield
    if (!evidence.isRequest(group.members[0] as number)) continue
    for (const position of evidence.sample(group)) {
      if (evidence.facts(position).fromCache) continue
      const { origin } = evidence.urlFacts(position)
      const known = origins.get(origin)
      if (known) known.push(position)
      else origins.set(origin, [position])
    }
  }
  for (const positions of origins.values()) positions.sort((a, b) => a - b)
  return origins
}

function* queuedAmong(evidence: Evidence, positions: readonly number[]): Generator<void, number[]> {
  const queued: number[] = []
  let ends: number[] = []
  for (const [i, position] of positions.entries()) {
    if (i % 512 === 511) yield
    const start = evidence.start[position] as number
    ends = ends.filter(end => end > start)
    const { phases, protocol = '', serviceWorker } = evidence.facts(position)
    const isOld = /^http\/1/i.test(protocol)
    if (
      isOld &&
      !serviceWorker &&
      (phases.queued ?? 0) > MIN_QUEUED_MS &&
      ends.length >= MIN_OTHERS &&
      !startsInTask(evidence, start)
    ) {
      queued.push(position)
    }
    ends.push(evidence.end[position] as number)
  }
  return queued
}

/** A busy main thread delays requests too, which looks like a queue. */
function startsInTask(evidence: Evidence, time: number): boolean {
  const { longTasks } = evidence.session
  for (let i = longTasks.indexFrom(time - 5_000); i < longTasks.length && longTasks.start.get(i) <= time; i++) {
    if (longTasks.start.get(i) + longTasks.duration.get(i) > time + MIN_QUEUED_MS / 2) return true
  }
  return false
}
