// Panel: a request's phases one after the other. Touches no DOM.
import type { RequestPhases } from '../../wire/network.ts'
import type { HttpDetail } from '../../wire/operations.ts'

export type Phase = keyof RequestPhases

export const PHASE_NAMES: Record<Phase, string> = {
  redirect: 'Redirects',
  queued: 'Queued',
  dns: 'DNS',
  connect: 'Connecting',
  tls: 'TLS',
  send: 'Sending',
  wait: 'Waiting',
  receive: 'Receiving',
}

/** Milliseconds since the operation's start. */
export interface PhaseSegment {
  phase: Phase
  from: number
  to: number
}

/** By Resource Timing or, where that tells none, by DevTools. */
export function phasesOf(http: HttpDetail | undefined): { phases: RequestPhases; by: string } | undefined {
  if (http?.phases) return { phases: http.phases, by: 'Resource Timing' }
  const phases = http?.devtools?.phases
  return phases && Object.keys(phases).length > 0 ? { phases, by: 'DevTools' } : undefined
}

/** In the order in which they took place; TLS is the last part of connecting, here beside the rest of it. */
export function phaseSegments(phases: RequestPhases): PhaseSegment[] {
  const { redirect, queued, dns, connect, tls = 0, send, wait, receive } = phases
  const connecting = connect === undefined ? undefined : Math.max(0, connect - tls)
  const durations: [Phase, number | undefined][] = [
    ['redirect', redirect],
    ['queued', queued],
    ['dns', dns],
    ['connect', connecting],
    ['tls', tls],
    ['send', send],
    ['wait', wait],
    ['receive', receive],
  ]
  let from = 0
  const segments: PhaseSegment[] = []
  for (const [phase, duration = 0] of durations) {
    if (!(duration > 0)) continue
    segments.push({ phase, from, to: from + duration })
    from += duration
  }
  return segments
}
