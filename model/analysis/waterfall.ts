// Model: what the timeline shows: the operations that ran in a range of time, as trees of parents and children, and how
// many of them ran concurrently.

import type { Row } from '../numbers.ts'
import { extentOf } from '../session/extent.ts'
import type { OperationTable } from '../session/operation-table.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'
import { type Concurrency, concurrency, endOf } from './concurrency.ts'

/** Operations between two `yield`s. */
const STEP = 4_096
/** The depth is stored in a byte: deeper operations are drawn at this depth. */
const MAX_DEPTH = 255
/** A document has fewer sources than this. */
const MAX_SOURCES = 2 ** 16

export interface WaterfallInputs {
  session: SessionModel
  /** Sorted by start. */
  matches: SortedRowIndex
  /** Epoch milliseconds; null for all. */
  zoom: { from: number; to: number } | null
}

interface Tree {
  /** Each operation is followed by its children. */
  rows: Uint32Array
  /** How many ancestors each has; null if none has any. */
  depths: Uint8Array | null
}

export interface Waterfall extends Tree {
  /** The session that the rows belong to. */
  session: SessionModel | null
  concurrency: Concurrency
}

export const EMPTY_WATERFALL: Waterfall = {
  session: null,
  rows: new Uint32Array(),
  depths: null,
  concurrency: { from: 0, to: 1, peaks: new Float64Array(), max: 0 },
}

/** Includes operations that started before the range and were still running when it begins. */
export function* waterfall({ session, matches, zoom }: WaterfallInputs): Generator<void, Waterfall> {
  const { operations } = session
  const { to } = rowsIn(matches, operations.start, zoom)
  const found = new Uint32Array(to)
  let count = 0
  for (let position = 0; position < to; position++) {
    if (position % STEP === 0) yield
    const row = matches.row(position)
    if (!zoom || endOf(session, row) >= zoom.from) found[count++] = row
  }
  const rows = found.subarray(0, count)
  const concurrent = yield* concurrency(session, rows, zoom ?? extentOf(session))
  const tree = yield* nest(rows, yield* parentPositions(operations, rows))
  return { session, concurrency: concurrent, ...tree }
}

/** @param parents the position of each row's parent, or -1; without cycles */
function* nest(rows: Uint32Array, parents: Int32Array | null): Generator<void, Tree> {
  if (!parents) return { rows, depths: null }
  const { length } = rows
  // Linked lists of children, by position of the parent plus one. Number 0 is the list of the roots.
  const first = new Int32Array(length + 1).fill(-1)
  const next = new Int32Array(length)
  for (let position = length - 1; position >= 0; position--) {
    if (position % STEP === 0) yield
    const above = (parents[position] as number) + 1
    next[position] = first[above] as number
    first[above] = position
  }
  const ordered = new Uint32Array(length)
  const depths = new Uint8Array(length)
  let placed = 0
  const open: number[] = []
  let position = first[0] as number
  while (placed < length) {
    if (placed % STEP === 0) yield
    ordered[placed] = rows[position] as number
    depths[placed++] = Math.min(open.length, MAX_DEPTH)
    const child = first[position + 1] as number
    if (child >= 0) {
      open.push(position)
      position = child
      continue
    }
    while ((next[position] as number) < 0 && open.length > 0) position = open.pop() as number
    position = next[position] as number
  }
  return { rows: ordered, depths }
}

/**
 * The position of each row's parent, or -1 if that is not among the rows; null if no row has a parent. A file may
 * contain cycles of parents: they are cut, so that following the positions always ends.
 */
function* parentPositions(operations: OperationTable, rows: Uint32Array): Generator<void, Int32Array | null> {
  const { parent, id } = operations
  /** By document and source: the ids of parents, with their positions. */
  const wanted = new Map<number, Map<number, number>>()
  const sourceOf = (row: Row): number => operations.document.get(row) * MAX_SOURCES + operations.source.get(row)
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as Row
    if (parent.get(row) === 0) continue
    const ids = wanted.get(sourceOf(row)) ?? new Map<number, number>()
    wanted.set(sourceOf(row), ids)
    ids.set(parent.get(row), -1)
  }
  if (wanted.size === 0) return null
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as Row
    const ids = wanted.get(sourceOf(row))
    if (ids?.has(id.get(row))) ids.set(id.get(row), position)
  }
  const found = new Int32Array(rows.length)
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as Row
    found[position] = parent.get(row) === 0 ? -1 : (wanted.get(sourceOf(row))?.get(parent.get(row)) ?? -1)
  }
  yield* cutCycles(found)
  return found
}

/** Visits each position once. */
function* cutCycles(parents: Int32Array): Generator<void, void> {
  /** The position from which each was reached first, plus one; 0 if it was not. */
  const reachedFrom = new Int32Array(parents.length)
  for (let position = 0; position < parents.length; position++) {
    if (position % STEP === 0) yield
    // In every cycle at least one operation has a parent that does not come before it.
    if ((parents[position] as number) < position) continue
    let above = position
    while (above >= 0 && reachedFrom[above] === 0) {
      reachedFrom[above] = position + 1
      above = parents[above] as number
    }
    if (above >= 0 && reachedFrom[above] === position + 1) parents[above] = -1
  }
}
