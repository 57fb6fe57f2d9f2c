// Model: the fields of requests that lists and filters read, as columns: reading the details of each row would be slow.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { COLUMN_FIELDS, fieldValue, type RequestField } from '../operation-fields.ts'
import { float64Column, integerColumn } from './column.ts'
import { StringTable } from './string-table.ts'

/** The id of the empty string, for what is not known. */
const NONE = 0
/** Values of an optional field that are kept for the filter's completion: nobody looks through more. */
const MAX_VALUES = 500

/** A column of an optional field. It is as long as the last row with a value needs. */
interface OptionalColumn {
  /** Numbers, or ids in `strings`. */
  values: ReturnType<typeof float64Column<Row>> | ReturnType<typeof integerColumn<Row>>
  /** NaN, or NONE. */
  empty: number
  /** Texts that have occurred. */
  texts: Set<string>
}

export class RequestFieldColumns {
  /** 0 if not known. */
  readonly status = integerColumn<Row>()
  /** Bytes on the network; NaN if not known. */
  readonly size = float64Column<Row>()
  /** Ids in `strings`. */
  readonly method = integerColumn<Row>()
  readonly url = integerColumn<Row>()
  /** The name of the GraphQL operation in a request's body. */
  readonly graphql = integerColumn<Row>()
  readonly strings = new StringTable()
  /** Values that have occurred, for the filter's completion. */
  readonly statuses = new Set<number>()
  readonly methods = new Set<string>()
  /** A column is created with a field's first value: most sessions have no value of most optional fields. */
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

  /** The response's status; undefined if not known. */
  statusOf(row: Row): number | undefined {
    return this.status.get(row) || undefined
  }

  /** Bytes on the network. */
  sizeOf(row: Row): number | undefined {
    const size = this.size.get(row)
    return Number.isNaN(size) ? undefined : size
  }

  /** The method of a request. */
  methodOf(row: Row): string | undefined {
    return this.strings.get(this.method.get(row)) || undefined
  }

  /** The URL of a request or a connection. */
  urlOf(row: Row): string | undefined {
    return this.strings.get(this.url.get(row)) || undefined
  }

  /** The value of an optional field that has a column: a number, or the id of a text. NONE or NaN if there is none. */
  optional(row: Row, { name }: RequestField): number {
    const column = this.#optional.get(name)
    return column && row < column.values.length ? column.values.get(row) : Number.NaN
  }

  /** The texts of such a field that have occurred, up to MAX_VALUES. */
  textsOf({ name }: RequestField): Iterable<string> {
    return this.#optional.get(name)?.texts ?? []
  }

  #setOptional(row: Row, { name }: RequestField, value: unknown): void {
    let column = this.#optional.get(name)
    if (!column) {
      if (value === undefined) return
      const isText = typeof value === 'string'
      column = {
        values: isText ? integerColumn<Row>() : float64Column<Row>(),
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
