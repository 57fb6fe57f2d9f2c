// Model: all operations of a session as columns, and how they are read. `record-operations` and
// `imported-operations` fill it, `devtools-corrections` corrects it.
import type { Ended } from '../../session/correctable-totals.ts'
import {
  isConnection,
  KINDS,
  type Kind,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
  PENDING,
  STREAM,
} from '../../wire/operations.ts'
import { END_REASONS, type EndReason } from '../../wire/reason-codes.ts'
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'
import { float64Column, integerColumn, uint8Column } from './column.ts'
import { ConnectionTraffic } from './connection-traffic.ts'
import { DetailStore } from './detail-store.ts'
import { HeldRequests } from './held-requests.ts'
import type { ImportedIds } from './imported-operations.ts'
import { OpenRows } from './open-rows.ts'
import { OutcomeStats } from './outcome-stats.ts'
import { RequestFieldColumns } from './request-field-columns.ts'
import { SortedRowIndex } from './sorted-row-index.ts'
import { StringTable } from './string-table.ts'

/** The kind of a request that is no operation: it is in no index of operations, in no statistics, and KINDS does not have it. */
export const OTHER = KINDS.length

/** The row of an operation that is not listed: it had ended before Clear. */
export const NO_ROW = -1 as Row

/** Index `i` of each column is one operation. Its row never changes: an operation that was pending is completed in place. */
export class OperationTable {
  /** Milliseconds since the Unix epoch. */
  readonly start = float64Column<Row>()
  /** Milliseconds; of a request to the end of the response's body, of a connection its life. NaN while unknown. */
  readonly duration = float64Column<Row>()
  /** Index into OUTCOMES. */
  readonly outcome = uint8Column<Row>()
  /** Index into KINDS. */
  readonly kind = uint8Column<Row>()
  /** Id in `names`. */
  readonly name = integerColumn<Row>()
  readonly document = integerColumn<Row, DocumentNumber>()
  readonly source = integerColumn<Row, SourceId>()
  readonly id = integerColumn<Row>()
  readonly parent = integerColumn<Row>()
  /** Index into END_REASONS; 0 for an operation that has an end, or may still get one. */
  readonly endUnknown = uint8Column<Row>()
  readonly requests = new RequestFieldColumns()
  readonly names = new StringTable()
  /** All rows, sorted by start. */
  readonly order = new SortedRowIndex()
  readonly stats = new OutcomeStats()
  /** The latest start or end of an operation, in epoch milliseconds. */
  lastMoment = Number.NEGATIVE_INFINITY
  /** Set if the session was imported from a file. */
  imported: ImportedIds | undefined
  /**
   * Operations whose end the page has not reported, by document, source and id; and those that have ended, but may still be
   * reported as pending by an earlier recording of their document.
   */
  readonly open = new OpenRows()
  /** The rows whose end DevTools reported. */
  readonly endedByDevtools = new Set<Row>()
  /** Requests that are not listed while it is not known whether their response came before Clear. */
  readonly held = new HeldRequests(NO_ROW)
  /** The rows that were cancelled because their page was left. */
  readonly cancelledByNavigation = new Set<Row>()
  /** What went over connections, over time. */
  readonly traffic = new ConnectionTraffic()
  readonly #details = new DetailStore(this.requests.strings)

  /** How many rows there are. Some may be of requests that are no operations. `order` has the operations. */
  get length(): number {
    return this.start.length
  }

  /** What only some operations have. */
  get details(): Pick<DetailStore, 'get' | 'textOf' | 'packedBytes'> {
    return this.#details
  }

  outcomeOf(row: Row): Outcome {
    return OUTCOMES[this.outcome.get(row)] ?? 'pending'
  }

  /** Whether it has no end and, as far as is known, will not get one. */
  endIsUnknown(row: Row): boolean {
    return this.outcome.get(row) === PENDING && this.endUnknown.get(row) !== 0
  }

  /** Why it has no end and will not get one. */
  endReasonOf(row: Row): EndReason | undefined {
    return this.endIsUnknown(row) ? END_REASONS[this.endUnknown.get(row)] : undefined
  }

  kindOf(row: Row): Kind {
    return KINDS[this.kind.get(row)] ?? 'custom'
  }

  /** As lists call it: of a request that is no operation, DevTools' name of its type. */
  kindTextOf(row: Row): string {
    if (this.kind.get(row) !== OTHER) return this.kindOf(row)
    return this.#details.get(row)?.http?.devtools?.type ?? 'other'
  }

  nameOf(row: Row): string {
    return this.names.get(this.name.get(row))
  }

