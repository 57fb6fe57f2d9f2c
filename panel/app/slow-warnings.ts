// Panel: tells the page's console of slow operations, as they come.
import { effect, untracked } from '@preact/signals'
import { isSlow } from '../../model/session/is-slow.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import type { Formatters } from '../../model/text/formatters.ts'
import { durationText } from '../../model/text/outcome-text.ts'
import { PENDING } from '../../wire/operations.ts'
import type { LiveSession } from './stores/live-session.ts'
import type { SettingsStore } from './stores/settings-store.ts'

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

/** A console with more is read by nobody, and each line costs the page time. */
export const MAX_LINES = 10
/** Milliseconds. */
const INTERVAL = 1_000

export interface LineLimit {
  write(line: string): void
  stop(): void
}

export function createLineLimit(write: (line: string) => void): LineLimit {
  let written = 0
  let unwritten = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = (): void => {
    timer = undefined
    if (unwritten > 0) write(`[Perf] ${unwritten} more slow ${unwritten === 1 ? 'operation' : 'operations'}`)
    written = 0
    unwritten = 0
  }
  return {
    write(line) {
      timer ??= setTimeout(begin, INTERVAL)
      if (written++ < MAX_LINES) write(line)
      else unwritten++
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * The line may come from the page itself, and be anything: as JSON it is a string and nothing else (ECMA-262: JSON is
 * a subset of the language), and behind `%s` it is no format.
 */
export function warnExpression(line: string): string {
  return `console.warn('%s', ${JSON.stringify(line)})`
}
