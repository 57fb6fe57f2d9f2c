// Model: adds a document's recorded operations to the table. A pending operation is reported again when it has ended, which
// completes its row.
import type { Batch } from '../../wire/batch.ts'
import {
  CANCELLED,
  CUSTOM,
  type HttpDetail,
  KINDS,
  type Kind,
  type OperationColumns,
  type OperationDetail,
  PENDING,
  STREAM,
} from '../../wire/operations.ts'
import { TOO_MANY_IN_FLIGHT } from '../../wire/reason-codes.ts'
import { END_REASON_BITS } from '../../wire/request-columns.ts'
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'
import { completeFromPage } from './devtools-corrections.ts'
import { reopenCancelled } from './leave-document.ts'
import { NO_ROW, type OperationTable } from './operation-table.ts'
import { detailsOf, withDevtools } from './row-detail.ts'

/** The document and source that operations come from. */
export interface Origin {
  document: DocumentNumber
  source: SourceId
  /** Epoch milliseconds at which the document's clock was 0. */
  timeOrigin: number
  /**
   * The numbers of the other recordings of the same document. An operation that ran while DevTools was closed was reported
   * as pending by the recording before, and its end by the one after. Either may be stored first.
   */
  others?: readonly DocumentNumber[]
}

/** A request or connection that the page reports for the first time. */
export interface ReportedCall {
  /** NO_ROW if it is not listed; the number from `HeldRequests` if it is held. */
  row: Row
  kind: Kind
  /** Epoch milliseconds. */
  start: number
  /** Milliseconds that the native call took. */
  callDuration: number
  /** Index into OUTCOMES. */
  outcome: number
  detail: OperationDetail
}

/**
 * Returns the latest moment of the added operations, or -Infinity.
 * @param batch the batch that they come from. Operations that ended before `clearedAt`, and those that an earlier
 * recording of the document has reported, are not listed.
 */
export function recordOperations(
  table: OperationTable,
  { document, source, timeOrigin, others = [] }: Origin,
  columns: OperationColumns,
  { clearedAt = 0, reportedUntil = 0 }: Pick<Batch, 'clearedAt' | 'reportedUntil'> = {},
  onCall: (call: ReportedCall) => void = () => {},
): number {
  const before = table.length
  const earlier = others.filter(other => other < document)
  const names = columns.strings.map(name => table.names.add(name))
  const detailOf = detailsOf(columns)
  const open = table.open.of(document, source)
  let latest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < columns.id.length; i++) {
    const id = columns.id[i] as number
    const kind = columns.kind[i] as number
    const outcome = columns.outcome[i] as number
    const sinceOrigin = columns.start[i] as number
    const start = timeOrigin + sinceOrigin
    const duration = columns.duration[i] as number
    const detail = detailOf(i)
    const report = (row: Row): void => {
      if (!detail?.http && !detail?.connection) return
      const callDuration = columns.requests?.callDuration[i] ?? 0
      onCall({ row, kind: KINDS[kind] ?? 'custom', start, callDuration, outcome, detail })
    }
    let known = open.get(id)
    if (known === undefined && kind === CUSTOM && others.length > 0) {
      const isSame = (row: Row): boolean => table.kind.get(row) === CUSTOM && table.start.get(row) === start
      known = table.open.take(others, id, isSame)
      if (known !== undefined) open.set(id, known)
    }
    // The end was stored first.
    if (known !== undefined && kind === CUSTOM && outcome === PENDING && table.outcome.get(known) !== PENDING) continue
    if (known !== undefined && table.endedByDevtools.has(known)) {
      completeFromPage(table, known, detail, outcome, duration)
      if (outcome !== PENDING) open.delete(id)
      continue
    }
    if (known === undefined && earlier.length > 0 && detail?.http && sinceOrigin < reportedUntil) {
      endEarlier(table, earlier, { kind, outcome, start, end: start + duration, http: detail.http })
      continue
    }
    const held = known === undefined ? table.held.numberOf({ document, source, id }) : undefined
    if (known === undefined && sinceOrigin + duration < clearedAt) {
      if (held === undefined) report(NO_ROW)
      else table.held.release(held, NO_ROW)
      continue
    }
    if (known === undefined && mayBeEarlier(outcome, detail, clearedAt - sinceOrigin)) {
      const name = names[columns.name[i] as number] ?? 0
      const request = { document, source, id, kind, name, start, detail, outcome, duration }
      if (held === undefined) report(table.held.hold(request))
      else if (outcome !== PENDING && table.held.responseOf(held)?.abandoned) table.held.release(held, NO_ROW)
      else table.held.replace(held, request)
      continue
    }
    if (known !== undefined && table.cancelledByNavigation.has(known)) {
      if (outcome === PENDING) continue
      reopenCancelled(table, known)
    }
    const row = known ?? table.push(document, source, id, start)
    if (table.kind.get(row) !== STREAM) table.kind.set(row, kind)
    table.name.set(row, names[columns.name[i] as number] ?? 0)
    table.parent.set(row, columns.parent[i] ?? 0)
    table.setEnd(row, outcome, duration, known !== undefined)
    if (detail?.http) table.endUnknown.set(row, (columns.requests?.state[i] ?? 0) & END_REASON_BITS)
    if (detail) table.setDetail(row, known === undefined ? detail : withDevtools(detail, table.details.get(row)))
    else if (known !== undefined) table.setDetail(row, undefined)
    if (detail?.connection) table.traffic.report(row, detail.connection)
    if (held !== undefined) table.held.release(held, row)
    else if (known === undefined) report(row)
    // What an earlier recording has of it may be stored later.
    const isEarlier = known === undefined && kind === CUSTOM && sinceOrigin < reportedUntil
    if (outcome === PENDING || isEarlier) open.set(id, row)
    else if (known !== undefined) open.delete(id)
    const end = table.start.get(row) + (Number.isNaN(duration) ? 0 : duration)
    if (end > latest) latest = end
  }
  for (const id of columns.requests?.abandoned ?? []) abandon(table, open.get(id))
  table.order.add(before, table.length, table.start.values)
  return latest
}

