// Model: the phases of a request, one after the other.
import type { RequestPhases } from '../../wire/network.ts'
import type { HttpDetail } from '../../wire/operations.ts'

export type Phase = keyof RequestPhases

/** As in the Network panel. */
export const PHASE_NAMES: Record<Phase, string> = {
  redirect: 'Redirect',
  queued: 'Queueing',
  dns: 'DNS lookup',
  connect: 'Initial connection',
  tls: 'TLS',
  send: 'Request sent',
  wait: 'Waiting for server response',
  receive: 'Content download',
}

/** Milliseconds since the operation's start. */
export interface PhaseSegment {
  phase: Phase
  from: number
  to: number
}

/** From Resource Timing if it has them, else from DevTools. */
export function phasesOf(http: HttpDetail | undefined): { phases: RequestPhases; source: string } | undefined {
  if (http?.phases) return { phases: http.phases, source: 'Resource Timing' }
  const phases = http?.devtools?.phases
  return phases && Object.keys(phases).length > 0 ? { phases, source: 'DevTools' } : undefined
}

/** In chronological order. TLS is the last part of `connect`; here the two are separate segments. */
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
