// Panel: outcomes in words.
import type { SessionModel } from '../session/session-model.ts'
import { shownDuration } from '../session/shown-duration.ts'
import { type Formatters, UNKNOWN } from './formatters.ts'

/** Of one that has no end and, as far as is known, gets none. */
export const END_UNKNOWN = 'end unknown'

/** How an operation ended, that it runs, or that it got no end. */
export function endText({ operations }: SessionModel, row: number): string {
  if (operations.endIsUnknown(row)) return END_UNKNOWN
  const outcome = operations.outcomeOf(row)
  return outcome === 'pending' ? 'running' : outcome
}

/** The duration of an operation, or how long it has been running. */
export function durationText(session: SessionModel, row: number, formatters: Formatters): string {
  const { operations, documents } = session
  const resolution = documents.get(operations.document.get(row))?.clockResolution ?? 0
  if (operations.outcomeOf(row) !== 'pending') return formatters.duration(operations.duration.get(row), resolution)
  if (operations.endIsUnknown(row)) return UNKNOWN
  return `> ${formatters.duration(shownDuration(session, row), Math.max(resolution, 1))}`.replace('> <', '<')
}
