// Model: which row of the table a pending operation has, until it ends, or any other that may be reported again.
import type { DocumentNumber, Row, SourceId } from '../numbers.ts'

/** Holds what is open only, so a lookup costs nothing where nothing is. */
export class OpenRows {
  readonly #sources = new Map<string, Map<number, Row>>()

  /** Those of one source of one document: rows by the operation's id. */
  of(document: DocumentNumber, source: SourceId): Map<number, Row> {
    const key = `${document}/${source}`
    let rows = this.#sources.get(key)
    if (!rows) {
      rows = new Map()
      this.#sources.set(key, rows)
    }
    return rows
  }

  /** Takes the row that `matches` out of the first of these documents where an operation with this id is open. */
  take(documents: readonly DocumentNumber[], id: number, matches: (row: Row) => boolean): Row | undefined {
    for (const document of documents) {
      for (const rows of this.#of(document)) {
        const row = rows.get(id)
        if (row === undefined || !matches(row)) continue
        rows.delete(id)
        return row
      }
    }
    return undefined
  }

  /** Takes the first row that `matches` out of what is open in these documents. */
  takeFirst(documents: readonly DocumentNumber[], matches: (row: Row) => boolean): Row | undefined {
    for (const document of documents) {
      for (const rows of this.#of(document)) {
        for (const [id, row] of rows) {
          if (!matches(row)) continue
          rows.delete(id)
          return row
        }
      }
    }
    return undefined
  }

  *all(): Generator<Row, void> {
    for (const rows of this.#sources.values()) yield* rows.values()
  }

  /** The rows of all sources of a document. */
  *rowsOf(document: DocumentNumber): Generator<Row, void> {
    for (const rows of this.#of(document)) yield* rows.values()
  }

  *#of(document: DocumentNumber): Generator<Map<number, Row>, void> {
    for (const [key, rows] of this.#sources) if (key.startsWith(`${document}/`)) yield rows
  }
}
