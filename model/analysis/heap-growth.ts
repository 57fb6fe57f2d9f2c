// Model: how the heap changed over a range of time.
import type { MemoryTable } from '../session/memory-table.ts'

export interface HeapGrowth {
  /** Bytes in the first and the last sample of the range. */
  before: number
  after: number
}

/** Undefined if the range has fewer than two samples. */
export function heapGrowth(memory: MemoryTable, { from, to }: { from: number; to: number }): HeapGrowth | undefined {
  const before = memory.indexAt(from)
  const first = before >= 0 && memory.time.get(before) === from ? before : before + 1
  const last = memory.indexAt(to)
  return last > first ? { before: memory.used.get(first), after: memory.used.get(last) } : undefined
}
