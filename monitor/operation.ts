// The library, in any JavaScript environment: one operation while it runs.
import { PENDING } from '../wire/operations.ts'

/** The callback of an operation. It gets a handle, to track parts of the operation with. */
export type OperationCallback<T> = (handle: OperationHandle) => PromiseLike<T> | T

/** A handle of an operation: what is tracked with it has the operation as its parent. */
export interface OperationHandle {
  readonly id: number
  /** As `PerformanceMonitor.trackOperation`. */
  trackOperation<T>(operationName: string, operation: OperationCallback<T>, metadata?: object): Promise<T>
}

/** What an operation's handle needs of its monitor. */
interface Tracker {
  trackOperation<T>(
    operationName: string,
    operation: OperationCallback<T>,
    metadata: object | undefined,
    parent: OperationHandle,
  ): Promise<T>
}

/** The handle and the monitor's record in one: a single short-lived object for each operation. */
export class Operation implements OperationHandle {
  /** Its place in the list of pending operations; -1 outside of it. */
  _slot = -1
  /** Index into OUTCOMES: PENDING while it runs. */
  _outcome = PENDING
  /** Milliseconds; NaN while it runs. */
  _duration = Number.NaN
  _error: unknown
  readonly id: number
  readonly _name: string
  /** The `id` of the operation that started this one; 0 for none. */
  readonly _parentId: number
  _metadata: object | undefined
  /** Milliseconds since the time origin. */
  readonly _start: number
  readonly _monitor: Tracker

  constructor(
    monitor: Tracker,
    id: number,
    name: string,
    parentId: number,
    metadata: object | undefined,
    start: number,
  ) {
    this.id = id
    this._name = name
    this._parentId = parentId
    this._metadata = metadata
    this._start = start
    this._monitor = monitor
  }

  trackOperation<T>(operationName: string, operation: OperationCallback<T>, metadata?: object): Promise<T> {
    return this._monitor.trackOperation(operationName, operation, metadata, this)
  }
}