  /** The id in an export: unique within the session, and the same each time that its log is read. */
  idOf(row: Row): string {
    if (this.kind.get(row) === OTHER) return `request ${row}`
    return this.imported?.ids.get(row) ?? this.#idText(row, this.id.get(row))
  }

  /** The id of the operation that started this one. */
  parentIdOf(row: Row): string | undefined {
    if (this.imported && this.kind.get(row) !== OTHER) return this.imported.parents.get(row)
    const parent = this.parent.get(row)
    return parent === 0 ? undefined : this.#idText(row, parent)
  }

  /** The rows whose end the page has not reported, and a few others: see `open`. */
  openRows(): Iterable<Row> {
    return this.open.all()
  }

  /** Milliseconds since the Unix epoch; NaN while unknown. */
  endOf(row: Row): number {
    return this.imported?.ends.get(row) ?? this.start.get(row) + this.duration.get(row)
  }

  /** Milliseconds that somebody waited for it: its duration, but NaN for a connection. NaN while unknown. */
  latencyOf(row: Row): number {
    return isConnection(this.kind.get(row)) ? Number.NaN : this.duration.get(row)
  }

  /** Adds a row that is pending and has no name. The caller adds that of an operation to `order`. */
  push(document: DocumentNumber, source: SourceId, id: number, start: number): Row {
    this.start.push(start)
    this.lastMoment = Math.max(this.lastMoment, start)
    this.document.push(document)
    this.source.push(source)
    this.id.push(id)
    this.duration.push(0)
    this.outcome.push(0)
    this.kind.push(0)
    this.name.push(0)
    this.parent.push(0)
    this.endUnknown.push(0)
    this.requests.addRow()
    return (this.start.length - 1) as Row
  }

  /**
   * Sets the outcome and duration of a row, whose kind is set already.
   * @param wasPending whether `stats` counts it as pending.
   */
  setEnd(row: Row, outcome: number, duration: number, wasPending: boolean): void {
    this.outcome.set(row, outcome)
    this.#setDuration(row, duration)
    this.endUnknown.set(row, 0)
    this.stats.record(outcome, this.latencyOf(row), wasPending)
  }

  /** Makes a row that has ended pending again. */
  reopen(row: Row): void {
    const before = this.#counted(row)
    this.outcome.set(row, PENDING)
    this.duration.set(row, Number.NaN)
    this.stats.reopen(before, this.#latencies())
  }

  /** Replaces the outcome (index into OUTCOMES) and duration (milliseconds) of a row that has ended. */
  correctEnd(row: Row, outcome: number, duration: number): void {
    this.#correct(row, () => {
      this.outcome.set(row, outcome)
      this.#setDuration(row, duration)
    })
  }

  /** Makes a request a connection: its response is a stream. */
  setStream(row: Row): void {
    if (this.outcome.get(row) === PENDING) this.kind.set(row, STREAM)
    else if (this.kind.get(row) !== STREAM) this.#correct(row, () => this.kind.set(row, STREAM))
  }

  /** Replaces a name that was made without knowing the method or URL. */
  rename(row: Row, name: string): void {
    this.name.set(row, this.names.add(name))
  }

  setEndReason(row: Row, reason: EndReason): void {
    this.endUnknown.set(row, END_REASONS.indexOf(reason))
  }

  /** Replaces the details of a row. */
  setDetail(row: Row, detail: OperationDetail | undefined): void {
    if (detail) this.#details.set(row, detail)
    else this.#details.delete(row)
    this.requests.set(row, detail)
  }

  #setDuration(row: Row, duration: number): void {
    this.duration.set(row, duration)
    this.lastMoment = Math.max(this.lastMoment, this.start.get(row) + (duration || 0))
  }

  /** How `stats` counts a row that has ended. */
  #counted(row: Row): Ended {
    return { outcome: this.outcome.get(row), duration: this.latencyOf(row) }
  }

  #correct(row: Row, change: () => void): void {
    const before = this.#counted(row)
    change()
    this.stats.correct(before, this.#counted(row), this.#latencies())
  }

  /** The known latencies of all operations that have ended. */
  *#latencies(): Generator<number, void> {
    for (let row = 0 as Row; row < this.length; row++) {
      const latency = this.outcome.get(row) === PENDING ? Number.NaN : this.latencyOf(row)
      if (!Number.isNaN(latency)) yield latency
    }
  }

  #idText(row: Row, id: number): string {
    return `${this.document.get(row) + 1}.${this.source.get(row)}.${id}`
  }
}
