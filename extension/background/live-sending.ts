// Background: sends what is recorded to the collector that the user has set, one session after the other. While none is set,
// nothing of it runs.
import { type attemptOtlp, waitAfter } from '../../model/formats/otlp/otlp-http.ts'
import type { SessionLog } from '../../storage/session-log.ts'
import type { LogChange, StoredSession } from '../../wire/messages.ts'
import type { Settings } from '../../wire/settings.ts'
import { isSent, SessionSending } from './session-sending.ts'

/** Milliseconds in which operations are gathered for a message. */
export const SEND_INTERVAL = 1_000
/** Milliseconds between two announcements of what was sent. Screen readers read each of them. */
const ANNOUNCE_INTERVAL = 2_000
/** Milliseconds. A collector that asks for a longer wait is asked again after this one. */
const MAX_RETRY_AFTER = 3_600_000

export interface LiveSendingParts {
  log: Pick<SessionLog, 'listSessions' | 'read' | 'setSent'>
  settings(): Promise<Pick<Settings, 'collector' | 'collectorSince'>>
  /** The ids of the sessions that may still grow. */
  inUse(): Promise<string[]>
  announce(change: LogChange): void
  generator: { name: string; version: string }
  attempt: typeof attemptOtlp
}

export interface LiveSending {
  /** Something was stored. */
  wake(): void
  /** The settings have changed: what waits for the collector is tried now. */
  restart(): void
  stop(): void
}

export function createLiveSending(parts: LiveSendingParts): LiveSending {
  const { log, settings, inUse, announce } = parts
  /** By session. Each has read the session's log, which takes a while for a large one. */
  const sendings = new Map<string, SessionSending>()
  let phase: 'idle' | 'running' | 'off' | 'stopped' = 'idle'
  let hasChanged = false
  /** How often the settings have changed. */
  let changes = 0
  let failures = 0
  /** The endpoint that has refused whatever it was sent. */
  let refusedBy = ''
  let announcedAt = 0
  let endWait = (): void => undefined

  const wait = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const onSent = (session: StoredSession): void => {
    const isDue = Date.now() - announcedAt >= ANNOUNCE_INTERVAL
    if (!isDue && !isSent(session) && !session.sent?.problem) return
    announcedAt = Date.now()
    announce({ sessionId: session.id, change: 'session', session })
  }

  /** Returns after how many milliseconds there is more to do; undefined if nothing is left until something is stored. */
  const pass = async (endpoint: string, since: number): Promise<number | undefined> => {
    const stored = (await log.listSessions()).filter(each => each.appendedAt >= since)
    const [unsent, growing] = [stored.filter(each => !isSent(each)), await inUse()]
    const needed = new Set([...unsent.map(({ id }) => id), ...growing])
    for (const id of sendings.keys()) if (!needed.has(id)) sendings.delete(id)
    const before = changes
    const isWanted = (): boolean => changes === before && phase === 'running'
    let again: number | undefined
    for (const session of unsent) {
      const left = failures === 0 ? timeToRetry(session, endpoint) : 0
      if (left > 0) return left
      const sending = sendings.get(session.id) ?? new SessionSending(session, { ...parts, onSent })
      sendings.set(session.id, sending)
      const result = await sending.send(endpoint, isWanted)
      if (result === 'waiting') again = SEND_INTERVAL
      else if (typeof result === 'object' && isWanted()) {
        const { reason, refused, retryAfter } = result
        if (refused === undefined) again = Math.min(waitAfter(++failures, retryAfter), MAX_RETRY_AFTER)
        else refusedBy = endpoint
        await sending.fail(endpoint, reason, refused === undefined ? Date.now() + (again as number) : undefined)
        return refused === undefined ? again : undefined
      }
      failures = 0
    }
    return again
  }

  const run = async (): Promise<void> => {
    let delay: number | undefined = SEND_INTERVAL
    while (phase === 'running') {
      const { collector, collectorSince } = await settings()
      if (collector === '') phase = 'off'
      if (phase !== 'running') break
      if (collector === refusedBy || (delay === undefined && !hasChanged)) {
        phase = 'idle'
        return
      }
      await wait(delay ?? SEND_INTERVAL)
      if (phase !== 'running') break
      hasChanged = false
      try {
        delay = await pass(collector, collectorSince)
      } catch (error) {
        console.error('Perf could not send to the collector', error)
        delay = waitAfter(++failures, undefined)
      }
    }
    sendings.clear()
  }

  const wake = (): void => {
    hasChanged = true
    if (phase !== 'idle') return
    phase = 'running'
    run().catch(error => {
      if (phase === 'running') phase = 'idle'
      console.error('Perf could not read its settings', error)
    })
  }

  return {
    wake,
    restart() {
      if (phase === 'stopped') return
      changes++
      failures = 0
      refusedBy = ''
      endWait()
      if (phase === 'off') phase = 'idle'
      wake()
    },
    stop() {
      phase = 'stopped'
      endWait()
    },
  }
}

/** Milliseconds after which a collector has asked an earlier worker to try again. */
function timeToRetry({ sent }: StoredSession, endpoint: string): number {
  const { problem } = sent ?? {}
  if (problem?.retryAt === undefined || problem.endpoint !== endpoint) return 0
  const left = problem.retryAt - Date.now()
  return left <= MAX_RETRY_AFTER ? left : 0
}
