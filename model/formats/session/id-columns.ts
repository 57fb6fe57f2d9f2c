// Panel's worker: ids as columns. Touches no DOM.
import { type IdColumns, NO_ID, NO_NUMBER } from './import-part.ts'

/** The digits that an id ends with, without leading zeros and small enough for a column. */
const NUMBER = /(?:0|[1-9]\d{0,8})$/

export function createIdColumns(rows: number): IdColumns & { set(row: number, id: string | undefined): void } {
  const prefixes: string[] = []
  const known = new Map<string, number>()
  const columns = { prefix: new Uint32Array(rows), number: new Uint32Array(rows), prefixes }
  return {
    ...columns,
    set(row, id) {
      if (id === undefined) {
        columns.prefix[row] = NO_ID
        return
      }
      const digits = NUMBER.exec(id)
      const prefix = digits ? id.slice(0, digits.index) : id
      const index = known.get(prefix) ?? prefixes.push(prefix) - 1
      known.set(prefix, index)
      columns.prefix[row] = index
      columns.number[row] = digits ? Number(digits[0]) : NO_NUMBER
    },
  }
}
