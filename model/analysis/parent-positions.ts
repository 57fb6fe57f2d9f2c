// Panel: which of some operations is the parent of which. Touches no DOM.
import type { OperationTable } from '../session/operation-table.ts'

/** Operations between two pauses. */
const STEP = 4_096
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
