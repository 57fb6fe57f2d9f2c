// Any world: operations out of a session file. They differ from those of a log: times are epoch milliseconds, each row
// names its document, ids are texts of any kind, and details are those of the file.
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { uint32Column } from './column.ts'
import { StringTable } from './string-table.ts'

/** Row `i` of each column is one operation. */
export interface ImportedOperations {
  /** Epoch milliseconds. */
  start: Float64Array
  /** Milliseconds; NaN while unknown. */
  duration: Float64Array
  /** Indices into KINDS and OUTCOMES. */
  kind: Uint8Array
  outcome: Uint8Array
  /** Index into END_REASONS. */
  endUnknown: Uint8Array
  /** Index into `strings`. */
  name: Uint32Array
  strings: string[]
  /** The number of the document. */
  document: Uint32Array
  ids: IdColumns
  parentIds: IdColumns
  /** Which of the file's operations started this one, counted from 1, where it stands above it; 0 otherwise. */
  parent: Uint32Array
  /** Epoch milliseconds by index in the columns, where an end is not start and duration. */
  ends: [index: number, endTime: number][]
  /** By index in the columns, for the operations that have any. */
  details: [index: number, detail: OperationDetail][]
}

/** For `count` rows, zeroed. */
export function createImportedOperations(count: number): ImportedOperations {
  return {
    start: new Float64Array(count),
    duration: new Float64Array(count),
    kind: new Uint8Array(count),
    outcome: new Uint8Array(count),
    endUnknown: new Uint8Array(count),
    name: new Uint32Array(count),
    strings: [],
    document: new Uint32Array(count),
    ids: createIdColumns(count),
    parentIds: createIdColumns(count),
    parent: new Uint32Array(count),
    ends: [],
    details: [],
  }
}

/** Ids, which are texts, as columns: most of them end with a number that follows one of few prefixes. */
export interface IdColumns {
  /** Indices into `prefixes`; NO_ID where there is none. */
  prefix: Uint32Array
  /** What follows the prefix; NO_NUMBER where nothing does. */
  number: Uint32Array
  prefixes: string[]
}

const NO_ID = 0xffffffff
const NO_NUMBER = 0xffffffff

/** The digits that an id ends with, without leading zeros and small enough for a column. */
const NUMBER = /(?:0|[1-9]\d{0,8})$/

function createIdColumns(count: number): IdColumns {
  return { prefix: new Uint32Array(count), number: new Uint32Array(count), prefixes: [] }
}

/** Sets the ids of all rows of the columns. */
export function setIds({ prefix, number, prefixes }: IdColumns, ids: readonly (string | undefined)[]): void {
  const known = new Map<string, number>()
  for (const [row, id] of ids.entries()) {
    if (id === undefined) {
      prefix[row] = NO_ID
      continue
    }
    const digits = NUMBER.exec(id)
    const text = digits ? id.slice(0, digits.index) : id
    const index = known.get(text) ?? prefixes.push(text) - 1
    known.set(text, index)
    prefix[row] = index
    number[row] = digits ? Number(digits[0]) : NO_NUMBER
  }
}

class IdTable {
  readonly #prefixes = new StringTable()
  readonly #prefix = uint32Column<Row>()
  readonly #number = uint32Column<Row>()

  add({ prefix, number, prefixes }: IdColumns): void {
    const own = prefixes.map(each => this.#prefixes.add(each))
    for (let row = 0; row < prefix.length; row++) {
      const index = prefix[row] as number
      this.#prefix.push(index === NO_ID ? NO_ID : (own[index] as number))
      this.#number.push(number[row] as number)
    }
  }

  get(row: Row): string | undefined {
    const prefix = this.#prefix.get(row)
    if (prefix === NO_ID) return undefined
    const number = this.#number.get(row)
    return number === NO_NUMBER ? this.#prefixes.get(prefix) : `${this.#prefixes.get(prefix)}${number}`
  }
}

/** What rows have from their file, where rows of a log have it from their columns. */
export class ImportedIds {
  readonly ids = new IdTable()
  readonly parents = new IdTable()
  /** Epoch milliseconds, by row, where an end is not start and duration. */
  readonly ends = new Map<Row, number>()
}
