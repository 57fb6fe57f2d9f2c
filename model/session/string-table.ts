// Panel: each string once, named by a number. Touches no DOM.

export class StringTable {
  readonly #strings: string[] = []
  readonly #indices = new Map<string, number>()

  /** How many different strings there are. */
  get size(): number {
    return this.#strings.length
  }

  /** The number of a string: a new one, if it was not seen before. */
  add(value: string): number {
    const known = this.#indices.get(value)
    if (known !== undefined) return known
    this.#indices.set(value, this.#strings.length)
    return this.#strings.push(value) - 1
  }

  get(index: number): string {
    return this.#strings[index] ?? ''
  }
}
