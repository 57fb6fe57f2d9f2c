// Panel: tells the page's console of slow operations, as they come.

import { effect, untracked } from '@preact/signals'
import { isSlow } from '../../../model/session/is-slow.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { PENDING } from '../../../wire/operations.ts'
import { durationText } from '../../views/operations/operation-columns.ts'
import type { LiveSession } from '../stores/live-session.ts'
import type { SettingsStore } from '../stores/settings-store.ts'
import { createLineLimit } from './line-limit.ts'

/** Running operations that are waited for; what runs beside them is not warned of. */
export const MAX_RUNNING = 10_000

export interface SlowWarningParts {
  live: Pick<LiveSession, 'session' | 'version' | 'connection'>
  settings: Pick<SettingsStore, 'settings'>
  formatters: Formatters
  /** Writes a line to the page's console. */
  warn(line: string): void
}

/** Warns of what ends from now on, never of what was recorded before. Returns the undo. */
export function createSlowWarnings({ live, settings, formatters, warn }: SlowWarningParts): () => void {
  const lines = createLineLimit(warn)
  let followed: Follower | undefined
  /** Epoch milliseconds. */
  let since = Number.POSITIVE_INFINITY
  const stop = effect(() => {
    live.version.value
    const { warnSlowInConsole, slowThresholdMs } = settings.settings.value
    const session = live.session.value
    if (!warnSlowInConsole) {
      followed = undefined
      since = Number.POSITIVE_INFINITY
      return
    }
    since = Math.min(since, Date.now())
    if (live.connection.value !== 'ready') return
    untracked(() => {
      if (followed?.session !== session) followed = follow(session, since)
      for (const row of followed.ended()) {
        if (isSlow(session, row, slowThresholdMs)) lines.write(lineOf(session, row, formatters))
      }
    })
  })
  return () => {
    stop()
    lines.stop()
  }
}

function lineOf(session: SessionModel, row: number, formatters: Formatters): string {
  const { operations } = session
  const status = operations.requests.statusOf(row)
  const about = [operations.kindOf(row), operations.outcomeOf(row), ...(status === undefined ? [] : [status])].join(
    ', ',
  )
  return `[Perf] Slow: ${operations.nameOf(row)} took ${durationText(session, row, formatters)} (${about})`
}

interface Follower {
  session: SessionModel
  /** The rows that have ended since the last call. */
  ended(): Iterable<number>
}

function follow(session: SessionModel, since: number): Follower {
  const { operations } = session
  const running = new Set<number>()
  const wait = (row: number): void => {
    if (running.size < MAX_RUNNING) running.add(row)
  }
  let next = 0
  if (session.createdAt < since) {
    next = operations.length
    for (const row of operations.openRows()) if (operations.outcome.get(row) === PENDING) wait(row)
  }
  return {
    session,
    *ended() {
      for (const row of running) {
        if (operations.outcome.get(row) === PENDING) continue
        running.delete(row)
        yield row
      }
      for (; next < operations.length; next++) {
        if (operations.outcome.get(next) === PENDING) wait(next)
        else yield next
      }
    },
  }
}
