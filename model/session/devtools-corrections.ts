// Model: ends or corrects rows by what DevTools reports. The page knows why a request was aborted, and what CORS forbids;
// DevTools sees a cancelled or an ordinary request there. If DevTools saw a request fail, it failed: the page aborted it
// later, or the body broke off after the headers.
import type { NetworkRequest } from '../../wire/network.ts'
import {
  CANCELLED,
  type ErrorDetail,
  FAILED,
  type HttpDetail,
  type OperationDetail,
  OUTCOMES,
  PENDING,
} from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import type { DevtoolsEnd } from './devtools-end.ts'
import type { OperationTable } from './operation-table.ts'

/**
 * Ends a pending row by what DevTools saw. Resource Timing may report the end much later (the entry of a body that nobody
 * reads waits for garbage collection). Then the page's report adds details, and the outcome as the page saw it.
 */
export function endByDevtools(
  table: OperationTable,
  row: Row,
  { outcome, duration, error }: Pick<DevtoolsEnd, 'outcome' | 'duration' | 'error'>,
): void {
  if (table.outcome.get(row) !== PENDING) return
  table.endedByDevtools.add(row)
  table.setEnd(row, OUTCOMES.indexOf(outcome), duration, true)
  if (error) table.setDetail(row, { ...table.details.get(row), error })
}

/** Marks a row as failed with this error, whatever the page reported. */
export function failByDevtools(table: OperationTable, row: Row, error: ErrorDetail): void {
  if (table.outcome.get(row) !== FAILED) table.correctEnd(row, FAILED, table.duration.get(row))
  table.setDetail(row, { ...table.details.get(row), error })
}

/** Replaces the details of a request. */
export function setHttp(table: OperationTable, row: Row, http: HttpDetail): void {
  table.setDetail(row, { ...table.details.get(row), http })
}

/** Adds what DevTools saw of a connection to its details. @param isGuess it may be another connection's. */
export function setConnectionDevtools(
  table: OperationTable,
  row: Row,
  devtools: NetworkRequest,
  isGuess: boolean,
): void {
  const { connection, ...detail } = table.details.get(row) ?? {}
  if (!connection) return
  const match = isGuess ? { match: 'inferred' as const } : {}
  table.setDetail(row, { ...detail, connection: { ...connection, ...match, devtools } })
}

/**
 * Adds the page's report of a row that DevTools has ended already.
 * @param later the details in the report; `outcome` is an index into OUTCOMES.
 * @param reported milliseconds.
 */
export function completeFromPage(
  table: OperationTable,
  row: Row,
  later: OperationDetail | undefined,
  outcome: number,
  reported: number,
): void {
  const { error, ...known } = table.details.get(row) ?? {}
  // The page knows when a request was aborted or timed out. DevTools only knows that its body was abandoned.
  const pageKnowsEnd = outcome === CANCELLED || later?.error !== undefined || known.http?.devtools?.unfinished
  const isOpen = known.http?.bodyEndUnknown && pageKnowsEnd
  const endsBody = outcome !== PENDING && isOpen === true && !Number.isNaN(reported)
  if (later?.http && known.http) {
    const http = { ...later.http, ...known.http }
    if (endsBody) delete http.bodyEndUnknown
    setHttp(table, row, http)
  }
  const duration = endsBody ? reported : table.duration.get(row)
  if (outcome === PENDING || outcome === table.outcome.get(row) || (error && outcome !== FAILED)) {
    if (endsBody) table.correctEnd(row, table.outcome.get(row), duration)
    return
  }
  table.correctEnd(row, outcome, duration)
  const http = table.details.get(row)?.http
  table.setDetail(row, { ...known, ...(http ? { http } : {}), ...(later?.error ? { error: later.error } : {}) })
}
