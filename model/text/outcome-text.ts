// Model: the outcome and the duration of an operation as text.
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { shownDuration } from '../session/shown-duration.ts'
import { type Formatters, UNKNOWN } from './formatters.ts'

/** For an operation without an end that is not known to be running. */
export const END_UNKNOWN = 'no end recorded'

/** How an operation ended, or that it has not. */
export function outcomeText({ operations }: SessionModel, row: Row): string {
  if (operations.endIsUnknown(row)) return END_UNKNOWN
  const outcome = operations.outcomeOf(row)
  return outcome === 'pending' ? 'running' : outcome
}

/** The duration of an operation, or how long it has been running so far. */
export function durationText(session: SessionModel, row: Row, formatters: Formatters): string {
  const { operations, documents } = session
  const resolution = documents.get(operations.document.get(row))?.clockResolution ?? 0
  if (operations.outcomeOf(row) !== 'pending') return formatters.duration(operations.duration.get(row), resolution)
  if (operations.endIsUnknown(row)) return UNKNOWN
  return `> ${formatters.duration(shownDuration(session, row), Math.max(resolution, 1))}`.replace('> <', '<')
}
