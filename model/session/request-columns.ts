// Panel: what lists and filters ask of each request, as columns: no detail has to be read for it. Touches no DOM.
import type { OperationDetail } from '../../wire/operations.ts'
import { float64Column, uint16Column, uint32Column } from './column.ts'
import { StringTable } from './string-table.ts'

/** Stands for a string that is not known; the table's own numbers begin after it. */
const NONE = 0

export class RequestColumns {
  /** 0 where it is not known. */
  readonly status = uint16Column()
  /** Bytes on the network; NaN where they are not known. */
  readonly size = float64Column()
  /** Numbers of `strings`. */
  readonly method = uint32Column()
  readonly url = uint32Column()
  /** Of the GraphQL operation that a body names. */
  readonly graphql = uint32Column()
  readonly strings = new StringTable()
  /** Those that were ever seen, for the completion of a filter. */
  readonly statuses = new Set<number>()
  readonly methods = new Set<string>()

  constructor() {
    this.strings.add('')
  }

  addRow(): void {
    this.status.push(0)
    this.size.push(Number.NaN)
    this.method.push(NONE)
    this.url.push(NONE)
    this.graphql.push(NONE)
  }

  set(row: number, detail: OperationDetail | undefined): void {
    const { http, connection } = detail ?? {}
    const status = http?.status ?? connection?.devtools?.status ?? 0
    if (status > 0) this.statuses.add(status)
    if (http?.method) this.methods.add(http.method)
    this.status.set(row, status)
    this.size.set(row, http?.transferSize ?? connection?.devtools?.transferSize ?? Number.NaN)
    this.method.set(row, this.strings.add(http?.method ?? ''))
    this.url.set(row, this.strings.add(http?.url ?? connection?.url ?? ''))
    this.graphql.set(row, this.strings.add(http?.graphql ?? ''))
  }

  /** The response's; undefined while and where it is not known. */
  statusOf(row: number): number | undefined {
    return this.status.get(row) || undefined
  }

  /** Bytes on the network. */
  sizeOf(row: number): number | undefined {
    const size = this.size.get(row)
    return Number.isNaN(size) ? undefined : size
  }

  /** A request's. */
  methodOf(row: number): string | undefined {
    return this.strings.get(this.method.get(row)) || undefined
  }

  /** A request's or a connection's. */
  urlOf(row: number): string | undefined {
    return this.strings.get(this.url.get(row)) || undefined
  }
}
