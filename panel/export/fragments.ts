// Panel: pieces of text that an export has again and again, encoded once. Touches no DOM.

/** Pieces that are kept: more different ones are not worth their memory. */
const MOST_KEPT = 4_096

const encoder = new TextEncoder()

/** The pieces of text of things that have a number. */
export class Fragments {
  readonly #kept = new Map<number, Uint8Array>()
  readonly #textOf: (number: number) => string

  constructor(textOf: (number: number) => string) {
    this.#textOf = textOf
  }

  get(number: number): Uint8Array {
    const known = this.#kept.get(number)
    if (known) return known
    const made = encoder.encode(this.#textOf(number))
    if (this.#kept.size < MOST_KEPT) this.#kept.set(number, made)
    return made
  }
}
