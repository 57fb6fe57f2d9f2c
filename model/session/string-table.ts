// Panel: each string once, named by a number. Touches no DOM.

export class StringTable<Id extends number = number> {
  readonly #strings: string[] = []
  readonly #indices = new Map<string, Id>()

  /** How many different strings there are. */
  get size(): number {
    return this.#strings.length
  }

  /** The number of a string: a new one, if it was not seen before. */
  add(value: string): Id {
    const known = this.#indices.get(value)
    if (known !== undefined) return known
    const id = this.#strings.length as Id
    this.#indices.set(value, id)
    this.#strings.push(value)
    return id
  }

  get(id: Id): string {
    return this.#strings[id] ?? ''
  }
}
