// Panel: the columns of the list of operations, and what they say of one.
import type { OperationKey } from '../../../model/analysis/sorted-rows.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import { type Formatters, UNKNOWN } from '../../../model/text/formatters.ts'
import { endText } from '../../../model/text/outcome-text.ts'
import type { GridColumn } from '../../kit/columns.ts'

export interface OperationColumn extends GridColumn<OperationKey> {
  text(session: SessionModel, row: number, formatters: Formatters): string
}

export const OPERATION_COLUMNS: readonly OperationColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ operations }, row) => operations.nameOf(row) },
  { key: 'kind', title: 'Kind', width: 94, text: ({ operations }, row) => operations.kindOf(row) },
  {
    key: 'status',
    title: 'Status',
    width: 70,
    text: ({ operations }, row) => String(operations.requests.statusOf(row) ?? UNKNOWN),
  },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 100,
    text: endText,
  },
  {
    key: 'start',
    title: 'Start',
    width: 96,
    figure: true,
    text: (session, row, formatters) => formatters.moment(session.operations.start.get(row) - session.first),
  },
  { key: 'duration', title: 'Duration', width: 96, figure: true, text: durationText },
]

/** The duration of an operation, or how long it has been running. */
export function durationText(session: SessionModel, row: number, formatters: Formatters): string {
  const { operations, documents } = session
  const resolution = documents.get(operations.document.get(row))?.clockResolution ?? 0
  if (operations.outcomeOf(row) !== 'pending') return formatters.duration(operations.duration.get(row), resolution)
  if (operations.endIsUnknown(row)) return UNKNOWN
  return `> ${formatters.duration(shownDuration(session, row), Math.max(resolution, 1))}`.replace('> <', '<')
}
