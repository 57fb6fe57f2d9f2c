// The library, in any JavaScript environment: the monitor as a source that a recorder reads.
import { OperationTotals } from '../session/operation-totals.ts'
import { createOperationColumns, OK, type RawOperationColumns } from '../wire/operations.ts'
import type { OperationRing, RingRow } from './operation-ring.ts'
import type { PendingOperations } from './pending-operations.ts'
import type { News, RawDetail, Source } from './registry.ts'

/** Rows that are kept for the reader after they left the ring: seconds of a busy page. */
const MAX_KEPT_ROWS = 50_000

/** A row that no ring ever reaches, and an id that no operation does. */
const NEVER = Number.POSITIVE_INFINITY

/** Reads a monitor's rows from where it last stopped. Nothing here runs while no recorder listens. */
export class OperationSource implements Source {
  readonly #ring: () => OperationRing
  readonly #pending: PendingOperations
  #onNews: ((urgent: boolean) => void) | undefined
  /** The first row that was not read. */
  #cursor = 0
  /** Rows that left the ring before they were read, and are still to be read. */
  #kept: RingRow[] = []
  /** The totals of the other rows that left the ring before they were read. */
  #dropped = new OperationTotals()
  /** The monitor calls `_announce` when the ring's head gets here, or when an operation starts while `_idle`. */
  _newsAt = NEVER
  _idle = false
  /** When the ring's head is here the next row would overwrite an unread one, so the monitor calls `_makeRoom` first. */
  _fullAt = NEVER

  constructor(ring: () => OperationRing, pending: PendingOperations) {
    this.#ring = ring
    this.#pending = pending
  }

  listen(onNews: ((urgent: boolean) => void) | undefined): void {
    const ring = this.#ring()
    // Rows that were overwritten before anyone listened do not count as lost.
    if (!this.#onNews) this.#cursor = Math.max(this.#cursor, ring._oldest)
    this.#onNews = onNews
    this._idle = !!onNews
    this._newsAt = onNews ? ring._head + 1 : NEVER
    this._fullAt = onNews ? this.#cursor + ring._capacity : NEVER
    // Rows that nobody will read must not keep metadata alive.
    if (!onNews) this.#kept = []
    else if (ring._head > this.#cursor || this.#pending._count > 0) this._announce()
  }

  /** To be called when `_idle` and an operation starts, or when the ring's head reaches `_newsAt`. */
  _announce(): void {
    const urgent = !this._idle
    this._idle = false
    const { _head: head, _capacity: capacity } = this.#ring()
    this._newsAt = head + (capacity >>> 1)
    this.#onNews?.(urgent)
  }

  /** Drops the oldest unread rows, an eighth more than needed, unless a ring of this capacity has room for one more. */
  _makeRoom(capacity: number): void {
    if (!this.#onNews) return
    const ring = this.#ring()
    const over = ring._head - this.#cursor - capacity
    // An operation that was sent as pending has to be sent again at its end, or it would stay pending for ever.
    if (over >= 0) this.#drop(ring, over + 1 + (capacity >>> 3), this.#pending._seenId)
    this._fullAt = this.#cursor + capacity
  }

  /** To be called before the monitor drops its ring: unread rows are kept for the reader. */
  _forget(): void {
    const ring = this.#ring()
    if (!this.#onNews) return
    this.#drop(ring, ring._head - this.#cursor, NEVER)
    this._fullAt = this.#cursor + ring._capacity
  }

  /** Takes unread rows out of the ring. Those of operations up to the id `keptId` are kept, of others only their totals. */
  #drop(ring: OperationRing, count: number, keptId: number): void {
    for (const end = this.#cursor + count; this.#cursor < end; this.#cursor++) {
      const row = ring._row(this.#cursor)
      if (row.id <= keptId && this.#kept.length < MAX_KEPT_ROWS) this.#kept.push(row)
      else this.#dropped.record(row._duration, row._outcome)
    }
  }

  read(limit: number): News {
    const ring = this.#ring()
    // Rows that were overwritten or cleared while nobody listened are gone.
    const from = Math.max(this.#cursor, ring._oldest)
    const ended = Math.min(limit, ring._head - from)
    const rest = this.#kept.concat(this.#pending._takeNew())
    this.#kept = []
    this.#cursor = from + ended
    if (this.#onNews) this._fullAt = this.#cursor + ring._capacity
    const more = this.#cursor < ring._head
    if (!more) {
      this._idle = true
      this._newsAt = ring._head + 1
    }
    const lost = this.#dropped.histogram.count
    const news: News = { lost, more }
    if (lost > 0) {
      news.summary = this.#dropped.pack()
      this.#dropped = new OperationTotals()
    }
    if (ended + rest.length > 0) news.operations = toColumns(ring, from, ended, rest)
    return news
  }
}

/** `ended` rows of the ring, the first of which is `from`; then the rest. Their kind is CUSTOM, which is 0. */
function toColumns(ring: OperationRing, from: number, ended: number, rest: RingRow[]): RawOperationColumns<RawDetail> {
  const count = ended + rest.length
  const columns = createOperationColumns<RawDetail>(count)
  const { strings, details } = columns
  const stringIndex = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const row = i < ended ? ring._row(from + i) : (rest[i - ended] as RingRow)
    const { _name: name, _metadata: metadata } = row
    let index = stringIndex.get(name)
    if (index === undefined) {
      index = strings.push(name) - 1
      stringIndex.set(name, index)
    }
    columns.id[i] = row.id
    columns.outcome[i] = row._outcome
    columns.name[i] = index
    columns.start[i] = row._start
    columns.duration[i] = row._duration
    columns.parent[i] = row._parentId
    // An operation may be rejected with `undefined`, so look at the outcome and not at the error.
    if (row._outcome > OK) details.push([i, { metadata, error: row._error }])
    else if (metadata !== undefined) details.push([i, { metadata }])
  }
  return columns
}
