// The library, in any JavaScript environment: the public types of operations and metrics.

import type { OperationStats } from '../session/operation-totals.ts'
import type { Outcome } from '../wire/operations.ts'

/** Values that callers pass and get back unchecked, as with `JSON.parse`. */
type Unchecked = ReturnType<typeof JSON.parse>

/** Values that the caller attaches to an operation. */
export type Metadata = Record<string, Unchecked>

/**
 * One tracked operation. Fields beyond the seven specified ones are optional, so that callers can create objects of
 * this type. The monitor's own objects have them: see `TrackedOperation`.
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
  /** What the operation was rejected with; wrapped in an Error if it was another value. */
  error?: Error
  metadata?: Metadata
  /** Unique within the monitor, counting from 1. */
  id?: number
  outcome?: Outcome
  /** The `id` of the operation that certainly started this one. */
  parentId?: number
}

/** An operation as the monitor returns it. */
export interface TrackedOperation extends OperationMetrics {
  id: number
  outcome: Outcome
}

interface BasicStats {
  /** All operations: those that ended and those that are running. */
  totalOperations: number
  successfulOperations: number
  failedOperations: number
  /** Milliseconds, as the next two, over operations that have ended; 0 while there are none. */
  averageDuration: number
  maxDuration: number
  minDuration: number
}

/** Statistics of all operations, or of one name. Durations and quantiles cover operations that have ended. */
export interface MonitorStats extends OperationStats {
  /** All operations: successful, failed, cancelled and pending ones. */
  totalOperations: number
  /** Operations that have started and not ended. */
  pendingOperations: number
}

interface MoreMetrics extends Omit<MonitorStats, keyof BasicStats> {
  /** The length of `operations`. The statistics cover more operations once the monitor's bound is reached. */
  retainedOperations: number
  /** Statistics of each operation name. Names past the first 500 share the entry `(other)`. */
  byName: Record<string, MonitorStats>
}

/**
 * Statistics of everything since `clearMetrics`, and the most recent operations. As with `OperationMetrics`, fields
 * beyond the seven specified ones are optional. The monitor returns `MonitorMetrics`, which has them.
 */
export interface PerformanceMetrics extends BasicStats, Partial<MoreMetrics> {
  operations: OperationMetrics[]
}

/** What `getMetrics` returns. */
export interface MonitorMetrics extends BasicStats, MoreMetrics {
  /**
   * The most recent operations that have ended, in the order of their ends; then those that are running, in the order
   * of their starts. A running operation has no `endTime` and no `duration`, and its `success` is false.
   */
  operations: TrackedOperation[]
}
