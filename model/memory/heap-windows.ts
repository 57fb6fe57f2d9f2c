// Model: spans of 0.4 seconds in which the heap was read often and never fell. What the heap grew by in one is what the page
// allocated in it.
import type { SessionModel } from '../session/session-model.ts'

/** Milliseconds. */
export const WINDOW_MS = 400
/** Milliseconds between two readings. What is allocated and collected between them is not seen: a longer step ends a window. */
export const MAX_STEP_MS = 150
/** Readings between two `yield`s. */
const STEP = 4_096

export interface HeapWindow {
  /** Epoch milliseconds of its first and its last reading. */
  from: number
  to: number
  /** Bytes that were allocated in it. */
  bytes: number
}

/**
 * The windows in a span of epoch milliseconds, in order. A window with a fall is dropped, because the fall hides what was
 * allocated before it. None spans two documents, as each has a heap of its own.
 */
export function* heapWindows(
  { memory }: SessionModel,
  span: { from: number; to: number } | null,
): Generator<void, HeapWindow[]> {
  const { time, used, document } = memory
  const windows: HeapWindow[] = []
  let first = span ? memory.indexAt(span.from) + 1 : 0
  for (let i = first + 1; i < memory.length && time.get(i) <= (span?.to ?? Number.POSITIVE_INFINITY); i++) {
    if (i % STEP === 0) yield
    const isBroken =
      document.get(i) !== document.get(i - 1) ||
      time.get(i) - time.get(i - 1) > MAX_STEP_MS ||
      used.get(i) < used.get(i - 1)
    if (isBroken) first = i
    else if (time.get(i) - time.get(first) >= WINDOW_MS) {
      windows.push({ from: time.get(first), to: time.get(i), bytes: used.get(i) - used.get(first) })
      first = i
    }
  }
  return windows
}
