// Panel: all operations of a session as columns. Touches no DOM.
import type { Batch } from '../../wire/batch.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import {
  CUSTOM,
  type ErrorDetail,
  FAILED,
  type HttpDetail,
  KINDS,
  type Kind,
  type OperationColumns,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
  PENDING,
} from '../../wire/operations.ts'
import { END_UNKNOWN, GIVEN_UP } from '../../wire/reason-codes.ts'
import { float64Column, uint8Column, uint16Column, uint32Column } from './column.ts'
import { DetailStore } from './detail-store.ts'
import type { DevtoolsEnd } from './devtools-end.ts'
import type { ImportedIds } from './imported-ids.ts'
import { OpenRows } from './open-rows.ts'
import { OutcomeStats } from './outcome-stats.ts'
import { RequestColumns } from './request-columns.ts'
import { detailsOf, endUnknownOf, withDevtools, withEndUnknown } from './row-detail.ts'
import { SortedRowIndex } from './sorted-row-index.ts'
import { StringTable } from './string-table.ts'

/**
 * Called with each new row that is a request or a connection; with NO_ROW for one that is not listed. `start` is epoch
 * milliseconds.
 */
type OnRequest = (row: number, kind: Kind, start: number, detail: OperationDetail) => void

/** Stands for the row of an operation that was cleared before its end came. */
export const NO_ROW = -1

/** Row `i` of each column is one operation. A row keeps its number; what was pending is completed in place. */
export class OperationTable {
  /** Milliseconds since the Unix epoch. */
  readonly start = float64Column()
  /** Milliseconds; NaN while unknown. */
  readonly duration = float64Column()
  readonly outcome = uint8Column()
  readonly kind = uint8Column()
  readonly name = uint32Column()
  readonly document = uint32Column()
  readonly source = uint16Column()
  readonly id = uint32Column()
  readonly parent = uint32Column()
  /** 1: the row's detail says why it has no end. */
  readonly endUnknown = uint8Column()
  readonly requests = new RequestColumns()
  readonly #details = new DetailStore()
  readonly names = new StringTable()
  readonly order = new SortedRowIndex()
  readonly figures = new OutcomeStats()
  /** What rows have from a file instead, where the session comes from one. */
  given: ImportedIds | undefined
  readonly #open = new OpenRows()
  readonly #endedByDevtools = new Set<number>()
  readonly #onRequest: OnRequest

  constructor(onRequest: OnRequest = () => {}) {
    this.#onRequest = onRequest
  }

  get length(): number {
    return this.start.length
  }

  /** What only some operations have. */
  get details(): Pick<DetailStore, 'get' | 'bytesOf' | 'packedBytes'> {
    return this.#details
  }

  /**
   * Adds what a source of a document recorded. Returns the latest moment in it, or -Infinity.
   * @param earlier the same document's numbers from before DevTools was closed: what ran meanwhile is still open there.
   * @param batch which it is part of: what had ended by `clearedAt` is not listed, nor what an earlier recording has told.
   */
  add(
    document: number,
    source: number,
    timeOrigin: number,
    columns: OperationColumns,
    earlier: readonly number[] = [],
    { clearedAt = 0, reportedUntil = 0 }: Pick<Batch, 'clearedAt' | 'reportedUntil'> = {},
  ): number {
    const before = this.length
    const names = columns.strings.map(name => this.names.add(name))
    const detailOf = detailsOf(columns)
    const open = this.#open.of(document, source)
    let latest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < columns.id.length; i++) {
      const id = columns.id[i] as number
      const outcome = columns.outcome[i] as number
      const duration = columns.duration[i] as number
      const start = timeOrigin + (columns.start[i] as number)
      const isStill = (row: number): boolean => this.kind.get(row) === CUSTOM && this.start.get(row) === start
      const known = open.get(id) ?? (columns.kind[i] === CUSTOM ? this.#open.take(earlier, id, isStill) : undefined)
      if (known !== undefined && this.#endedByDevtools.has(known)) {
        this.#enrich(known, detailOf(i), outcome)
        if (outcome !== PENDING) open.delete(id)
        continue
      }
      const detail = detailOf(i)
      if (known === undefined && earlier.length > 0 && detail?.http && (columns.start[i] as number) < reportedUntil) {
        this.#endEarlier(earlier, columns.kind[i] as number, outcome, start, start + duration, detail.http)
        continue
      }
      if (known === undefined && (columns.start[i] as number) + duration < clearedAt) {
        this.#tell(NO_ROW, columns.kind[i] as number, start, detail)
        continue
      }
      const row = known ?? this.#push(document, source, id, start)
      this.duration.set(row, duration)
      this.outcome.set(row, outcome)
      this.kind.set(row, columns.kind[i] as number)
      this.name.set(row, names[columns.name[i] as number] ?? 0)
      this.parent.set(row, columns.parent[i] ?? 0)
      this.figures.record(outcome, duration, known !== undefined)
      if (detail) this.#setDetail(row, known === undefined ? detail : withDevtools(detail, this.#details.get(row)))
      else if (known !== undefined) this.#setDetail(row, undefined)
      if (known === undefined) this.#tell(row, columns.kind[i] as number, start, detail)
      if (outcome === PENDING) open.set(id, row)
      else if (known !== undefined) open.delete(id)
      const end = this.start.get(row) + (Number.isNaN(duration) ? 0 : duration)
      if (end > latest) latest = end
    }
    for (const id of columns.requests?.abandoned ?? []) this.#giveUp(open.get(id))
    this.order.add(before, this.length, this.start.values)
    return latest
  }

