// Model: which operations are the roots of others. A root and all below it are one trace.
import type { Row } from '../../numbers.ts'
import type { SessionModel } from '../../session/session-model.ts'

/** Operations between two `yield`s. */
const STEP = 4_096
/** A document has fewer sources than this. */
const MAX_SOURCES = 2 ** 16

/** By row: the row of its root, which is itself for an operation without a known parent. Cycles are cut. */
export function* spanRoots({ operations }: SessionModel): Generator<void, Uint32Array> {
  const parents = yield* parentRows(operations)
  const roots = new Uint32Array(operations.length).fill(UNKNOWN)
  for (let row = 0; row < roots.length; row++) {
    if (row % STEP === 0) yield
    const path: number[] = []
    let at = row
    while (roots[at] === UNKNOWN) {
      // Its root is found below; until then, whoever comes back to it is in a cycle.
      roots[at] = at
      path.push(at)
      const above = parents[at] as number
      if (above < 0) break
      at = above
    }
    const root = roots[at] as number
    for (const each of path) roots[each] = root
  }
  return roots
}

const UNKNOWN = 0xffffffff

/** By row: the row of the operation that started it, or -1. */
function* parentRows(operations: SessionModel['operations']): Generator<void, Int32Array> {
  const { document, source, id, parent } = operations
  /** By document and source: the rows of operations that have children, by their ids. */
  const wanted = new Map<number, Map<number, number>>()
  const ownerOf = (row: Row): number => document.get(row) * MAX_SOURCES + source.get(row)
  // The parent of an imported operation is any of its file.
  const keyOf = operations.imported ? () => 0 : ownerOf
  for (let row = 0 as Row; row < operations.length; row++) {
    if (row % STEP === 0) yield
    if (parent.get(row) === 0) continue
    const ids = wanted.get(keyOf(row)) ?? new Map<number, number>()
    wanted.set(keyOf(row), ids)
    ids.set(parent.get(row), -1)
  }
  const found = new Int32Array(operations.length).fill(-1)
  if (wanted.size === 0) return found
  for (let row = 0 as Row; row < operations.length; row++) {
    if (row % STEP === 0) yield
    const ids = wanted.get(keyOf(row))
    if (ids?.has(id.get(row))) ids.set(id.get(row), row)
  }
  for (let row = 0 as Row; row < operations.length; row++) {
    if (row % STEP === 0) yield
    if (parent.get(row) !== 0) found[row] = wanted.get(keyOf(row))?.get(parent.get(row)) ?? -1
  }
  return found
}
