// Model: the operations of a session as CSV. An empty cell is what is not known.
import type { RequestPhases } from '../../../wire/network.ts'
import { groupByRoute } from '../../analysis/grouping.ts'
import { phasesOf } from '../../analysis/phase-segments.ts'
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { timesOf } from '../operation-times.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { documentFields } from '../session/session-source.ts'
import { type CsvValue, csvLine } from './csv-cell.ts'

const PHASES = [
  'redirect',
  'queued',
  'dns',
  'connect',
  'tls',
  'send',
  'wait',
  'receive',
] as const satisfies (keyof RequestPhases)[]

const COLUMNS = [
  'id',
  'name',
  'route',
  'kind',
  'outcome',
  'start_time',
  'start_ms',
  'duration_ms',
  'headers_ms',
  'method',
  'url',
  'status',
  'protocol',
  'transfer_bytes',
  'encoded_body_bytes',
  'decoded_body_bytes',
  'from_cache',
  'service_worker',
  ...PHASES.map(phase => `${phase}_ms`),
  'open_ms',
  'messages_in',
  'bytes_in',
  'messages_out',
  'bytes_out',
  'close_code',
  'error_name',
  'error_message',
  'end_unknown',
  'parent_id',
  'document_id',
  'frame_id',
  'metadata',
]

/** The session must not change until all parts have been requested. */
export function* writeOperationsCsv(session: SessionModel): Generator<FilePart, void> {
  const { operations } = session
  const { order } = operations
  const grouping = groupByRoute(operations)
  const out = new PartWriter()
  out.text(csvLine(COLUMNS))
  for (let position = 0; position < order.length; position++) {
    const row = order.row(position)
    out.text(csvLine(cellsOf(session, row, grouping.nameOf(grouping.groupOf(row)))), 1)
    if (out.isFull) yield out.take()
  }
  yield out.take()
}

function cellsOf(session: SessionModel, row: Row, route: string): CsvValue[] {
  const { operations } = session
  const { http, connection, error, metadata } = operations.details.get(row) ?? {}
  const { start, total, headers, isPending } = timesOf(session, row)
  const { documentId, frameId } = documentFields(session, operations.document.get(row))
  const phases = phasesOf(http)?.phases ?? {}
  return [
    operations.idOf(row),
    operations.nameOf(row),
    route,
    operations.kindOf(row),
    operations.outcomeOf(row),
    new Date(start).toISOString(),
    start,
    isPending ? undefined : total,
    isPending ? undefined : headers,
    http?.method,
    http?.url ?? connection?.url,
    operations.requests.statusOf(row),
    http?.protocol ?? (http ?? connection)?.devtools?.protocol,
    operations.requests.sizeOf(row),
    http?.encodedBodySize,
    http?.decodedBodySize,
    http?.fromCache,
    http?.serviceWorker,
    ...PHASES.map(phase => phases[phase]),
    connection?.openDuration,
    connection?.messagesIn,
    connection?.bytesIn,
    connection?.messagesOut,
    connection?.bytesOut,
    connection?.closeCode,
    error?.name,
    error?.message ?? error?.code,
    operations.endReasonOf(row),
    operations.parentIdOf(row),
    documentId,
    frameId,
    metadata === undefined ? undefined : JSON.stringify(metadata),
  ]
}
