// Any world: what is left of the heap after each collection, and whether that rises.
import type { MemoryTable } from '../session/memory-table.ts'
import type { Span } from './spans.ts'

/** The share of the heap by which it has to fall to have been collected. */
const MIN_FALL = 0.1
/** Bytes: smaller falls are noise of the reading. */
const MIN_FALL_BYTES = 500_000
/** Samples between two pauses. */
const STEP = 4_096

export interface HeapFloor {
  /** Epoch milliseconds. */
  time: number
  /** Bytes. */
  used: number
}

/**
 * The least reading after each fall, in a span, of each document: each begins with a heap of its own.
 * @param settlingMs how much of a document's readings is left out at its start.
 */
export function* heapFloors(memory: MemoryTable, { from, to }: Span, settlingMs = 0): Generator<void, HeapFloor[][]> {
  const documents = new Map<number, { since: number; falls: Falls }>()
  for (let i = Math.max(0, memory.indexAt(from)); i < memory.length && memory.time.get(i) <= to; i++) {
    if (i % STEP === 0) yield
    const [time, used] = [memory.time.get(i), memory.used.get(i)]
    if (time < from) continue
    const document = memory.document.get(i)
    const known = documents.get(document) ?? { since: time, falls: new Falls() }
    documents.set(document, known)
    if (time - known.since >= settlingMs) known.falls.add({ time, used })
  }
  return [...documents.values()].map(({ falls }) => falls.floors())
}

class Falls {
  readonly #floors: HeapFloor[] = []
  #peak = 0
  #lowest: HeapFloor | undefined

  add({ time, used }: HeapFloor): void {
    const lowest = this.#lowest
    if (lowest) {
      if (used <= lowest.used) this.#lowest = { time, used }
      else if (used - lowest.used > Math.max(MIN_FALL_BYTES / 2, (this.#peak - lowest.used) / 4)) {
        this.#floors.push(lowest)
        this.#lowest = undefined
        this.#peak = used
      }
    } else if (this.#peak - used > Math.max(MIN_FALL_BYTES, this.#peak * MIN_FALL)) this.#lowest = { time, used }
    else this.#peak = Math.max(this.#peak, used)
  }

  floors(): HeapFloor[] {
    return this.#lowest ? [...this.#floors, this.#lowest] : this.#floors
  }
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
