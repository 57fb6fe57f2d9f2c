// The library, in any JavaScript environment: the monitor as a source that a recorder reads.
import { OperationTotals } from '../session/operation-totals.ts'
import { createOperationColumns, KINDS, OUTCOMES } from '../wire/operations.ts'
import type { News, RawDetail, Source } from './door.ts'
import type { OperationRing } from './operation-ring.ts'
import type { PendingOperations } from './pending-operations.ts'

const CUSTOM = KINDS.indexOf('custom')
const OK = OUTCOMES.indexOf('ok')

/** Reads a monitor's rows from where it last stopped. Nothing here runs while no recorder listens. */
export class OperationSource implements Source {
  readonly #ring: () => OperationRing
  readonly #pending: PendingOperations
  #onNews: ((urgent: boolean) => void) | undefined
  /** The first row that was not read. */
  #cursor = 0
  /** The figures of rows that had to make way before they were read. */
  #dropped = new OperationTotals()
  /** The monitor calls `announce` when the ring's head gets here, or when an operation starts while `idle`. */
  newsAt = Number.POSITIVE_INFINITY
  idle = false
  /** The monitor calls `makeRoom` before it writes a row when the ring's head is here: it would overwrite an unread one. */
  fullAt = Number.POSITIVE_INFINITY

  constructor(ring: () => OperationRing, pending: PendingOperations) {
    this.#ring = ring
    this.#pending = pending
  }

  listen(onNews: ((urgent: boolean) => void) | undefined): void {
    const ring = this.#ring()
    // What was overwritten before anyone listened is not lost on the way.
    if (!this.#onNews) this.#cursor = Math.max(this.#cursor, ring.oldest)
    this.#onNews = onNews
    if (!onNews) {
      this.newsAt = Number.POSITIVE_INFINITY
      this.fullAt = Number.POSITIVE_INFINITY
      this.idle = false
      return
    }
    this.idle = true
    this.fullAt = this.#cursor + ring.capacity
    if (ring.head > this.#cursor || this.#pending.count > 0) this.announce()
    else this.newsAt = ring.head + 1
  }

  /** To be called when `idle` and an operation starts, or when the ring's head reaches `newsAt`. */
  announce(): void {
    const urgent = !this.idle
    this.idle = false
    const { head, capacity } = this.#ring()
    this.newsAt = head + (capacity >>> 1)
    this.#onNews?.(urgent)
  }

  /** Drops the oldest unread rows, an eighth more than needed, unless a ring of this capacity has room for one more. */
  makeRoom(capacity: number): void {
    if (!this.#onNews) return
    const ring = this.#ring()
    const over = ring.head - this.#cursor - capacity
    if (over >= 0) this.#drop(ring, over + 1 + (capacity >>> 3))
    this.fullAt = this.#cursor + capacity
  }

  #drop(ring: OperationRing, count: number): void {
    for (const end = this.#cursor + count; this.#cursor < end; this.#cursor++) {
      const at = this.#cursor % ring.capacity
      this.#dropped.record(ring.duration[at] as number, ring.outcome[at] as number)
    }
  }

  read(limit: number): News {
    const ring = this.#ring()
    const from = this.#cursor
    const ended = Math.min(limit, ring.head - from)
    const pending = this.#pending.takeNew()
    this.#cursor = from + ended
    if (this.#onNews) this.fullAt = this.#cursor + ring.capacity
    const more = this.#cursor < ring.head
    if (!more) {
      this.idle = true
      this.newsAt = ring.head + 1
    }
    const lost = this.#dropped.histogram.count
    const news: News = { lost, figures: this.#dropped.pack(), more }
    if (lost > 0) this.#dropped = new OperationTotals()
    if (ended + pending.length === 0) return news

    const columns = createOperationColumns<RawDetail>(ended + pending.length)
    const stringIndex = new Map<string, number>()
    let lastName: string | undefined
    let lastIndex = 0
    const nameIndex = (name: string): number => {
      if (name === lastName) return lastIndex
      let index = stringIndex.get(name)
      if (index === undefined) {
        index = columns.strings.push(name) - 1
        stringIndex.set(name, index)
      }
      lastName = name
      lastIndex = index
      return index
    }
    // An operation may be rejected with `undefined`: its outcome tells, not its error.
    const detail = (row: number, metadata: object | undefined, rejected: boolean, error?: unknown): void => {
      columns.details.push([row, rejected ? { metadata, error } : { metadata }])
    }
    columns.kind.fill(CUSTOM)
    for (let row = 0, at = from % ring.capacity; row < ended; row++, at = at + 1 === ring.capacity ? 0 : at + 1) {
      const metadata = ring.metadata[at]
      const outcome = ring.outcome[at] as number
      columns.id[row] = ring.id[at] as number
      columns.outcome[row] = outcome
      columns.name[row] = nameIndex(ring.name[at] as string)
      columns.start[row] = ring.start[at] as number
      columns.duration[row] = ring.duration[at] as number
      columns.parent[row] = ring.parent[at] as number
      if (metadata !== undefined || outcome !== OK) detail(row, metadata, outcome !== OK, ring.error[at])
    }
    for (const [i, operation] of pending.entries()) {
      const row = ended + i
      columns.id[row] = operation.id
      columns.name[row] = nameIndex(operation.name)
      columns.start[row] = operation.start
      columns.duration[row] = Number.NaN
      columns.parent[row] = operation.parentId
      if (operation.metadata !== undefined) detail(row, operation.metadata, false)
    }
    return { ...news, operations: columns }
  }
}
