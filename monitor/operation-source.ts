// The library, in any JavaScript environment: the monitor as a source that a recorder reads.
import { OperationTotals } from '../session/operation-totals.ts'
import { CUSTOM, createOperationColumns, OK, PENDING } from '../wire/operations.ts'
import type { News, RawDetail, Source } from './door.ts'
import { OperationRing } from './operation-ring.ts'
import type { PendingOperations } from './pending-operations.ts'

/** Ends kept of operations that had been told as pending, where the ring has no room for them. */
const MAX_KEPT_ENDS = 50_000

/** Reads a monitor's rows from where it last stopped. Nothing here runs while no recorder listens. */
export class OperationSource implements Source {
  readonly #ring: () => OperationRing
  readonly #pending: PendingOperations
  #onNews: ((urgent: boolean) => void) | undefined
  /** The first row that was not read. */
  #cursor = 0
  /** Rows that had to make way before they were read, of operations that had been told as pending. */
  #ends: Parameters<OperationRing['push']>[] = []
  /** The figures of the other rows that had to make way before they were read. */
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
      const row = ring.rowAt(at)
      const duration = ring.duration[at] as number
      const outcome = ring.outcome[at] as number
      // Told as pending, perhaps: without its end it would be for ever.
      if (row.id <= this.#pending.seenId && this.#ends.length < MAX_KEPT_ENDS) {
        this.#ends.push([row, duration, outcome, ring.error[at]])
      } else this.#dropped.record(duration, outcome)
    }
  }

  read(limit: number): News {
    const ring = this.#ring()
    const from = this.#cursor
    const ended = Math.min(limit, ring.head - from)
    const others = this.#ends
    for (const operation of this.#pending.takeNew()) others.push([operation, Number.NaN, PENDING, undefined])
    this.#ends = []
    this.#cursor = from + ended
    if (this.#onNews) this.fullAt = this.#cursor + ring.capacity
    const more = this.#cursor < ring.head
    if (!more) {
      this.idle = true
      this.newsAt = ring.head + 1
    }
    const lost = this.#dropped.histogram.count
    const news: News = { lost, more }
    if (lost > 0) {
      news.figures = this.#dropped.pack()
      this.#dropped = new OperationTotals()
    }
    if (ended + others.length === 0) return news

    const columns = createOperationColumns<RawDetail>(ended + others.length)
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
    const copy = (from: OperationRing, first: number, row: number, count: number): void => {
      for (let at = first % from.capacity; row < count; row++, at = at + 1 === from.capacity ? 0 : at + 1) {
        const metadata = from.metadata[at]
        const outcome = from.outcome[at] as number
        columns.id[row] = from.id[at] as number
        columns.outcome[row] = outcome
        columns.name[row] = nameIndex(from.name[at] as string)
        columns.start[row] = from.start[at] as number
        columns.duration[row] = from.duration[at] as number
        columns.parent[row] = from.parent[at] as number
        // An operation may be rejected with `undefined`: its outcome tells, not its error.
        if (outcome > OK) columns.details.push([row, { metadata, error: from.error[at] }])
        else if (metadata !== undefined) columns.details.push([row, { metadata }])
      }
    }
    columns.kind.fill(CUSTOM)
    copy(ring, from, 0, ended)
    const rest = new OperationRing(others.length)
    for (const other of others) rest.push(...other)
    copy(rest, 0, ended, ended + rest.head)
    return { ...news, operations: columns }
  }
}
