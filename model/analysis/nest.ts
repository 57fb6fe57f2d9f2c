// Panel: operations in the order of a tree: each one's children under it. Touches no DOM.

/** Deeper ones are drawn as deep as this. */
const MAX_DEPTH = 255
/** Operations between two pauses. */
const STEP = 4_096

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
