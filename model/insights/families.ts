// Any world: which operations were started within which.
import type { Row } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'

/** Operations between two pauses. */
const STEP = 4_096

/** By the position of the parent, in order: its children's positions, by start. */
export interface Families extends Iterable<readonly [parent: number, children: Uint32Array]> {
  /** Whether an operation has children. */
  has(position: number): boolean
}

/** @param row the operation of each position. */
export function* gatherFamilies({ operations }: SessionModel, row: Uint32Array): Generator<void, Families> {
  const { document, source, id, parent } = operations
  const { length } = row
  let children = 0
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    if (parent.get(row[position] as Row) !== 0) children++
  }
  if (children === 0) return { has: () => false, [Symbol.iterator]: () => [][Symbol.iterator]() }

  // Ids count within a source of a document. They follow each other, so the slots of neighbours do too.
  const mask = 2 ** Math.ceil(Math.log2(2 * length)) - 1
  const slots = new Uint32Array(mask + 1)
  const slotOf = (each: Row, number: number): number =>
    (number + Math.imul(document.get(each) * MAX_SOURCES + source.get(each), SPREAD)) & mask
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    const each = row[position] as Row
    let slot = slotOf(each, id.get(each))
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = position + 1
  }
  const parentOf = new Uint32Array(length)
  const firstChild = new Uint32Array(length + 1)
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    const each = row[position] as Row
    const wanted = parent.get(each)
    if (wanted === 0) continue
    for (let slot = slotOf(each, wanted); slots[slot] !== 0; slot = (slot + 1) & mask) {
      const found = (slots[slot] as number) - 1
      const other = row[found] as Row
      if (id.get(other) !== wanted || document.get(other) !== document.get(each)) continue
      if (source.get(other) !== source.get(each)) continue
      parentOf[position] = found + 1
      firstChild[found + 1] = (firstChild[found + 1] as number) + 1
      break
    }
  }
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    firstChild[position + 1] = (firstChild[position + 1] as number) + (firstChild[position] as number)
  }
  const filled = firstChild.slice()
  const all = new Uint32Array(children)
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    const own = parentOf[position] as number
    if (own === 0) continue
    const at = filled[own - 1] as number
    all[at] = position
    filled[own - 1] = at + 1
  }
  const has = (position: number): boolean => firstChild[position + 1] !== firstChild[position]
  return {
    has,
    *[Symbol.iterator]() {
      for (let position = 0; position < length; position++) {
        if (has(position)) yield [position, all.subarray(firstChild[position], firstChild[position + 1])] as const
      }
    },
  }
}

/** Sources are numbered in 16 bits. */
const MAX_SOURCES = 65_536
/** An odd number far from small multiples of others, so that sources have slots of their own. */
const SPREAD = 0x9e3779b1