/**
 * Whether only DevTools can say if a request ended before Clear: see held-requests.ts.
 * @param cleared milliseconds from its start to Clear.
 */
function mayBeEarlier(outcome: number, detail: OperationDetail | undefined, cleared: number): boolean {
  if (!detail?.http || cleared <= 0) return false
  const { headersDuration = 0, source } = detail.http
  // DevTools does not know requests that were made before it was opened.
  if (source === 'resource-timing') return false
  return outcome === PENDING || (outcome !== CANCELLED && detail.error === undefined && headersDuration < cleared)
}

/** The page script no longer waits for the end of this request. DevTools may still report it. */
function abandon(table: OperationTable, row: Row | undefined): void {
  if (row !== undefined && table.outcome.get(row) === PENDING) table.endUnknown.set(row, TOO_MANY_IN_FLIGHT)
}

interface EarlierRequest {
  kind: number
  outcome: number
  /** Epoch milliseconds. */
  start: number
  end: number
  http: HttpDetail
}

/** Ends a request that an earlier recording of the document reported as pending. */
function endEarlier(
  table: OperationTable,
  documents: readonly DocumentNumber[],
  { kind, outcome, start, end, http: { source: _, ...reported } }: EarlierRequest,
): void {
  if (outcome === PENDING) return
  const isSame = (row: Row): boolean =>
    [kind, STREAM].includes(table.kind.get(row)) &&
    table.start.get(row) <= start &&
    table.details.get(row)?.http?.url === reported.url
  const row = table.open.takeFirst(documents, isSame)
  if (row === undefined) return
  const { http, ...known } = table.details.get(row) ?? {}
  const detail = { ...known, http: { ...reported, ...http, match: 'inferred' as const } }
  if (table.endedByDevtools.has(row)) {
    completeFromPage(table, row, detail, outcome, end - table.start.get(row))
    return
  }
  table.setEnd(row, outcome, end - table.start.get(row), true)
  table.setDetail(row, detail)
}
