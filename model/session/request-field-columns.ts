// Any world: what lists and filters ask of each request, as columns, so that no detail has to be read for it.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { COLUMN_FIELDS, fieldValue, type RequestField } from '../operation-fields.ts'
import { float64Column, uint16Column, uint32Column } from './column.ts'
import { StringTable } from './string-table.ts'

/** Stands for a string that is not known; the table's own numbers begin after it. */
const NONE = 0
/** Values of an optional field that the filter's completion offers: nobody looks through more. */
const MAX_VALUES = 500

/** A column of an optional field. It ends with the last row that has a value. */
interface OptionalColumn {
  /** Numbers, NaN for none; or numbers of `strings`. */
  values: ReturnType<typeof float64Column<Row>> | ReturnType<typeof uint32Column<Row>>
  empty: number
  /** Texts that were ever seen. */
  texts: Set<string>
}

export class RequestFieldColumns {
  /** 0 where it is not known. */
  readonly status = uint16Column<Row>()
  /** Bytes on the network; NaN where they are not known. */
  readonly size = float64Column<Row>()
  /** Numbers of `strings`. */
  readonly method = uint32Column<Row>()
  readonly url = uint32Column<Row>()
  /** Of the GraphQL operation that a body names. */
  readonly graphql = uint32Column<Row>()
  readonly strings = new StringTable()
  /** Those that were ever seen, for the completion of the filter. */
  readonly statuses = new Set<number>()
  readonly methods = new Set<string>()
  /** Made with a field's first value: most sessions have none of most optional fields. */
  readonly #optional = new Map<string, OptionalColumn>()

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

  set(row: Row, detail: OperationDetail | undefined): void {
    const { http, connection } = detail ?? {}
    const status = http?.status ?? connection?.devtools?.status ?? 0
    if (status > 0) this.statuses.add(status)
    if (http?.method) this.methods.add(http.method)
    this.status.set(row, status)
    this.size.set(row, http?.transferSize ?? connection?.devtools?.transferSize ?? Number.NaN)
    this.method.set(row, this.strings.add(http?.method ?? ''))
    this.url.set(row, this.strings.add(http?.url ?? connection?.url ?? ''))
    this.graphql.set(row, this.strings.add(http?.graphql ?? ''))
    for (const field of COLUMN_FIELDS) this.#setOptional(row, field, fieldValue(detail, field))
  }

  /** The response's; undefined while and where it is not known. */
  statusOf(row: Row): number | undefined {
    return this.status.get(row) || undefined
  }

  /** Bytes on the network. */
  sizeOf(row: Row): number | undefined {
    const size = this.size.get(row)
    return Number.isNaN(size) ? undefined : size
  }

  /** A request's. */
  methodOf(row: Row): string | undefined {
    return this.strings.get(this.method.get(row)) || undefined
  }

  /** A request's or a connection's. */
  urlOf(row: Row): string | undefined {
    return this.strings.get(this.url.get(row)) || undefined
  }

  /** An optional field that is kept in a column: a number, of a text its number in `strings`. 0 or NaN where there is none. */
  optional(row: Row, { name }: RequestField): number {
    const column = this.#optional.get(name)
    return column && row < column.values.length ? column.values.get(row) : Number.NaN
  }

  /** The values of such a field that occur; some of them, where there are many. */
  textsOf({ name }: RequestField): Iterable<string> {
    return this.#optional.get(name)?.texts ?? []
  }

  #setOptional(row: Row, { name }: RequestField, value: unknown): void {
    let column = this.#optional.get(name)
    if (!column) {
      if (value === undefined) return
      const isText = typeof value === 'string'
      column = {
        values: isText ? uint32Column<Row>() : float64Column<Row>(),
        empty: isText ? NONE : Number.NaN,
        texts: new Set(),
      }
      this.#optional.set(name, column)
    }
    const { values, empty, texts } = column
    if (value === undefined && row >= values.length) return
    while (values.length <= row) values.push(empty)
    if (typeof value === 'string' && texts.size < MAX_VALUES) texts.add(value)
    values.set(row, value === undefined ? empty : typeof value === 'string' ? this.strings.add(value) : Number(value))
  }
}
