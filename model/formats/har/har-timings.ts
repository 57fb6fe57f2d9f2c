// Model: the phases of a request as HAR has them. They add up to its time: Firefox shows the sum, Chrome the larger of the
// two.
import type { RequestPhases } from '../../../wire/network.ts'

/** Milliseconds; -1 for what does not apply. */
export interface HarTimings {
  blocked: number
  dns: number
  connect: number
  send: number
  wait: number
  receive: number
  /**
   * The part of `connect` that is TLS. The specification's own field is `ssl`, but Firefox adds that to the sum although
   * `connect` includes it, so the time would be wrong there.
   */
  _ssl?: number
}

/** From the last to the first: where phases are longer than the whole, the last ones are cut. */
const LAST_FIRST = ['receive', 'wait', 'send', 'connect', 'dns', 'blocked'] as const

/**
 * @param total milliseconds.
 * @param headers milliseconds to the response's headers, if that is known.
 */
export function harTimings(total: number, phases: RequestPhases, headers?: number): HarTimings {
  const { redirect, queued, dns, connect, tls, send, wait, receive } = phases
  const waited = redirect === undefined && queued === undefined ? undefined : (redirect ?? 0) + (queued ?? 0)
  const timings: HarTimings = {
    blocked: waited === undefined ? -1 : micro(waited),
    dns: dns === undefined ? -1 : micro(dns),
    connect: connect === undefined ? -1 : micro(connect),
    send: micro(send ?? 0),
    wait: micro(wait ?? (Object.keys(phases).length === 0 ? Math.min(headers ?? total, total) : 0)),
    receive: micro(receive ?? 0),
  }
  let rest = total - harTime(timings)
  if (rest > 0) {
    // Time that no phase accounts for passed before the request was sent, if the end of its body is known.
    const phase = receive === undefined ? 'receive' : 'blocked'
    timings[phase] = micro(Math.max(0, timings[phase]) + rest)
  }
  for (const phase of LAST_FIRST) {
    if (rest >= 0) break
    const cut = Math.min(Math.max(0, timings[phase]), -rest)
    if (cut > 0) timings[phase] = micro(timings[phase] - cut)
    rest += cut
  }
  if (tls !== undefined && timings.connect >= 0) timings._ssl = Math.min(micro(tls), timings.connect)
  return timings
}

/** The sum of the phases. */
export function harTime({ blocked, dns, connect, send, wait, receive }: HarTimings): number {
  return micro(Math.max(0, blocked) + Math.max(0, dns) + Math.max(0, connect) + send + wait + receive)
}

/** Whole microseconds, where a double can tell them apart. */
function micro(milliseconds: number): number {
  return milliseconds < 1e12 ? Math.round(milliseconds * 1_000) / 1_000 : milliseconds
}
