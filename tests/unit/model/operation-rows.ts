// Test: rows of operations, made into columns as a page would.

import { measureRequests } from '../../../extension/background/request-measures.ts'
import type { Row } from '../../../model/numbers.ts'
import { httpDetailOf } from '../../../model/session/row-detail.ts'
import { SessionModel } from '../../../model/session/session-model.ts'
import type { DocumentInfo } from '../../../wire/batch.ts'
import {
  createOperationColumns,
  type HttpDetail,
  KINDS,
  type Kind,
  type OperationColumns,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
  type RawOperationColumns,
} from '../../../wire/operations.ts'
import { END_REASONS, type EndReason } from '../../../wire/reason-codes.ts'
import {
  createRawRequestColumns,
  EARLIER,
  KEEPALIVE,
  MANUAL_REDIRECT,
  MEASURES,
  type RequestColumns,
  SYNCHRONOUS,
  TIMING_FIELDS,
  TIMING_WIDTH,
} from '../../../wire/request-columns.ts'

export interface TestRow {
  id: number
  name: string
  kind?: Kind
  outcome: Outcome
  /** Milliseconds since the document's time origin. */
  start: number
  duration?: number
  parent?: number
  /** Of a request, or in `sessionOf`. */
  endUnknown?: EndReason | undefined
  detail?: OperationDetail
}

export function columnsOf(rows: readonly TestRow[]): OperationColumns {
  const https = rows.map(({ detail }) => detail?.http)
  const requests = https.some(http => http) ? requestColumnsOf(https) : undefined
  const columns = { ...createOperationColumns(rows.length), requests }
  for (const [
    i,
    { id, name, kind = 'custom', outcome, start, duration, parent = 0, endUnknown, detail },
  ] of rows.entries()) {
    columns.id[i] = id
    columns.kind[i] = KINDS.indexOf(kind)
    columns.outcome[i] = OUTCOMES.indexOf(outcome)
    columns.name[i] = columns.strings.push(name) - 1
    columns.start[i] = start
    columns.duration[i] = duration ?? Number.NaN
    columns.parent[i] = parent
    if (requests) (requests.state[i] as number) |= END_REASONS.indexOf(endUnknown)
    const { http, ...given } = detail ?? {}
    const rest = { ...given, ...(http?.graphql ? { graphql: http.graphql } : {}) }
    if (Object.keys(rest).length > 0) columns.details.push([i, rest])
  }
  return columns
}

/** Each row has a name of its own, as `columnsOf` gives it one. */
function requestColumnsOf(https: readonly (HttpDetail | undefined)[]): RequestColumns {
  const { timings: _, ...columns } = createRawRequestColumns(https.length)
  columns.entryIndex = new Uint32Array(https.length)
  const measures = new Float64Array(https.length * MEASURES.length).fill(Number.NaN)
  for (const [i, http] of https.entries()) {
    columns.methods.push(http?.method ?? '')
    columns.urls.push(http?.url ?? '')
    columns.state[i] =
      (http?.redirect ? MANUAL_REDIRECT : 0) |
      (http?.keepalive ? KEEPALIVE : 0) |
      (http?.source ? EARLIER : 0) |
      (http?.async === false ? SYNCHRONOUS : 0)
    const known: Partial<Record<string, unknown>> = { ...http, ...http?.phases }
    if (!http?.endSource && !MEASURES.some(measure => measure in known)) continue
    columns.entryIndex[i] = i + 1
    for (const [offset, measure] of MEASURES.entries()) {
      const value = known[measure]
      if (typeof value === 'number') measures[i * MEASURES.length + offset] = value
    }
  }
  return { ...columns, measures }
}

export const TIME_ORIGIN = 1_790_000_000_000

export function documentOf(change: Partial<DocumentInfo> = {}): DocumentInfo {
  return {
    stream: 'stream-1',
    frameId: 0,
    url: 'https://shop.example/cart',
    title: 'Cart',
    userAgent: 'test',
    timeOrigin: TIME_ORIGIN,
    clockResolution: 0.1,
    memoryAvailable: true,
    navigationType: 'navigate',
    ...change,
  }
}

/** A session of these operations, whose time begins at 0. */
export function sessionOf(all: Omit<TestRow, 'id'>[]): SessionModel {
  const session = new SessionModel(0)
  const columns = columnsOf(all.map((row, i) => ({ ...row, id: i + 1 })))
  const batch = { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] }
  session.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
  for (const [row, { endUnknown }] of all.entries()) {
    if (endUnknown) session.operations.setEndReason(row as Row, endUnknown)
  }
  return session
}

/** All of a work in slices at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Rows as the page script sends them: of what is measured of a request, its status alone. */
export function rawColumnsOf(rows: readonly TestRow[]): RawOperationColumns {
  const { requests, ...columns } = columnsOf(rows)
  if (!requests) return { ...columns, requests }
  const { measures: _, ...raw } = requests
  const timings = new Float64Array(rows.length * TIMING_WIDTH)
  for (const [i, { detail }] of rows.entries()) {
    timings[i * TIMING_WIDTH + TIMING_FIELDS.indexOf('responseStatus')] = detail?.http?.status ?? 0
  }
  return { ...columns, requests: { ...raw, timings } }
}

/** As the background completes what the page script has sent. */
export function finished({ requests, ...columns }: RawOperationColumns): OperationColumns {
  return { ...columns, requests: requests && measureRequests(requests, columns.start) }
}

/** Columns as rows again. */
export function rowsOf(columns: OperationColumns): unknown[] {
  const { id, name, outcome, start, duration, parent, strings, details } = columns
  const detail = new Map(details)
  return [...id].map((each, i) => [
    each,
    strings[name[i] as number],
    outcome[i],
    start[i],
    duration[i],
    parent[i],
    detail.get(i),
    httpDetailOf(columns, i),
  ])
}
