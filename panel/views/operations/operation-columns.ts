// Panel: the columns of the table of single operations.
import type { OperationKey } from '../../../model/analysis/sorted-rows.ts'
import type { Row } from '../../../model/numbers.ts'
import { documentLabel } from '../../../model/session/document-table.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { initiatorOf } from '../../../model/text/initiator.ts'
import { durationText, outcomeText } from '../../../model/text/outcome-text.ts'
import { errorMessage } from '../../../model/text/reason-text.ts'
import type { OperationDetail } from '../../../wire/operations.ts'
import type { OptionalColumn } from '../../kit/column-layout.ts'

/** An operation in a row of the table. */
export interface ShownOperation {
  session: SessionModel
  row: Row
  formatters: Formatters
  /** Read once for all columns that need it. */
  detail(): OperationDetail | undefined
}

export interface OperationColumn extends OptionalColumn<OperationKey> {
  text(shown: ShownOperation): string
  /** What the tooltip says. */
  tip?(shown: ShownOperation): string
}

const httpOf = ({ detail }: ShownOperation) => detail()?.http
const devtoolsOf = ({ detail }: ShownOperation) => (detail()?.http ?? detail()?.connection)?.devtools

export const OPERATION_COLUMNS: readonly OperationColumn[] = [
  {
    key: 'name',
    title: 'Name',
    width: 0,
    text: ({ session, row }) => session.operations.nameOf(row),
    tip: ({ session, row }) => session.operations.requests.urlOf(row) ?? session.operations.nameOf(row),
  },
  {
    key: 'method',
    title: 'Method',
    width: 62,
    text: ({ session, row }) => session.operations.requests.methodOf(row) ?? '',
  },
  {
    key: 'status',
    title: 'Status',
    width: 56,
    rank: 2,
    text: ({ session, row }) => String(session.operations.requests.statusOf(row) ?? ''),
  },
  { key: 'kind', title: 'Kind', width: 94, rank: 5, text: ({ session, row }) => session.operations.kindTextOf(row) },
  {
    key: 'initiator',
    title: 'Initiator',
    width: 120,
    rank: 6,
    sortable: false,
    hint: 'Where in the code it was started',
    text: ({ detail }) => initiatorOf(detail())?.label ?? '',
    tip: ({ detail }) => initiatorOf(detail())?.frame ?? '',
  },
  {
    key: 'size',
    title: 'Size',
    width: 72,
    numeric: true,
    rank: 4,
    hint: 'Bytes transferred',
    text({ session, row, formatters }) {
      const size = session.operations.requests.sizeOf(row)
      return size === undefined ? '' : formatters.bytes(size)
    },
    tip(shown) {
      const uncompressed = httpOf(shown)?.decodedBodySize
      return uncompressed === undefined ? '' : `Uncompressed: ${shown.formatters.bytes(uncompressed)}`
    },
  },
  {
    key: 'duration',
    title: 'Time',
    width: 84,
    numeric: true,
    rank: 1,
    hint: 'Until the end of the response’s body',
    text: ({ session, row, formatters }) => durationText(session, row, formatters),
    tip(shown) {
      const { session, row, formatters } = shown
      const { operations } = session
      if (operations.outcomeOf(row) === 'pending' && !operations.endIsUnknown(row)) {
        return `Running since ${formatters.moment(operations.start.get(row) - session.first)}`
      }
      return httpOf(shown)?.bodyEndUnknown
        ? 'The end of the body is not known. This is the time to the last known moment.'
        : ''
    },
  },
  { key: 'waterfall', title: 'Waterfall', width: 140, rank: 7, hint: 'Sorts by start', text: () => '' },
  {
    key: 'start',
    title: 'Start',
    width: 84,
    numeric: true,
    rank: 8,
    text: ({ session, row, formatters }) => formatters.moment(session.operations.start.get(row) - session.first),
  },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 116,
    rank: 3,
    text: ({ session, row }) => outcomeText(session, row),
  },
  {
    key: 'frame',
    title: 'Frame',
    width: 100,
    text: ({ session, row }) => documentLabel(session.documents.get(session.operations.document.get(row))),
    tip: ({ session, row }) => session.documents.get(session.operations.document.get(row))?.url ?? '',
  },
  {
    key: 'protocol',
    title: 'Protocol',
    width: 70,
    sortable: false,
    text: shown => httpOf(shown)?.protocol ?? devtoolsOf(shown)?.protocol ?? '',
  },
  {
    key: 'priority',
    title: 'Priority',
    width: 70,
    sortable: false,
    text: shown => devtoolsOf(shown)?.priority ?? '',
  },
  {
    key: 'error',
    title: 'Error',
    width: 160,
    sortable: false,
    text({ detail }) {
      const error = detail()?.error
      return error ? `${error.name}: ${errorMessage(error)}` : ''
    },
  },
]
