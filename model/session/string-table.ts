// Model: stores each string once, and gives it an id.

export class StringTable<Id extends number = number> {
  readonly #strings: string[] = []
  readonly #indices = new Map<string, Id>()

  /** The number of different strings. */
  get size(): number {
    return this.#strings.length
  }

  /** The id of a string; a new id for a new string. */
  add(value: string): Id {
    const known = this.#indices.get(value)
    if (known !== undefined) return known
    const id = this.#strings.length as Id
    this.#indices.set(value, id)
    this.#strings.push(value)
    return id
  }

  /** The id of a string that is in the table. */
  idOf(value: string): Id | undefined {
    return this.#indices.get(value)
  }

  get(id: Id): string {
    return this.#strings[id] ?? ''
  }
}
