// The library, in any JavaScript environment: tracks asynchronous operations.

import { OperationTotals } from '../session/operation-totals.ts'
import { headOf } from '../wire/head-of.ts'
import { OK, OUTCOMES, type Outcome, PENDING } from '../wire/operations.ts'
import { checkClock, now, toEpoch } from './clock.ts'
import { Listeners } from './listeners.ts'
import type { MonitorMetrics, MonitorStats, TrackedOperation } from './metrics.ts'
import { Operation, type OperationCallback, type OperationHandle } from './operation.ts'
import { OperationRing, type RingRow } from './operation-ring.ts'
import { OperationSource } from './operation-source.ts'
import { outcomeOf, toError } from './outcome.ts'
import { createParentContext } from './parent-context.ts'
import { PendingOperations } from './pending-operations.ts'
import { registerSource, shareMonitor } from './registry.ts'

/** Ended operations in `getMetrics().operations` by default: a few hundred kB of columns. */
export const DEFAULT_MAX_OPERATIONS = 10_000
/** Names with statistics of their own: each costs a few kB for its histogram. Later names share `OTHER_NAMES`. */
export const MAX_NAMES = 500
export const OTHER_NAMES = '(other)'
/** Characters kept of a name: names are labels, and the monitor keeps thousands of them. */
export const MAX_NAME_LENGTH = 500

/** Finds out how a value settles. Returns false, and calls neither function, if it can't. */
export type Watch = (value: unknown, succeed: () => void, fail: (error: unknown) => void) => boolean

/**
 * Tracks operations and keeps their exact totals. Memory is bounded at any number of operations: the most recent
 * `maxOperations` are kept one by one, all others as counts, sums, extremes and histograms.
 */
