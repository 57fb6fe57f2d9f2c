// Any world: which operations were started within which.
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'

/** Operations between two pauses. */
const STEP = 4_096

/** By the position of the parent, in order: its children's positions, by start. */
export interface Families extends Iterable<[parent: number, children: readonly number[]]> {
  /** Whether an operation has children. */
  has(position: number): boolean
}

/** @param row the operation of each position. */
export function* gatherFamilies({ operations }: SessionModel, row: Uint32Array): Generator<void, Families> {
  const { document, source, id, parent } = operations
  const families = new Map<number, readonly number[]>()
  const isParent = new Uint8Array(row.length)
  const found: Families = {
    has: position => isParent[position] === 1,
    [Symbol.iterator]: () => families[Symbol.iterator](),
  }
  // Ids count within a source of a document.
  const wanted = new Map<number, Map<number, number[]>>()
  const originOf = (each: Row): number => document.get(each) * MAX_SOURCES + source.get(each)
  for (let position = 0; position < row.length; position++) {
    if (position % STEP === 0) yield
    const each = row[position] as Row
    const own = parent.get(each)
    if (own === 0) continue
    const origin = originOf(each)
    const ids = wanted.get(origin) ?? new Map<number, number[]>()
    wanted.set(origin, ids)
    const children = ids.get(own)
    if (children) children.push(position)
    else ids.set(own, [position])
  }
  if (wanted.size === 0) return found
  for (let position = 0; position < row.length; position++) {
    if (position % STEP === 0) yield
    const each = row[position] as Row
    const children = wanted.get(originOf(each))?.get(id.get(each))
    if (!children) continue
    families.set(position, children)
    isParent[position] = 1
  }
  return found
}

/** Sources are numbered in 16 bits. */
const MAX_SOURCES = 65_536
