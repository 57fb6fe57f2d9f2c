// The library, in any JavaScript environment: the public shape of what was measured.

import type { OperationFigures } from '../session/operation-totals.ts'
import type { Outcome } from '../wire/operations.ts'

/** What callers may put in and get out unchecked, as with `JSON.parse`. */
type Unchecked = ReturnType<typeof JSON.parse>

/** Whatever the caller wants to know about an operation later. */
export type Metadata = Record<string, Unchecked>

/** One tracked operation. */
export interface OperationMetrics {
  /** Unique within the monitor, counting from 1. */
  id: number
  operationName: string
  /** Milliseconds since the Unix epoch, with sub-millisecond digits. */
  startTime: number
  /** As `startTime`; absent while the operation runs. */
  endTime?: number
  /** Milliseconds, from the monotonic clock alone; absent while the operation runs. */
  duration?: number
  /** True only for the outcome `ok`. */
  success: boolean
  outcome: Outcome
  /** What the operation rejected with (wrapped in an Error if it was none). */
  error?: Error
  metadata?: Metadata
  /** The `id` of the operation that certainly started this one. */
  parentId?: number
}

/** Figures over everything since `clearMetrics`, and the most recent operations. */
export interface PerformanceMetrics extends OperationFigures {
  /** The most recent operations that ended, oldest first, `retainedOperations` of them. */
  operations: OperationMetrics[]
  /** How many operations `operations` holds; the totals cover more once this reaches the monitor's bound. */
  retainedOperations: number
  /** Operations that have started and not ended. */
  pendingOperations: number
  /** The figures of each operation name. Names past `MAX_NAMES` share the entry `OTHER_NAMES`. */
  byName: Record<string, OperationFigures>
}
