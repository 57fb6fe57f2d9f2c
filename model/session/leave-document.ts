// Model: what becomes of the operations of a document that is left, and that may come back from the back/forward cache.
import { BEACON, CANCELLED, CUSTOM, PENDING } from '../../wire/operations.ts'
import type { EndReason } from '../../wire/reason-codes.ts'
import type { DocumentNumber, Row } from '../numbers.ts'
import { listHeld } from './list-held.ts'
import { NO_ROW, type OperationTable } from './operation-table.ts'

/**
 * The document is gone. The browser cancels its requests and connections; what else is pending in it gets no end any more.
 * @param navigatedAt when another document took its place, in epoch milliseconds; undefined if it crashed.
 */
export function leaveDocument(
  table: OperationTable,
  document: DocumentNumber,
  reason: EndReason,
  navigatedAt?: number,
): void {
  for (const [number, held] of table.held.all()) {
    // DevTools reports the end of those that have ended.
    if (held.document !== document || held.outcome !== PENDING) continue
    if (table.held.responseOf(number)) table.held.release(number, NO_ROW)
    else listHeld(table, number)
  }
  for (const row of table.open.rowsOf(document)) {
    if (table.outcome.get(row) !== PENDING || table.endIsUnknown(row)) continue
    if (navigatedAt !== undefined && endsWithPage(table, row)) cancelByNavigation(table, row, navigatedAt)
    else table.setEndReason(row, reason)
  }
}

/** The document is there again: what it has pending may get an end. */
export function returnToDocument(table: OperationTable, document: DocumentNumber, reason: EndReason): void {
  for (const row of table.open.rowsOf(document)) {
    reopenCancelled(table, row)
    if (table.endReasonOf(row) === reason) table.endUnknown.set(row, 0)
  }
}

/** Makes a row pending again that was cancelled as its page was left; leaves any other as it is. */
export function reopenCancelled(table: OperationTable, row: Row): void {
  if (!table.cancelledByNavigation.delete(row)) return
  table.reopen(row)
  const { error: _, ...detail } = table.details.get(row) ?? {}
  table.setDetail(row, detail)
}

/** `sendBeacon` and `keepalive` are made to outlive their page: https://fetch.spec.whatwg.org/#request-keepalive-flag */
function endsWithPage(table: OperationTable, row: Row): boolean {
  const kind = table.kind.get(row)
  return kind !== CUSTOM && kind !== BEACON && !table.details.get(row)?.http?.keepalive
}

/**
 * Ends a row whose page, or frame, is gone. Should the page report an end after all, that holds.
 * @param time epoch milliseconds by the document's clock.
 */
export function cancelByNavigation(table: OperationTable, row: Row, time: number): void {
  table.cancelledByNavigation.add(row)
  table.setEnd(row, CANCELLED, Math.max(0, time - table.start.get(row)), true)
  table.setDetail(row, { ...table.details.get(row), error: { name: 'AbortError', code: 'navigated-away' } })
}
