// Test: rows of operations, made into columns as a page would.

import { httpDetailOf } from '../../../model/session/request-detail.ts'
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
} from '../../../wire/operations.ts'
import { createRequestColumns, FIGURES, MANUAL_REDIRECT, type RequestColumns } from '../../../wire/request-columns.ts'

export interface TestRow {
  id: number
  name: string
  kind?: Kind
  outcome: Outcome
  /** Milliseconds since the document's time origin. */
  start: number
  duration?: number
  parent?: number
  detail?: OperationDetail
}

export function columnsOf(rows: readonly TestRow[]): OperationColumns {
  const https = rows.map(({ detail }) => detail?.http)
  const requests = https.some(http => http) ? requestColumnsOf(https) : undefined
  const columns = { ...createOperationColumns(rows.length), requests }
  for (const [i, { id, name, kind = 'custom', outcome, start, duration, parent = 0, detail }] of rows.entries()) {
    columns.id[i] = id
    columns.kind[i] = KINDS.indexOf(kind)
    columns.outcome[i] = OUTCOMES.indexOf(outcome)
    columns.name[i] = columns.strings.push(name) - 1
    columns.start[i] = start
    columns.duration[i] = duration ?? Number.NaN
    columns.parent[i] = parent
    const { http, ...given } = detail ?? {}
    const rest = { ...given, ...(http?.graphql ? { graphql: http.graphql } : {}) }
    if (Object.keys(rest).length > 0) columns.details.push([i, rest])
  }
  return columns
}

/** Each row has a name of its own, as `columnsOf` gives it one. */
function requestColumnsOf(https: readonly (HttpDetail | undefined)[]): RequestColumns {
  const columns = createRequestColumns(https.length)
  columns.figuresOf = new Uint32Array(https.length)
  columns.figures = new Float64Array(https.length * FIGURES.length)
  columns.figures.fill(Number.NaN)
  for (const [i, http] of https.entries()) {
    columns.methods.push(http?.method ?? '')
    columns.urls.push(http?.url ?? '')
    columns.state[i] = http?.redirect ? MANUAL_REDIRECT : 0
    const figures: Partial<Record<string, unknown>> = { ...http, ...http?.phases }
    if (!http?.endSource && !FIGURES.some(figure => figure in figures)) continue
    columns.figuresOf[i] = i + 1
    for (const [offset, figure] of FIGURES.entries()) {
      const value = figures[figure]
      if (typeof value === 'number') columns.figures[i * FIGURES.length + offset] = value
    }
  }
  return columns
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
export function foldOf(all: Omit<TestRow, 'id'>[]): SessionModel {
  const session = new SessionModel(0)
  const columns = columnsOf(all.map((row, i) => ({ ...row, id: i + 1 })))
  const batch = { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] }
  session.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
  return session
}

/** All of a work in slices at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
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
