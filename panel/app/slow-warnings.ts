// Panel: logs slow operations to the page's console when they end.
import { effect, untracked } from '@preact/signals'
import type { Row } from '../../model/numbers.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import { isSlow } from '../../model/session/shown-duration.ts'
import type { Formatters } from '../../model/text/formatters.ts'
import { durationText } from '../../model/text/outcome-text.ts'
import { type EndedOperations, endedOperations } from './ended-operations.ts'
import type { LiveSession } from './stores/live-session.ts'
import type { SettingsStore } from './stores/settings-store.ts'

/** Lines in each interval: nobody reads more, and each line costs the page time. */
export const MAX_LINES = 10
/** Milliseconds. */
const INTERVAL = 1_000

export interface SlowWarningParts {
  live: Pick<LiveSession, 'session' | 'grown' | 'connection'>
  settings: Pick<SettingsStore, 'settings'>
  formatters: Formatters
  /** Writes a line to the page's console. */
  warn(line: string): void
}

/** Reports operations that end from now on, not those that ended before. Returns a function that stops it. */
export function createSlowWarnings({ live, settings, formatters, warn }: SlowWarningParts): () => void {
  const lines = createLineLimit(warn)
  let followed: EndedOperations | undefined
  /** Epoch milliseconds. */
  let since = Number.POSITIVE_INFINITY
  const stop = effect(() => {
    live.grown.value
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
      if (followed?.session !== session) followed = endedOperations(session, since)
      for (const row of followed.take()) {
        if (isSlow(session, row, slowThresholdMs)) lines.write(lineOf(session, row, formatters))
      }
    })
  })
  return () => {
    stop()
    lines.stop()
  }
}

function lineOf(session: SessionModel, row: Row, formatters: Formatters): string {
  const { operations } = session
  const status = operations.requests.statusOf(row)
  const properties = [operations.kindOf(row), operations.outcomeOf(row), ...(status === undefined ? [] : [status])]
  return `[Perf] Slow: ${operations.nameOf(row)} took ${durationText(session, row, formatters)} (${properties.join(', ')})`
}

interface LineLimit {
  write(line: string): void
  stop(): void
}

/** Writes a few lines in each interval, and then how many it left out. */
function createLineLimit(write: (line: string) => void): LineLimit {
  let written = 0
  let omitted = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = (): void => {
    timer = undefined
    if (omitted > 0) write(`[Perf] ${omitted} more slow ${omitted === 1 ? 'operation' : 'operations'}`)
    written = 0
    omitted = 0
  }
  return {
    write(line) {
      timer ??= setTimeout(begin, INTERVAL)
      if (written++ < MAX_LINES) write(line)
      else omitted++
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * JavaScript that logs a line. The line contains names that the page chose, so it may be hostile: as JSON it is always a
 * string literal (https://github.com/tc39/proposal-json-superset), and after `%s` it is not a format string.
 */
export function warnExpression(line: string): string {
  return `console.warn('%s', ${JSON.stringify(line)})`
}
