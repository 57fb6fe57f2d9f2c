// Model: operations from a session file. They differ from recorded ones: times are epoch milliseconds, each operation has
// its own document, ids are any texts, and details are those of the file.
import type { SessionTrafficPoint } from '../../session/format.ts'
import type { OperationDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'
import { integerColumn } from './column.ts'
import { StringTable } from './string-table.ts'

/** Index `i` of each column is one operation. */
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
  /** The operation of the file that started this one, counted from 1, if it comes before it; otherwise 0. */
  parent: Uint32Array
  /** Epoch milliseconds by index in the columns, for ends that differ from the sum of start and duration. */
  ends: [index: number, endTime: number][]
  /** By index in the columns, for the operations that have any. */
  details: [index: number, detail: OperationDetail][]
  /** What connections carried over time, by index in the columns. */
  traffic: [index: number, points: SessionTrafficPoint[]][]
}

/** Zeroed columns for `count` operations. */
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
    traffic: [],
  }
}

/** Texts of ids as columns. Most ids are one of a few prefixes followed by a number. */
export interface IdColumns {
  /** Indices into `prefixes`; NO_ID if there is no id. */
  prefix: Uint32Array
  /** The number after the prefix; NO_NUMBER if there is none. */
  number: Uint32Array
  prefixes: string[]
}

const NO_ID = 0xffffffff
const NO_NUMBER = 0xffffffff

/** The number at the end of an id, without leading zeros, and small enough for a column. */
const NUMBER = /(?:0|[1-9]\d{0,8})$/

function createIdColumns(count: number): IdColumns {
  return { prefix: new Uint32Array(count), number: new Uint32Array(count), prefixes: [] }
}

/** Sets all ids of the columns. */
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
  /** Both are one more than in `IdColumns`, and 0 for NO_ID and NO_NUMBER. */
  readonly #prefix = integerColumn<Row>()
  readonly #number = integerColumn<Row>()

  add({ prefix, number, prefixes }: IdColumns): void {
    const own = prefixes.map(each => this.#prefixes.add(each))
    for (let row = 0; row < prefix.length; row++) {
      const index = prefix[row] as number
      const digits = number[row] as number
      this.#prefix.push(index === NO_ID ? 0 : (own[index] as number) + 1)
      this.#number.push(digits === NO_NUMBER ? 0 : digits + 1)
    }
  }

  get(row: Row): string | undefined {
    const prefix = this.#prefix.get(row)
    if (prefix === 0) return undefined
    const number = this.#number.get(row)
    const text = this.#prefixes.get(prefix - 1)
    return number === 0 ? text : `${text}${number - 1}`
  }
}

/** Ids and ends that come from a file. Those of recorded operations are computed from their columns. */
export class ImportedIds {
  readonly ids = new IdTable()
  readonly parents = new IdTable()
  /** Epoch milliseconds, for ends that differ from the sum of start and duration. */
  readonly ends = new Map<Row, number>()
}
