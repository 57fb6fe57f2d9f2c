// Model: the parent and the children of an operation.
import type { Row } from '../numbers.ts'
import type { OperationTable } from '../session/operation-table.ts'

/** Children that are listed. `childCount` has no limit. */
export const MAX_CHILDREN = 50
/** Operations between two `yield`s. */
const STEP = 8_192

export interface Relatives {
  /** Rows. */
  parent: Row | null
  children: Row[]
  childCount: number
}

export const NO_RELATIVES: Relatives = { parent: null, children: [], childCount: 0 }

export function* relatives(operations: OperationTable, row: Row | null): Generator<void, Relatives> {
  if (row === null) return NO_RELATIVES
  const { document, source, id, parent } = operations
  const found: Relatives = { parent: null, children: [], childCount: 0 }
  const own = { document: document.get(row), source: source.get(row), id: id.get(row), parent: parent.get(row) }
  for (let other = 0 as Row; other < operations.length; other++) {
    if (other % STEP === 0) yield
    if (document.get(other) !== own.document || source.get(other) !== own.source) continue
    if (own.parent !== 0 && id.get(other) === own.parent) found.parent = other
    if (parent.get(other) !== own.id) continue
    found.childCount++
    if (found.children.length < MAX_CHILDREN) found.children.push(other)
  }
  return found
}
