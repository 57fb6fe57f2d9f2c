// Model: texts about what was lost from a session, and why.
import type { SessionGap } from '../../session/format.ts'
import type { GapList } from '../session/gap-list.ts'
import type { Formatters } from './formatters.ts'

type Reason = SessionGap['reason']

/** In the words of session.schema.json, which documents the same reasons. */
const REASONS: Record<Reason, string> = {
  paused: 'recording was off',
  'buffer-full': 'more operations ended than the monitor keeps',
  backpressure: 'operations were made faster than they could be stored',
  malformed: 'a monitor handed over something that is no batch',
  'page-left': 'the page was left with more than could be kept',
  'page-crashed': 'the page died with what it had not handed over',
  'storage-lost': "the browser lost what was stored of the tab's session before this one",
  'long-tasks': 'there were more long tasks than are told',
  samples: 'memory samples or snapshots had to wait too long',
  requests: 'what DevTools saw of requests had to wait too long',
  'session-full': 'the session had reached its storage limit',
  unattributed: 'a page, perhaps one of this tab, was left before its tab was known',
}

/** What was lost, if not operations. */
const COUNTED: Partial<Record<Reason, string>> = {
  'long-tasks': 'long task',
  samples: 'memory sample',
  requests: 'request',
}

export function reasonText(reason: Reason): string {
  return REASONS[reason]
}

/** How much was lost. That may be unknown. */
export function missingText({ reason, count }: Pick<SessionGap, 'reason' | 'count'>, formatters: Formatters): string {
  if (count === undefined) return 'nobody knows how much is missing'
  return `${formatters.count(count, COUNTED[reason] ?? 'operation')} ${count === 1 ? 'is' : 'are'} missing`
}

/** Everything that is known to be lost, by reason. */
export function lossTexts({ counts }: GapList, formatters: Formatters): string[] {
  return Array.from(counts, ([reason, count]) => `${missingText({ reason, count }, formatters)}: ${reasonText(reason)}`)
}