export class PerformanceMonitor {
  /** The one monitor of this realm, whichever copy of the library has made it. A recording extension sees it too. */
  static getInstance(): PerformanceMonitor {
    return shareMonitor('performanceMonitor', () => {
      const monitor = new PerformanceMonitor()
      registerSource(monitor.#source)
      return monitor
    })
  }

  /** @internal The monitor itself, for methods called on a Proxy of it: that has no private members. */
  readonly _self = (): this => this
  readonly #pending = new PendingOperations()
  readonly #listeners = new Listeners<TrackedOperation>()
  readonly #context = createParentContext()
  readonly #source: OperationSource
  #ring: OperationRing
  #totals = new Map<string, OperationTotals>()
  #lastId = 0
  /** Operations up to this id started before `clearMetrics` and no longer count. */
  #clearedId = 0
  #pendingCleared = 0
  /** The operation whose callback has not returned yet, where there is no context to ask. */
  #current: Operation | undefined

  /** @param options.maxOperations how many operations that ended `getMetrics().operations` holds at most. */
  constructor({ maxOperations = DEFAULT_MAX_OPERATIONS }: { maxOperations?: number } = {}) {
    this.#ring = new OperationRing(checkedBound(maxOperations))
    this.#source = new OperationSource(() => this.#ring, this.#pending)
  }

  /** How many operations that ended `getMetrics().operations` holds at most. Throws a RangeError unless a whole number ≥ 1. */
  get maxOperations(): number {
    return this._self().#ring._capacity
  }

  set maxOperations(bound: number) {
    const self = this._self()
    if (bound === self.#ring._capacity) return
    self.#source._makeRoom(checkedBound(bound))
    self.#ring = self.#ring._resized(bound)
  }

  /**
   * Calls `operation` immediately and records how long it takes and how it ends. The returned promise settles as the
   * operation's does, with the same value or the same error object. A synchronous throw becomes a rejection.
   *
   * @param operation gets a handle, to track parts of the operation with.
   * @param metadata kept by reference. A recording or an export holds a bounded copy of it.
   * @param parent the operation that this one is a part of. Without it, that is the one whose code is running, where
   *   that is certain and it has not ended.
   */
  async trackOperation<T>(
    operationName: string,
    operation: OperationCallback<T>,
    metadata?: object,
    parent?: OperationHandle,
  ): Promise<T> {
    const self = this._self()
    const running = self.#begin(operationName, metadata, parent)
    let value: T
    try {
      value = await self.#runInside(running, operation)
    } catch (error) {
      self.#end(running, outcomeOf(error), error)
      throw error
    }
    self.#end(running, OK)
    return value
  }

  /**
   * Tracks a synchronous call: returns what it returns, and throws what it throws. The operation ends when the call
   * returns.
   *
   * @param watch can let the operation go on. It gets the returned value and two functions. If it returns true, it has to
   *   call one of them when the value has settled, which ends the operation.
   */
  trackCall<T>(operationName: string, call: () => T, metadata?: object, watch?: Watch): T {
    const self = this._self()
    const running = self.#begin(operationName, metadata)
    const succeed = (): void => self.#end(running, OK)
    const fail = (error: unknown): void => self.#end(running, outcomeOf(error), error)
    let value: T
    try {
      value = self.#runInside(running, call)
    } catch (error) {
      fail(error)
      throw error
    }
    if (!watch?.(value, succeed, fail)) succeed()
    return value
  }

  /** Statistics and the most recent operations. The statistics take the same time at any number of operations. */
  getMetrics(): MonitorMetrics {
    const self = this._self()
    const ended: TrackedOperation[] = []
    const ring = self.#ring
    for (let row = ring._oldest; row < ring._head; row++) {
      const operation = ring._row(row)
      if (operation.id > self.#clearedId) ended.push(metricsOf(operation))
    }
    const running = self.getPendingOperations()
    const pending = new Map<OperationTotals, number>()
    for (const { operationName } of running) {
      const totals = self.#totalsOf(operationName)
      pending.set(totals, (pending.get(totals) ?? 0) + 1)
    }
    const all = new OperationTotals()
    const byName: MonitorMetrics['byName'] = Object.create(null)
    for (const [name, totals] of self.#totals) {
      all.merge(totals)
      byName[name] = statsOf(totals, pending.get(totals) ?? 0)
    }
    const operations = ended.concat(running)
    return {
      ...statsOf(all, self.#pending._count - self.#pendingCleared),
      operations,
      retainedOperations: operations.length,
      byName,
    }
  }

  /** The operations that are running, oldest first; at most the first 100,000 of them. */
  getPendingOperations(): TrackedOperation[] {
    const self = this._self()
    return self.#pending
      ._list()
      .filter(operation => operation.id > self.#clearedId)
      .map(metricsOf)
  }

  /**
   * Calls `listener` with each operation that ends, before the promise of `trackOperation` settles. An error that it
   * throws, or that its promise is rejected with, is reported as an uncaught one and affects nothing else.
   *
   * @returns a function that removes the listener.
   */
  addListener(listener: (metrics: TrackedOperation) => void): () => void {
    return this._self().#listeners._add(listener)
  }

  removeListener(listener: (metrics: TrackedOperation) => void): void {
    this._self().#listeners._remove(listener)
  }

  /**
   * Resets the statistics and releases everything kept: operations, metadata, errors. Operations that are running
   * go on, but count in no later statistics.
   */
  clearMetrics(): void {
    const self = this._self()
    self.#source._forget()
    self.#ring = new OperationRing(self.#ring._capacity, self.#ring._head)
    self.#totals = new Map()
    self.#clearedId = self.#lastId
    self.#pendingCleared = self.#pending._count
  }

  #begin(operationName: unknown, metadata: object | undefined, parent?: OperationHandle): Operation {
    const start = now()
    checkClock(start)
    const around = this.#context?.getStore() ?? this.#current
    const parentId = parent?.id ?? (around?._outcome === PENDING ? around.id : 0)
    const running = new Operation(this, ++this.#lastId, toName(operationName), parentId, metadata, start)
    this.#pending._add(running)
    if (this.#source._idle) this.#source._announce()
    return running
  }

  #runInside<T>(running: Operation, operation: (handle: OperationHandle) => T): T {
    if (this.#context) return this.#context.run(running, () => operation(running))
    const outer = this.#current
    this.#current = running
    try {
      return operation(running)
    } finally {
      this.#current = outer
    }
  }

  #end(operation: Operation, outcome: number, error?: unknown): void {
    const duration = now() - operation._start
    operation._duration = duration
    operation._outcome = outcome
    operation._error = error
    this.#pending._remove(operation)
    const ring = this.#ring
    if (ring._head >= this.#source._fullAt) this.#source._makeRoom(ring._capacity)
    ring._push(operation)
    if (operation.id > this.#clearedId) this.#totalsOf(operation._name).record(duration, outcome)
    else this.#pendingCleared--
    if (this.#listeners._list.length > 0) this.#listeners._notify(metricsOf(operation))
    // Handles and contexts can be kept for longer than what is listed.
    operation._metadata = undefined
    operation._error = undefined
    if (ring._head >= this.#source._newsAt) this.#source._announce()
  }

  #totalsOf(name: string): OperationTotals {
    const totals = this.#totals.get(name)
    if (totals) return totals
    if (this.#totals.size >= MAX_NAMES && name !== OTHER_NAMES) return this.#totalsOf(OTHER_NAMES)
    const added = new OperationTotals()
    this.#totals.set(name, added)
    return added
  }
}

function statsOf(totals: OperationTotals, pendingOperations: number): MonitorStats {
  const stats = totals.stats()
  return { ...stats, totalOperations: stats.totalOperations + pendingOperations, pendingOperations }
}

/** The public object of an operation, running or ended. */
function metricsOf({
  id,
  _name,
  _start,
  _outcome,
  _duration,
  _error,
  _metadata,
  _parentId,
}: RingRow): TrackedOperation {
  const startTime = toEpoch(_start)
  const success = _outcome === OK
  const metrics: TrackedOperation = {
    id,
    operationName: _name,
    startTime,
    success,
    outcome: OUTCOMES[_outcome] as Outcome,
  }
  if (_outcome !== PENDING) Object.assign(metrics, { endTime: startTime + _duration, duration: _duration })
  if (_outcome > OK) metrics.error = toError(_error)
  if (_metadata) metrics.metadata = _metadata
  if (_parentId) metrics.parentId = _parentId
  return metrics
}

function toName(name: unknown): string {
  try {
    return headOf(String(name), MAX_NAME_LENGTH)
  } catch {
    return '(unnamed)'
  }
}

function checkedBound(bound: number): number {
  if (Number.isSafeInteger(bound) && bound > 0) return bound
  throw new RangeError(`maxOperations is no integer > 0: ${bound}`)
}
