// Model: operations sorted by a column of the list. In the order of their start they are sorted already.
import { KINDS, OUTCOMES, type Outcome } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { OTHER } from '../session/operation-table.ts'
import type { Rows } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import { latency } from '../session/shown-duration.ts'
import { mergeSort } from './merge-sort.ts'

export interface Sort<Key extends string = string> {
  key: Key
  descending: boolean
}

export type OperationKey =
  | 'name'
  | 'method'
  | 'status'
  | 'kind'
  | 'initiator'
  | 'size'
  | 'duration'
  | 'waterfall'
  | 'start'
  | 'outcome'
  | 'frame'
  | 'protocol'
  | 'priority'
  | 'error'

/** Operations between two `yield`s. */
const STEP = 2_048

const BY_TEXT = [...KINDS].sort()
/** From least to most important, so that sorting brings failures to one end. */
const BY_WEIGHT: readonly Outcome[] = ['ok', 'pending', 'cancelled', 'failed']

/** Rows without a value come last in both directions. Equal rows stay in order of their start. */
export function* sortedRows(
  session: SessionModel,
  { list, from, to }: Rows,
  { key, descending }: Sort<OperationKey>,
): Generator<void, Uint32Array> {
  const keyOf = yield* keysOf(session, key)
  const positions = new Uint32Array(to - from)
  const keys = new Float64Array(to - from)
  for (let i = 0; i < positions.length; i++) {
    if (i % STEP === 0) yield
    positions[i] = i
    const value = keyOf(list.row(from + i))
    keys[i] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : descending ? -value : value
  }
  const sorted = yield* mergeSort(positions, (a, b) => compare(keys[a] as number, keys[b] as number))
  for (let i = 0; i < sorted.length; i++) {
    if (i % STEP === 0) yield
    sorted[i] = list.row(from + (sorted[i] as number))
  }
  return sorted
}

function* keysOf(session: SessionModel, key: OperationKey): Generator<void, (row: Row) => number> {
  const { operations } = session
  switch (key) {
    case 'name': {
      const ranks = yield* ranksOf(operations.names)
      return row => ranks[operations.name.get(row)] as number
    }
    case 'kind':
      // Requests that are no operations come last.
      return row => (operations.kind.get(row) === OTHER ? KINDS.length : BY_TEXT.indexOf(operations.kindOf(row)))
    case 'status':
      return row => operations.requests.statusOf(row) ?? Number.NaN
    case 'outcome': {
      const weights = OUTCOMES.map(outcome => BY_WEIGHT.indexOf(outcome))
      return row => weights[operations.outcome.get(row)] as number
    }
    case 'method': {
      const { method, methods, strings } = operations.requests
      const ranks = new Map([...methods].sort().map((text, rank) => [strings.add(text), rank]))
      return row => ranks.get(method.get(row)) ?? Number.NaN
    }
    case 'size':
      return row => operations.requests.size.get(row)
    case 'frame':
      return row => session.documents.get(operations.document.get(row))?.frameId ?? Number.NaN
    case 'waterfall':
    case 'start':
      return row => operations.start.get(row)
    case 'duration':
      return row => latency(session, row)
    case 'initiator':
    case 'protocol':
    case 'priority':
    case 'error':
      // These columns cannot be sorted: their values are in the details, which take seconds to read in a large session.
      return () => Number.NaN
  }
}

/** By id of a string: its position if all strings were sorted. */
function* ranksOf(strings: { size: number; get(index: number): string }): Generator<void, Float64Array> {
  const ids = new Uint32Array(strings.size)
  for (let i = 0; i < ids.length; i++) {
    if (i % STEP === 0) yield
    ids[i] = i
  }
  const sorted = yield* mergeSort(ids, (a, b) => compare(strings.get(a), strings.get(b)))
  const ranks = new Float64Array(sorted.length)
  for (let i = 0; i < sorted.length; i++) {
    if (i % STEP === 0) yield
    ranks[sorted[i] as number] = i
  }
  return ranks
}

export function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
