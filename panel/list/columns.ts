// Panel: the columns of the list of operations, and what they say of one.
import type { Figures } from '../format/figures.ts'
import { UNKNOWN } from '../format/figures.ts'
import type { SessionFold } from '../session/session-fold.ts'
import { shownDuration } from '../session/shown-duration.ts'
import { outcomeText } from './outcome-text.ts'

export interface ListColumn {
  key: 'name' | 'kind' | 'status' | 'outcome' | 'start' | 'duration'
  title: string
  text(session: SessionFold, row: number, figures: Figures): string
}

export const LIST_COLUMNS: readonly ListColumn[] = [
  { key: 'name', title: 'Name', text: ({ operations }, row) => operations.nameOf(row) },
  { key: 'kind', title: 'Kind', text: ({ operations }, row) => operations.kindOf(row) },
  {
    key: 'status',
    title: 'Status',
    text: ({ operations }, row) => String(operations.statusOf(row) ?? UNKNOWN),
  },
  { key: 'outcome', title: 'Outcome', text: ({ operations }, row) => outcomeText(operations.outcomeOf(row)) },
  {
    key: 'start',
    title: 'Start',
    text: (session, row, figures) => figures.moment(session.operations.start.get(row) - session.first),
  },
  { key: 'duration', title: 'Duration', text: durationText },
]

/** The duration of an operation, or how long it has been running. */
export function durationText(session: SessionFold, row: number, figures: Figures): string {
  const { operations, documents } = session
  const resolution = documents.get(operations.document.get(row))?.clockResolution ?? 0
  if (operations.outcomeOf(row) !== 'pending') return figures.duration(operations.duration.get(row), resolution)
  if (operations.details.get(row)?.http?.endUnknown !== undefined) return UNKNOWN
  return `> ${figures.duration(shownDuration(session, row), Math.max(resolution, 1))}`.replace('> <', '<')
}
