// The library, in any JavaScript environment: the monitor as a source that a recorder reads.
import { OperationTotals } from '../session/operation-totals.ts'
import { createOperationColumns, KINDS, type OperationColumns, OUTCOMES } from '../wire/operations.ts'
import type { News, RawDetail, Source } from './door.ts'
import type { OperationRing, RingRow } from './operation-ring.ts'
import type { PendingOperations } from './pending-operations.ts'

const CUSTOM = KINDS.indexOf('custom')
const OK = OUTCOMES.indexOf('ok')
const PENDING = OUTCOMES.indexOf('pending')

/** A row that is not in the ring: not yet, or not any more. */
type Extra = RingRow & { duration?: number; outcome?: number; error?: unknown }

/** Reads a monitor's rows from where it last stopped. Nothing here runs while no recorder listens. */
export class OperationSource implements Source {
  readonly #ring: () => OperationRing
  readonly #pending: PendingOperations
  #onNews: ((urgent: boolean) => void) | undefined
  /** The first row that was not read. */
  #cursor = 0
  /** The figures of rows that had to make way before they were read. */
  #dropped = new OperationTotals()
  /** Rows that had to make way, of operations that were told of while they ran: their end is told all the same. */
  #kept: Extra[] = []
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
      const [duration, outcome] = [ring.duration[at] as number, ring.outcome[at] as number]
      const row = { ...ring.rowAt(at), duration, outcome, error: ring.error[at] }
      if (this.#pending.forget(row.id)) this.#kept.push(row)
      else this.#dropped.record(duration, outcome)
    }
  }

  read(limit: number): News {
    const ring = this.#ring()
    const from = this.#cursor
    const ended = Math.min(limit, ring.head - from)
    const extra: Extra[] = [...this.#kept.splice(0, limit), ...this.#pending.takeNew()]
    this.#cursor = from + ended
    if (this.#onNews) this.fullAt = this.#cursor + ring.capacity
    const more = this.#cursor < ring.head || this.#kept.length > 0
    if (!more) {
      this.idle = true
      this.newsAt = ring.head + 1
    }
    const lost = this.#dropped.histogram.count
    const news: News = { lost, figures: this.#dropped.pack(), more }
    if (lost > 0) this.#dropped = new OperationTotals()
    if (ended + extra.length === 0) return news

    const columns = createOperationColumns<RawDetail>(ended + extra.length)
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
    copyRows(ring, from, ended, columns)
    for (let row = 0, at = from % ring.capacity; row < ended; row++, at = at + 1 === ring.capacity ? 0 : at + 1) {
      columns.name[row] = nameIndex(ring.name[at] as string)
      this.#pending.forget(ring.id[at] as number)
      const metadata = ring.metadata[at]
      const outcome = ring.outcome[at]
      if (metadata !== undefined || outcome !== OK) detail(row, metadata, outcome !== OK, ring.error[at])
    }
    for (const [i, { id, name, start, parentId, metadata, duration, outcome = PENDING, error }] of extra.entries()) {
      const row = ended + i
      columns.id[row] = id
      columns.outcome[row] = outcome
      columns.name[row] = nameIndex(name)
      columns.start[row] = start
      columns.duration[row] = duration ?? Number.NaN
      columns.parent[row] = parentId
      const rejected = outcome > OK
      if (metadata !== undefined || rejected) detail(row, metadata, rejected, error)
    }
    return { ...news, operations: columns }
  }
}

/** Copies rows in one or two pieces: the ring may wrap around between them. */
function copyRows(ring: OperationRing, from: number, count: number, to: OperationColumns<RawDetail>): void {
  const start = from % ring.capacity
  const first = Math.min(count, ring.capacity - start)
  for (const column of ['id', 'outcome', 'start', 'duration', 'parent'] as const) {
    to[column].set(ring[column].subarray(start, start + first))
    to[column].set(ring[column].subarray(0, count - first), first)
  }
}
