// Panel: all operations of a session as columns. Touches no DOM.
import { OperationTotals } from '../../session/operation-totals.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import {
  type HttpDetail,
  KINDS,
  type Kind,
  type OperationColumns,
  type OperationDetail,
  OUTCOMES,
  type Outcome,
} from '../../wire/operations.ts'
import { float64Column, uint8Column, uint16Column, uint32Column } from './column.ts'
import type { DevtoolsEnd } from './devtools-end.ts'
import { StartOrder } from './start-order.ts'
import { StringTable } from './string-table.ts'

export const PENDING = OUTCOMES.indexOf('pending')

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
  readonly details = new Map<number, OperationDetail>()
  readonly names = new StringTable()
  readonly order = new StartOrder()
  /** Of the operations that ended. */
  readonly totals = new OperationTotals()
  /** How many there are of each outcome, by its index in OUTCOMES. */
  readonly counts = new Float64Array(OUTCOMES.length)
  /** The longest duration so far. */
  longest = 0
  /** Pending rows only: document → source → id → row. */
  readonly #open = new Map<string, Map<number, number>>()
  readonly #endedByDevtools = new Set<number>()
  readonly #onRequest: (row: number, http: HttpDetail) => void

  /** @param onRequest called with each new row that is a request. */
  constructor(onRequest: (row: number, http: HttpDetail) => void = () => {}) {
    this.#onRequest = onRequest
  }

  get length(): number {
    return this.start.length
  }

  /** Adds what a source of a document recorded. Returns the latest moment in it, or -Infinity. */
  add(document: number, source: number, timeOrigin: number, columns: OperationColumns): number {
    const before = this.length
    const names = columns.strings.map(name => this.names.add(name))
    const details = new Map(columns.details)
    const open = this.#openOf(document, source)
    let latest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < columns.id.length; i++) {
      const id = columns.id[i] as number
      const outcome = columns.outcome[i] as number
      const duration = columns.duration[i] as number
      let row = open.get(id)
      if (row !== undefined && this.#endedByDevtools.has(row)) {
        this.#enrich(row, details.get(i))
        if (outcome !== PENDING) open.delete(id)
        continue
      }
      const added = row === undefined
      if (row === undefined) {
        row = this.start.length
        this.start.push(timeOrigin + (columns.start[i] as number))
        this.duration.push(duration)
        this.outcome.push(outcome)
        this.kind.push(columns.kind[i] as number)
        this.name.push(names[columns.name[i] as number] ?? 0)
        this.document.push(document)
        this.source.push(source)
        this.id.push(id)
        this.parent.push(columns.parent[i] as number)
        this.#count(outcome, 1)
      } else {
        this.#count(PENDING, -1)
        this.#count(outcome, 1)
        this.duration.set(row, duration)
        this.outcome.set(row, outcome)
        this.name.set(row, names[columns.name[i] as number] ?? 0)
        this.parent.set(row, columns.parent[i] as number)
      }
      const detail = details.get(i)
      if (detail) this.details.set(row, withDevtools(detail, this.details.get(row)?.http?.devtools))
      else if (this.details.has(row)) this.details.delete(row)
      if (added && detail?.http) this.#onRequest(row, detail.http)
      if (outcome === PENDING) open.set(id, row)
      else {
        open.delete(id)
        this.#end(duration, outcome)
      }
      const end = this.start.get(row) + (Number.isNaN(duration) ? 0 : duration)
      if (end > latest) latest = end
    }
    this.order.add(before, this.length, this.start.values)
    return latest
  }

  /**
   * Ends a row that is pending by what DevTools saw. Resource Timing may still tell of it, much later (an unread
   * body's entry waits for garbage collection): that then adds details, and changes no figure any more.
   */
  endByDevtools(row: number, { outcome, duration, error }: DevtoolsEnd): void {
    if (this.outcome.get(row) !== PENDING) return
    const index = OUTCOMES.indexOf(outcome)
    this.#endedByDevtools.add(row)
    this.#count(PENDING, -1)
    this.#count(index, 1)
    this.duration.set(row, duration)
    this.outcome.set(row, index)
    if (error) this.details.set(row, { ...this.details.get(row), error })
    this.#end(duration, index)
  }

  /** Replaces what is known of a request. */
  setHttp(row: number, http: HttpDetail): void {
    this.details.set(row, { ...this.details.get(row), http })
  }

  outcomeOf(row: number): Outcome {
    return OUTCOMES[this.outcome.get(row)] ?? 'pending'
  }

  kindOf(row: number): Kind {
    return KINDS[this.kind.get(row)] ?? 'custom'
  }

  nameOf(row: number): string {
    return this.names.get(this.name.get(row))
  }

  /** Unique within the session, the same whenever its log is read, and the id in an export. */
  idOf(row: number): string {
    return this.#id(row, this.id.get(row))
  }

  /** The id of the operation that started this one. */
  parentIdOf(row: number): string | undefined {
    const parent = this.parent.get(row)
    return parent === 0 ? undefined : this.#id(row, parent)
  }

  #id(row: number, id: number): string {
    return `${this.document.get(row) + 1}.${this.source.get(row)}.${id}`
  }

  #enrich(row: number, later: OperationDetail | undefined): void {
    const known = this.details.get(row)?.http
    if (later?.http && known) this.setHttp(row, { ...later.http, ...known })
  }

  #count(outcome: number, by: number): void {
    this.counts[outcome] = (this.counts[outcome] ?? 0) + by
  }

  #end(duration: number, outcome: number): void {
    if (Number.isNaN(duration)) return
    this.totals.record(duration, outcome)
    if (duration > this.longest) this.longest = duration
  }

  #openOf(document: number, source: number): Map<number, number> {
    const key = `${document}/${source}`
    let open = this.#open.get(key)
    if (!open) {
      open = new Map()
      this.#open.set(key, open)
    }
    return open
  }
}

function withDevtools(detail: OperationDetail, devtools: NetworkRequest | undefined): OperationDetail {
  return detail.http && devtools ? { ...detail, http: { ...detail.http, devtools } } : detail
}
