// The library, in any JavaScript environment: labelled readings of the heap, and their differences.
import type { Snapshot } from '../wire/batch.ts'
import { checkClock, now, toEpoch } from './clock.ts'
import { readUsedBytes } from './heap.ts'
import { clip } from './plain-data.ts'
import { type News, registerSource, type Source, shareMonitor } from './registry.ts'

/** Labels kept; taking more forgets the oldest. */
export const MAX_SNAPSHOTS = 1_000

/** A snapshot as the monitor keeps it. Sizes are bytes. */
export interface MemorySnapshot {
  label: string
  /** Milliseconds since the Unix epoch. */
  takenAt: number
  /** Heap in use; undefined where the platform has no figure. */
  usedBytes: number | undefined
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
   * Throws an Error that names the labels there are when one is unknown, and one that says so when a snapshot
   * has no figure because the platform gives none.
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

  #usedBytes(wanted: string): number {
    const label = nameOf(wanted)
    const snapshot = this.#snapshots.get(label)
    if (!snapshot) {
      const known = [...this.#snapshots.keys()].map(key => JSON.stringify(key)).join(', ')
      throw new Error(`No memory snapshot is labelled ${JSON.stringify(label)}; there are: ${known || 'none'}`)
    }
    if (snapshot.usedBytes === undefined) {
      throw new Error(`Snapshot ${JSON.stringify(label)} has no figure: no heap is told here`)
    }
    return snapshot.usedBytes
  }
}

/** Labels are kept for long, so they are bounded; any value can be one, as with an object's keys. */
function nameOf(label: unknown): string {
  return clip(String(label))
}

/** Snapshots that wait to be read by a recorder; kept from the start, so that early ones are not missed. */
class SnapshotSource implements Source {
  #waiting: Snapshot[] = []
  #lost = 0
  #onNews: ((urgent: boolean) => void) | undefined

  add(snapshot: Snapshot): void {
    if (this.#waiting.length === MAX_SNAPSHOTS) {
      this.#waiting.shift()
      this.#lost++
    }
    this.#waiting.push(snapshot)
    this.#onNews?.(false)
  }

  listen(onNews: ((urgent: boolean) => void) | undefined): void {
    this.#onNews = onNews
    if (this.#waiting.length > 0) onNews?.(false)
  }

  read(): News {
    const news = { snapshots: this.#waiting, lost: this.#lost, more: false }
    this.#waiting = []
    this.#lost = 0
    return news
  }
}
