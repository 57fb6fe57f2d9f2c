// Node (the test's process): a batch as the page script has written it.
import type { RawBatch } from '../wire/batch.ts'

/** The members of a batch that are typed arrays, wherever they are. */
const COLUMNS = {
  id: Uint32Array,
  name: Uint32Array,
  parent: Uint32Array,
  entryIndex: Uint32Array,
  abandoned: Uint32Array,
  kind: Uint8Array,
  outcome: Uint8Array,
  state: Uint8Array,
  callDuration: Float32Array,
  start: Float64Array,
  duration: Float64Array,
  timings: Float64Array,
  summary: Float64Array,
}

interface Encoded {
  operations?: { columns?: Record<string, unknown> & { requests?: Record<string, unknown> } }[]
  losses?: Record<string, unknown>[]
}

/** In place. What is not as the page script writes it stays as it is, and is found by `checkedBatch`. */
export function decodeBatch(encoded: unknown): RawBatch {
  const { operations = [], losses = [] } = encoded as Encoded
  for (const { columns } of operations) {
    if (!columns) continue
    decodeColumns(columns)
    if (columns.requests) decodeColumns(columns.requests)
  }
  for (const loss of losses) decodeColumns(loss)
  return encoded as RawBatch
}

function decodeColumns(bag: Record<string, unknown>): void {
  for (const [name, Type] of Object.entries(COLUMNS)) {
    const text = bag[name]
    if (typeof text !== 'string') continue
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
    bag[name] = new Type(bytes.buffer, 0, Math.floor(bytes.length / Type.BYTES_PER_ELEMENT))
  }
}
