// Test: rows of operations, made into columns as a page would.
import { SessionFold } from '../../../panel/session/session-fold.ts'
import type { DocumentInfo } from '../../../wire/batch.ts'
import {
  createOperationColumns,
  KINDS,
  type Kind,
  type OperationColumns,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
} from '../../../wire/operations.ts'

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
  const columns = createOperationColumns(rows.length)
  for (const [i, { id, name, kind = 'custom', outcome, start, duration, parent = 0, detail }] of rows.entries()) {
    columns.id[i] = id
    columns.kind[i] = KINDS.indexOf(kind)
    columns.outcome[i] = OUTCOMES.indexOf(outcome)
    columns.name[i] = columns.strings.push(name) - 1
    columns.start[i] = start
    columns.duration[i] = duration ?? Number.NaN
    columns.parent[i] = parent
    if (detail) columns.details.push([i, detail])
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
export function foldOf(all: Omit<TestRow, 'id'>[]): SessionFold {
  const fold = new SessionFold(0)
  const columns = columnsOf(all.map((row, i) => ({ ...row, id: i + 1 })))
  const batch = { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] }
  fold.apply({ type: 'batch', document: documentOf({ timeOrigin: 0 }), batch })
  return fold
}

/** All of a work in slices at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
