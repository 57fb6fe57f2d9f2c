// The library, in any JavaScript environment: labelled readings of the heap, and their differences.
import type { Snapshot } from '../wire/batch.ts'
import { checkClock, now, toEpoch } from './clock.ts'
import { readUsedBytes } from './heap.ts'
import type { LeakTestOptions, LeakTestResult } from './leak-test.ts'
import { clip } from './plain-data.ts'
import { type News, registerSource, type Source, shareMonitor } from './registry.ts'

/** Labels kept; taking more forgets the oldest. */
export const MAX_SNAPSHOTS = 1_000

/** A snapshot as the monitor keeps it. Sizes are bytes. */
export interface MemorySnapshot {
  label: string
  /** Milliseconds since the Unix epoch. */
  takenAt: number
  /** Heap in use; undefined where the platform does not report it. */
  usedBytes: number | undefined
}

type LeakTest = (label: string, fn: () => unknown, options?: LeakTestOptions) => Promise<LeakTestResult>

/** Only Node's entry has it: no page should carry what it cannot run. */
let runLeakTest: LeakTest = () =>
  Promise.reject(new Error('leakTest runs in Node only. For a page, use the leak test in the Perf tab'))

export function provideLeakTest(run: LeakTest): void {
  runLeakTest = run
}

/** Reads `performance.memory.usedJSHeapSize` (Chromium) or `process.memoryUsage().heapUsed` (Node). */
export class MemoryMonitor {
  /** The one memory monitor of this realm, whichever copy of the library has made it. */
  static getInstance(): MemoryMonitor {
    return shareMonitor('memoryMonitor', () => {
      const monitor = new MemoryMonitor()
      registerSource(monitor.#source)
      return monitor
    })
  }

  /** @internal The monitor itself, for methods called on a Proxy of it: that has no private members. */
  readonly _self = (): this => this
  readonly #snapshots = new Map<string, MemorySnapshot>()
  readonly #source = new SnapshotSource()

  /** Reads the heap now, under a label. A label taken again replaces its earlier reading. */
  takeSnapshot(label: string): void {
    const self = this._self()
    const name = nameOf(label)
    const time = now()
    checkClock(time)
    const usedBytes = readUsedBytes()
    self.#snapshots.delete(name)
    self.#snapshots.set(name, { label: name, takenAt: toEpoch(time), usedBytes })
    if (self.#snapshots.size > MAX_SNAPSHOTS) {
      const [oldest] = self.#snapshots.keys()
      if (oldest !== undefined) self.#snapshots.delete(oldest)
    }
    self.#source.add({ label: name, time, ...(usedBytes === undefined ? {} : { usedBytes }) })
  }

  /**
   * Bytes in use at `label2` minus those at `label1`: positive when the heap has grown.
   * Throws an Error for an unknown label, which lists the known ones; and one for a snapshot without a size, on a
   * platform that reports none.
   */
  compareSnapshots(label1: string, label2: string): number {
    const self = this._self()
    const before = self.#usedBytes(label1)
    return self.#usedBytes(label2) - before
  }

  /** All snapshots, oldest first. */
  getSnapshots(): MemorySnapshot[] {
    return [...this._self().#snapshots.values()]
  }

  /**
   * Repeats a function, and measures what each round leaves in the heap after a full collection: whether a call keeps
   * memory, and how much. In Node only, started with `--expose-gc`; rejects with an Error that says so elsewhere.
   * Rejects with what `fn` throws.
   */
  leakTest(label: string, fn: () => unknown, options?: LeakTestOptions): Promise<LeakTestResult> {
    return runLeakTest(nameOf(label), fn, options)
  }

  #usedBytes(wanted: string): number {
    const label = nameOf(wanted)
    const snapshot = this.#snapshots.get(label)
    if (!snapshot) {
      const known = [...this.#snapshots.keys()].map(key => JSON.stringify(key)).join(', ')
      throw new Error(`No memory snapshot is labelled ${JSON.stringify(label)}; there are: ${known || 'none'}`)
    }
    if (snapshot.usedBytes === undefined) {
      throw new Error(
        `Snapshot ${JSON.stringify(label)} has no size: this platform does not report the size of the heap`,
      )
    }
    return snapshot.usedBytes
  }
}

/** Any value can be a label, as with an object's keys. */
function nameOf(label: unknown): string {
  return clip(String(label))
}

/** Snapshots that no recorder has read yet. They are kept from the start, so that a recorder gets early ones too. */
class SnapshotSource implements Source {
  #unread: Snapshot[] = []
  #lost = 0
  #onNews: ((urgent: boolean) => void) | undefined

  add(snapshot: Snapshot): void {
    if (this.#unread.length === MAX_SNAPSHOTS) {
      this.#unread.shift()
      this.#lost++
    }
    this.#unread.push(snapshot)
    this.#onNews?.(false)
  }

  listen(onNews: ((urgent: boolean) => void) | undefined): void {
    this.#onNews = onNews
    if (this.#unread.length > 0) onNews?.(false)
  }

  read(): News {
    const news = { snapshots: this.#unread, lost: this.#lost, more: false }
    this.#unread = []
    this.#lost = 0
    return news
  }
}
