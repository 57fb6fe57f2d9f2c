// Panel: what memory did over a span of time. Touches no DOM.
import type { MemoryTable } from '../session/memory-table.ts'

export interface HeapGrowth {
  /** Bytes at the span's first and last sample. */
  before: number
  after: number
}

/** Undefined where the span has not two samples. */
export function heapGrowth(memory: MemoryTable, { from, to }: { from: number; to: number }): HeapGrowth | undefined {
  const before = memory.indexAt(from)
  const first = before >= 0 && memory.time.get(before) === from ? before : before + 1
  const last = memory.indexAt(to)
  return last > first ? { before: memory.used.get(first), after: memory.used.get(last) } : undefined
}
