// Any world: what is left of the heap after each collection, and whether that rises.
import type { MemoryTable } from '../session/memory-table.ts'
import type { Span } from './spans.ts'

/** The share of the heap by which it has to fall to have been collected. */
const MIN_FALL = 0.1
/** Bytes: smaller falls are noise of the reading. */
const MIN_FALL_BYTES = 500_000

export interface HeapFloor {
  /** Epoch milliseconds. */
  time: number
  /** Bytes. */
  used: number
}

/** The least reading after each fall, in a span. */
export function heapFloors(memory: MemoryTable, { from, to }: Span): HeapFloor[] {
  const floors: HeapFloor[] = []
  let peak = 0
  let lowest: HeapFloor | undefined
  for (let i = Math.max(0, memory.indexAt(from)); i < memory.length && memory.time.get(i) <= to; i++) {
    const [time, used] = [memory.time.get(i), memory.used.get(i)]
    if (time < from) continue
    if (lowest) {
      if (used <= lowest.used) lowest = { time, used }
      else if (used - lowest.used > Math.max(MIN_FALL_BYTES / 2, (peak - lowest.used) / 4)) {
        floors.push(lowest)
        lowest = undefined
        peak = used
      }
    } else if (peak - used > Math.max(MIN_FALL_BYTES, peak * MIN_FALL)) lowest = { time, used }
    else peak = Math.max(peak, used)
  }
  if (lowest) floors.push(lowest)
  return floors
}

/** Mann and Kendall's z of a rise: 0 without one, 2.4 in one of a hundred series that do not rise. */
export function riseOf(values: readonly number[]): number {
  const n = values.length
  let s = 0
  for (let i = 0; i < n; i++)
    for (let k = i + 1; k < n; k++) s += Math.sign((values[k] as number) - (values[i] as number))
  const variance = (n * (n - 1) * (2 * n + 5)) / 18
  return variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0
}
