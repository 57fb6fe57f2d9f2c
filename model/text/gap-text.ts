// Model: texts about what was lost from a session, and why.
import type { SessionGap } from '../../session/format.ts'
import type { GapList } from '../session/gap-list.ts'
import type { Formatters } from './formatters.ts'

type Reason = SessionGap['reason']

/** In the words of session.schema.json, which documents the same reasons. */
const REASONS: Record<Reason, string> = {
  paused: 'recording was paused',
  'buffer-full': 'more operations ended than the monitor keeps',
  backpressure: 'operations ended faster than they could be stored',
  malformed: 'invalid data from a monitor',
  'page-left': 'the page navigated away before everything was stored',
  'page-crashed': 'the page crashed before everything was stored',
  'storage-lost': 'the browser lost the previous session of the tab',
  'long-tasks': 'there were more long tasks than are recorded',
  samples: 'memory samples, snapshots or page events could not be stored in time',
  requests: 'requests that DevTools saw could not be stored in time',
  'session-full': 'the session reached its storage limit',
  unattributed: 'a page, perhaps of this tab, navigated away before its tab was known',
}

/** What was lost, if not operations. */
const COUNTED: Partial<Record<Reason, string>> = {
  'long-tasks': 'long task',
  samples: 'sample',
  requests: 'request',
}

export function reasonText(reason: Reason): string {
  return REASONS[reason]
}

/** How much was lost. That may be unknown. */
export function lostText({ reason, count }: Pick<SessionGap, 'reason' | 'count'>, formatters: Formatters): string {
  if (count === undefined) return 'unknown amount lost'
  return `${formatters.count(count, COUNTED[reason] ?? 'operation')} lost`
}

/** Everything that is known to be lost, by reason. */
export function lossTexts({ counts }: GapList, formatters: Formatters): string[] {
  return Array.from(counts, ([reason, count]) => `${lostText({ reason, count }, formatters)}: ${reasonText(reason)}`)
}
