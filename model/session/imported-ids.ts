// Panel: what the rows of an imported session were given by its file, where rows of a log have it from their columns.
// Touches no DOM.
import { type IdColumns, NO_ID, NO_NUMBER } from '../formats/session/import-part.ts'
import { uint32Column } from './column.ts'
import { StringTable } from './string-table.ts'

class GivenIds {
  readonly #prefixes = new StringTable()
  readonly #prefix = uint32Column()
  readonly #number = uint32Column()

  add({ prefix, number, prefixes }: IdColumns): void {
    const own = prefixes.map(each => this.#prefixes.add(each))
    for (let row = 0; row < prefix.length; row++) {
      const index = prefix[row] as number
      this.#prefix.push(index === NO_ID ? NO_ID : (own[index] as number))
      this.#number.push(number[row] as number)
    }
  }

  get(row: number): string | undefined {
    const prefix = this.#prefix.get(row)
    if (prefix === NO_ID) return undefined
    const number = this.#number.get(row)
    return number === NO_NUMBER ? this.#prefixes.get(prefix) : `${this.#prefixes.get(prefix)}${number}`
  }
}

export class ImportedIds {
  readonly ids = new GivenIds()
  readonly parents = new GivenIds()
  /** Epoch milliseconds, by row, where an end is not the start and the duration. */
  readonly ends = new Map<number, number>()
}
