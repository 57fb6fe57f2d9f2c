// Panel: the columns of the table of connections.
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import { type Formatters, UNKNOWN } from '../../../model/text/formatters.ts'
import type { OperationDetail } from '../../../wire/operations.ts'
import type { OptionalColumn } from '../../kit/column-layout.ts'

type ConnectionKey =
  | 'name'
  | 'kind'
  | 'state'
  | 'opened'
  | 'life'
  | 'received'
  | 'bytes-in'
  | 'sent'
  | 'bytes-out'
  | 'rate'
  | 'code'
  | 'reason'

export interface ShownConnection {
  session: SessionModel
  row: Row
  formatters: Formatters
  detail: OperationDetail
}

export interface ConnectionColumn extends OptionalColumn<ConnectionKey> {
  text(shown: ShownConnection): string
}

const resolutionOf = ({ session, row }: ShownConnection): number =>
  session.documents.get(session.operations.document.get(row))?.clockResolution ?? 0

/** Milliseconds until it opened: of a stream, until its headers came. Undefined if it has not opened. */
const openDuration = ({ detail: { connection, http } }: ShownConnection): number | undefined =>
  connection?.openDuration ?? http?.headersDuration

/** A connection that ended well is "closed"; otherwise its outcome says how it ended. */
function stateOf(shown: ShownConnection): string {
  const { session, row } = shown
  const outcome = session.operations.outcomeOf(row)
  if (session.operations.endIsUnknown(row)) return 'no end recorded'
  if (outcome === 'pending') return openDuration(shown) === undefined ? 'connecting' : 'open'
  return outcome === 'ok' ? 'closed' : outcome
}

const count =
  (key: 'messagesIn' | 'messagesOut') =>
  ({ detail: { connection }, formatters }: ShownConnection): string =>
    connection ? formatters.count(connection[key]) : ''

export const CONNECTION_COLUMNS: readonly ConnectionColumn[] = [
  { key: 'name', title: 'Name', width: 0, text: ({ session, row }) => session.operations.nameOf(row) },
  { key: 'kind', title: 'Kind', width: 96, rank: 8, text: ({ session, row }) => session.operations.kindOf(row) },
  { key: 'state', title: 'State', width: 84, rank: 1, text: stateOf },
  {
    key: 'opened',
    title: 'Opened after',
    width: 106,
    numeric: true,
    rank: 5,
    text(shown) {
      const opened = openDuration(shown)
      return opened === undefined ? UNKNOWN : shown.formatters.duration(opened, resolutionOf(shown))
    },
  },
  {
    key: 'life',
    title: 'Lifetime',
    width: 76,
    numeric: true,
    rank: 2,
    hint: 'From the call to the end, or until now',
    text: shown => shown.formatters.duration(shownDuration(shown.session, shown.row), resolutionOf(shown)),
  },
  { key: 'received', title: 'Received', width: 76, numeric: true, rank: 3, text: count('messagesIn') },
  {
    key: 'bytes-in',
    title: 'Bytes in',
    width: 76,
    numeric: true,
    rank: 6,
    text({ detail: { connection, http }, formatters }) {
      const bytes = connection?.bytesIn ?? http?.devtools?.transferSize
      return bytes === undefined ? '' : formatters.bytes(bytes)
    },
  },
  { key: 'sent', title: 'Sent', width: 64, numeric: true, rank: 4, text: count('messagesOut') },
  {
    key: 'bytes-out',
    title: 'Bytes out',
    width: 76,
    numeric: true,
    rank: 9,
    text: ({ detail: { connection }, formatters }) => (connection ? formatters.bytes(connection.bytesOut) : ''),
  },
  { key: 'rate', title: 'Messages over time', width: 140, rank: 7, text: () => '' },
  {
    key: 'code',
    title: 'Close code',
    width: 92,
    numeric: true,
    rank: 10,
    hint: 'RFC 6455, section 7.4',
    text: ({ detail }) => String(detail.connection?.closeCode ?? ''),
  },
  {
    key: 'reason',
    title: 'Close reason',
    width: 140,
    rank: 11,
    text: ({ detail }) => detail.connection?.closeReason ?? '',
  },
]
