// Panel: what the timeline shows: the operations that ran in a span of time, children under their parent, and how many
// ran at once. Touches no DOM.

import type { OperationTable } from '../session/operation-table.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { SortedRowIndex } from '../session/sorted-row-index.ts'
import { type Concurrency, concurrency, endOf } from './concurrency.ts'

/** Operations between two pauses. */
const STEP = 4_096

export interface WaterfallInputs {
  session: SessionModel
  matches: SortedRowIndex
  /** Epoch milliseconds; null for all. */
  zoom: { from: number; to: number } | null
}

export interface Waterfall extends Nested {
  of: SessionModel | null
  concurrency: Concurrency
}

export const EMPTY_WATERFALL: Waterfall = {
  of: null,
  rows: new Uint32Array(),
  depths: null,
  concurrency: { from: 0, to: 1, peaks: new Float64Array(), most: 0 },
}

/** Those that began before the span and reach into it are part of it. */
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
  const atOnce = yield* concurrency(session, rows, zoom ?? { from: session.first, to: session.latest })
  const nested = yield* nest(rows, yield* parentPositions(operations, rows))
  return { of: session, concurrency: atOnce, ...nested }
}

/** Deeper ones are drawn as deep as this. */
const MAX_DEPTH = 255

export interface Nested {
  rows: Uint32Array
  /** How many parents stand above each; null where none has any. */
  depths: Uint8Array | null
}

/** @param parents the position of each row's parent, or -1; in no circle */
export function* nest(rows: Uint32Array, parents: Int32Array | null): Generator<void, Nested> {
  if (!parents) return { rows, depths: null }
  const { length } = rows
  // The children of each as a list; position 0 stands for what is above all.
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

/** The greatest number of sources of one document. */
const SOURCES = 2 ** 16

/**
 * For each of the rows the position of its parent's row; -1 where that is not among them. Null where none has a parent.
 * Who follows them comes to an end: of what a file tells in a circle, one has no parent.
 */
export function* parentPositions(operations: OperationTable, rows: Uint32Array): Generator<void, Int32Array | null> {
  const { parent, id } = operations
  /** By document and source: the position of each id that is a parent. */
  const wanted = new Map<number, Map<number, number>>()
  const sourceOf = (row: number): number => operations.document.get(row) * SOURCES + operations.source.get(row)
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as number
    if (parent.get(row) === 0) continue
    const ids = wanted.get(sourceOf(row)) ?? new Map<number, number>()
    wanted.set(sourceOf(row), ids)
    ids.set(parent.get(row), -1)
  }
  if (wanted.size === 0) return null
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as number
    const ids = wanted.get(sourceOf(row))
    if (ids?.has(id.get(row))) ids.set(id.get(row), position)
  }
  const found = new Int32Array(rows.length)
  for (let position = 0; position < rows.length; position++) {
    if (position % STEP === 0) yield
    const row = rows[position] as number
    found[position] = parent.get(row) === 0 ? -1 : (wanted.get(sourceOf(row))?.get(parent.get(row)) ?? -1)
  }
  yield* cutCircles(found)
  return found
}

/** Looks at each position once. */
function* cutCircles(parents: Int32Array): Generator<void, void> {
  /** From where each was first come to, plus 1; 0 for nowhere. */
  const reachedFrom = new Int32Array(parents.length)
  for (let position = 0; position < parents.length; position++) {
    if (position % STEP === 0) yield
    // Of each circle there is one whose parent does not stand before it.
    if ((parents[position] as number) < position) continue
    let above = position
    while (above >= 0 && reachedFrom[above] === 0) {
      reachedFrom[above] = position + 1
      above = parents[above] as number
    }
    if (above >= 0 && reachedFrom[above] === position + 1) parents[above] = -1
  }
}
