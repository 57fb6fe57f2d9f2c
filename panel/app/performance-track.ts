// Panel: shows operations as a custom track in recordings of Chrome's Performance panel:
// https://developer.chrome.com/docs/devtools/performance/extension
import { effect, signal, untracked } from '@preact/signals'
import type { Row } from '../../model/numbers.ts'
import type { SessionModel } from '../../model/session/session-model.ts'
import type { Outcome } from '../../wire/operations.ts'
import { truncate } from '../../wire/truncate.ts'
import { type EndedOperations, endedOperations } from './ended-operations.ts'
import type { LiveSession } from './stores/live-session.ts'
import type { SettingsStore } from './stores/settings-store.ts'

/** Operations in one report, because each costs the page time. A last entry says how many more there were. */
export const MAX_ENTRIES = 2_000
/** Characters of a name. */
const MAX_LABEL_LENGTH = 200

const GROUP = 'Perf'
const COLORS: Record<Outcome, string> = { ok: 'primary', failed: 'error', cancelled: 'warning', pending: 'warning' }

interface Event {
  addListener(listener: () => void): void
  removeListener(listener: () => void): void
}

/** https://developer.chrome.com/docs/extensions/reference/api/devtools/performance. Only Chromium has it. */
export interface Profiling {
  onProfilingStarted: Event
  onProfilingStopped: Event
}

export interface PerformanceTrackParts {
  live: Pick<LiveSession, 'session' | 'grown' | 'connection'>
  settings: Pick<SettingsStore, 'settings'>
  profiling: Profiling
  /** Evaluates JavaScript in the top frame of the page, where the page cannot notice it. */
  run(expression: string): void
}

/** An operation in the track. Times are milliseconds since the Unix epoch. */
type Entry = [label: string, start: number, end: number, track: string, color: string]

/**
 * Reports operations that end while the Performance panel records, if the user has switched that on. Chrome drops what is
 * reported after a recording has stopped, so operations of its last half second can be missing.
 * Returns a function that stops it.
 */
export function createPerformanceTrack({ live, settings, profiling, run }: PerformanceTrackParts): () => void {
  /** When the Performance panel began to record: epoch milliseconds. Undefined while it does not. */
  const since = signal<number | undefined>(undefined)
  const onStarted = (): void => {
    since.value = Date.now()
  }
  const onStopped = (): void => {
    since.value = undefined
  }
  profiling.onProfilingStarted.addListener(onStarted)
  profiling.onProfilingStopped.addListener(onStopped)
  let ended: EndedOperations | undefined
  const stop = effect(() => {
    const from = since.value
    if (from === undefined || !settings.settings.value.performanceTrack) {
      ended = undefined
      return
    }
    live.grown.value
    const session = live.session.value
    if (live.connection.value !== 'ready') return
    untracked(() => {
      if (ended?.session !== session) ended = endedOperations(session, from)
      const entries = entriesOf(session, ended.take(), from)
      if (entries.length > 0) run(trackExpression(entries))
    })
  })
  return () => {
    stop()
    profiling.onProfilingStarted.removeListener(onStarted)
    profiling.onProfilingStopped.removeListener(onStopped)
  }
}

/** @param from operations that ended before this moment are left out: epoch milliseconds. */
function entriesOf(session: SessionModel, rows: Iterable<Row>, from: number): Entry[] {
  const { operations } = session
  const entries: Entry[] = []
  let omitted = 0
  let latest = 0
  for (const row of rows) {
    const start = operations.start.get(row)
    const duration = operations.duration.get(row)
    const end = start + (Number.isNaN(duration) ? 0 : duration)
    // The clock of a document stands still while the machine sleeps; that of the recording's start does not.
    if (end + session.wallOffsetOf(operations.document.get(row)) < from) continue
    latest = Math.max(latest, end)
    if (entries.length === MAX_ENTRIES) omitted++
    else {
      const label = truncate(operations.nameOf(row), MAX_LABEL_LENGTH) || '(no name)'
      entries.push([label, start, end, operations.kindOf(row), COLORS[operations.outcomeOf(row)]])
    }
  }
  if (omitted > 0) entries.push([`${omitted} more operations`, latest, latest, 'not shown', 'warning'])
  return entries
}

/**
 * JavaScript that reports the entries. Names come from the page and may be hostile: as JSON they are always string literals
 * (https://github.com/tc39/proposal-json-superset). Unlike a measure, it does not enter the page's performance buffer.
 */
export function trackExpression(entries: readonly Entry[]): string {
  return `for (const [label, start, end, track, color] of ${JSON.stringify(entries)}) {
  console.timeStamp(label, start - performance.timeOrigin, end - performance.timeOrigin, track, ${JSON.stringify(GROUP)}, color)
}`
}