  /**
   * Ends a row that is pending by what DevTools saw. Resource Timing may still tell of it, much later (an unread
   * body's entry waits for garbage collection): that then adds details, and the outcome as the page saw it.
   */
  endByDevtools(row: number, { outcome, duration, error }: DevtoolsEnd): void {
    if (this.outcome.get(row) !== PENDING) return
    const index = OUTCOMES.indexOf(outcome)
    this.#endedByDevtools.add(row)
    this.figures.record(index, duration, true)
    this.duration.set(row, duration)
    this.outcome.set(row, index)
    if (error) this.#setDetail(row, { ...this.#details.get(row), error })
  }

  /** Another outcome or duration (milliseconds) for a row that has ended. */
  correct(row: number, outcome: number, duration: number): void {
    const was = { outcome: this.outcome.get(row), duration: this.duration.get(row) }
    this.outcome.set(row, outcome)
    this.duration.set(row, duration)
    this.figures.correct(was, { outcome, duration }, this.#endedDurations())
  }

  /** A row failed, and for this reason, whatever the page told. */
  fail(row: number, error: ErrorDetail): void {
    if (this.outcome.get(row) !== FAILED) this.correct(row, FAILED, this.duration.get(row))
    this.#setDetail(row, { ...this.#details.get(row), error })
  }

  /** Replaces what is known of a request. */
  setHttp(row: number, http: HttpDetail): void {
    this.#setDetail(row, { ...this.#details.get(row), http })
  }

  /** Notes of a connection what DevTools saw of it. */
  setConnectionDevtools(row: number, devtools: NetworkRequest): void {
    const { connection, ...detail } = this.#details.get(row) ?? {}
    if (connection) this.#setDetail(row, { ...detail, connection: { ...connection, devtools } })
  }

  /** The rows that the page has not told the end of. */
  openRows(): Iterable<number> {
    return this.#open.all()
  }

  /** The document is gone: what is still pending in it gets no end any more. */
  leave(document: number, endUnknown: string): void {
    for (const row of this.#open.rowsOf(document)) {
      if (this.outcome.get(row) !== PENDING || this.endIsUnknown(row)) continue
      this.#setDetail(row, withEndUnknown(this.#details.get(row) ?? {}, endUnknown))
    }
  }

  /** The document is there again, from the back/forward cache: what had no end for that reason may get one. */
  comeBack(document: number, endUnknown: string): void {
    for (const row of this.#open.rowsOf(document)) {
      const detail = this.#details.get(row)
      if (!detail || endUnknownOf(detail) !== endUnknown) continue
      const known = withEndUnknown(detail, undefined)
      this.#setDetail(row, Object.keys(known).length > 0 ? known : undefined)
    }
  }

  /** A request that the page awaits no more; DevTools may still tell. */
  #giveUp(row: number | undefined): void {
    const http = row === undefined || this.outcome.get(row) !== PENDING ? undefined : this.#details.get(row)?.http
    if (row !== undefined && http) this.setHttp(row, { ...http, endUnknown: END_UNKNOWN[GIVEN_UP] })
  }

  outcomeOf(row: number): Outcome {
    return OUTCOMES[this.outcome.get(row)] ?? 'pending'
  }

