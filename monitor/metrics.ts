// The library, in any JavaScript environment: the public shape of what was measured.

import type { OperationStats } from '../session/operation-totals.ts'
import type { Outcome } from '../wire/operations.ts'

/** What callers may put in and get out unchecked, as with `JSON.parse`. */
type Unchecked = ReturnType<typeof JSON.parse>

/** Whatever the caller wants to know about an operation later. */
export type Metadata = Record<string, Unchecked>

/**
 * One tracked operation. What goes beyond the seven plain fields is optional, so that callers may make objects of
 * this type themselves; the monitor's own have it: see `TrackedOperation`.
 */
export interface OperationMetrics {
  operationName: string
  /** Milliseconds since the Unix epoch by the wall clock, with sub-millisecond digits. */
  startTime: number
  /** As `startTime`; absent while the operation runs. */
  endTime?: number
  /** Milliseconds, from the monotonic clock alone; absent while the operation runs. */
  duration?: number
  /** True only for the outcome `ok`. */
  success: boolean
  /** What the operation rejected with (wrapped in an Error if it was none). */
  error?: Error
  metadata?: Metadata
  /** Unique within the monitor, counting from 1. */
  id?: number
  outcome?: Outcome
  /** The `id` of the operation that certainly started this one. */
  parentId?: number
}

/** An operation as the monitor gives it. */
export interface TrackedOperation extends OperationMetrics {
  id: number
  outcome: Outcome
}

interface PlainFigures {
  /** All operations: those that ended and those that are running. */
  totalOperations: number
  successfulOperations: number
  failedOperations: number
  /** Milliseconds, as the next two: over the operations that ended, and 0 while there are none. */
  averageDuration: number
  maxDuration: number
  minDuration: number
}

/** Figures of all operations or of one name. Durations and quantiles are those of operations that ended. */
export interface MonitorStats extends OperationStats {
  /** All operations: successful, failed, cancelled and pending ones. */
  totalOperations: number
  /** Operations that have started and not ended. */
  pendingOperations: number
}

interface MoreMetrics extends Omit<MonitorStats, keyof PlainFigures> {
  /** How many operations `operations` holds; the figures are of more once the monitor's bound is reached. */
  retainedOperations: number
  /** The figures of each operation name. Names past `MAX_NAMES` share the entry `OTHER_NAMES`. */
  byName: Record<string, MonitorStats>
}

/**
 * Figures over everything since `clearMetrics`, and the most recent operations. As with `OperationMetrics`, what
 * goes beyond the seven plain fields is optional; the monitor's own have it: see `MonitorMetrics`.
 */
export interface PerformanceMetrics extends PlainFigures, Partial<MoreMetrics> {
  operations: OperationMetrics[]
}

/** What `getMetrics` gives. */
export interface MonitorMetrics extends PlainFigures, MoreMetrics {
  /**
   * The most recent operations that ended, in that order; then those that are running, oldest first, which have no
   * `endTime` and no `duration`, and `success: false`. `retainedOperations` of them.
   */
  operations: TrackedOperation[]
}