  /** Whether it has no end and, as far as is known, gets none. */
  endIsUnknown(row: number): boolean {
    return this.outcome.get(row) === PENDING && this.endUnknown.get(row) === 1
  }

  kindOf(row: number): Kind {
    return kindAt(this.kind.get(row))
  }

  nameOf(row: number): string {
    return this.names.get(this.name.get(row))
  }

  /** Unique within the session, the same whenever its log is read, and the id in an export. */
  idOf(row: number): string {
    return this.given?.ids.get(row) ?? this.#id(row, this.id.get(row))
  }

  /** The id of the operation that started this one. */
  parentIdOf(row: number): string | undefined {
    if (this.given) return this.given.parents.get(row)
    const parent = this.parent.get(row)
    return parent === 0 ? undefined : this.#id(row, parent)
  }

  /** Milliseconds since the Unix epoch; NaN while unknown. */
  endOf(row: number): number {
    return this.given?.ends.get(row) ?? this.start.get(row) + this.duration.get(row)
  }

  #id(row: number, id: number): string {
    return `${this.document.get(row) + 1}.${this.source.get(row)}.${id}`
  }

  *#endedDurations(): Generator<number, void> {
    for (let row = 0; row < this.length; row++) {
      if (this.outcome.get(row) !== PENDING && !Number.isNaN(this.duration.get(row))) yield this.duration.get(row)
    }
  }

  /**
   * The page knows an abort's reason and what CORS forbids; DevTools sees a cancelled or an ordinary request. But
   * what DevTools saw fail did: the page's signal was aborted later, or the body broke off after the headers.
   */
  #enrich(row: number, later: OperationDetail | undefined, outcome: number): void {
    const { error, ...known } = this.#details.get(row) ?? {}
    if (later?.http && known.http) {
      // Why the page knows no end says nothing any more.
      const { endUnknown: _unknown, ...told } = later.http
      this.setHttp(row, { ...told, ...known.http })
    }
    if (outcome === PENDING || outcome === this.outcome.get(row) || (error && outcome !== FAILED)) return
    this.correct(row, outcome, this.duration.get(row))
    const http = this.#details.get(row)?.http
    this.#setDetail(row, { ...known, ...(http ? { http } : {}), ...(later?.error ? { error: later.error } : {}) })
  }

  /** Of a request that an earlier recording of its document has told: as pending, if it had not ended by then. */
  #endEarlier(
    documents: readonly number[],
    kind: number,
    outcome: number,
    start: number,
    end: number,
    { source: _, ...told }: HttpDetail,
  ): void {
    if (outcome === PENDING) return
    const isIt = (row: number): boolean =>
      this.kind.get(row) === kind && this.start.get(row) <= start && this.#details.get(row)?.http?.url === told.url
    const row = this.#open.takeFirst(documents, isIt)
    if (row === undefined) return
    const { http, ...known } = this.#details.get(row) ?? {}
    const { endUnknown: _unknown, ...call } = http ?? {}
    const detail = { ...known, http: { ...told, ...call, match: 'inferred' as const } }
    if (this.#endedByDevtools.has(row)) {
      this.#enrich(row, detail, outcome)
      return
    }
    const duration = end - this.start.get(row)
    this.duration.set(row, duration)
    this.outcome.set(row, outcome)
    this.figures.record(outcome, duration, true)
    this.#setDetail(row, detail)
  }

  #tell(row: number, kind: number, start: number, detail: OperationDetail | undefined): void {
    if (detail?.http || detail?.connection) this.#onRequest(row, kindAt(kind), start, detail)
  }

  #push(document: number, source: number, id: number, start: number): number {
    this.start.push(start)
    this.document.push(document)
    this.source.push(source)
    this.id.push(id)
    for (const column of [this.duration, this.outcome, this.kind, this.name, this.parent, this.endUnknown]) {
      column.push(0)
    }
    this.requests.addRow()
    return this.start.length - 1
  }

  #setDetail(row: number, detail: OperationDetail | undefined): void {
    if (detail) this.#details.set(row, detail)
    else this.#details.delete(row)
    this.endUnknown.set(row, detail && endUnknownOf(detail) !== undefined ? 1 : 0)
    this.requests.set(row, detail)
  }
}

function kindAt(index: number): Kind {
  return KINDS[index] ?? 'custom'
}
