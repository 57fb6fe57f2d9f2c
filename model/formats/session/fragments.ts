// Panel: pieces of text that an export has again and again, encoded once. Touches no DOM.

/** Pieces that are kept, those of the least numbers: more different ones are not worth their memory. */
const MAX_KEPT = 4_096

const encoder = new TextEncoder()

/** The pieces of text of things that have a number. */
export class Fragments {
  readonly #kept: (Uint8Array | undefined)[] = []
  readonly #textOf: (number: number) => string

  constructor(textOf: (number: number) => string) {
    this.#textOf = textOf
  }

  get(number: number): Uint8Array {
    const known = this.#kept[number]
    if (known) return known
    const made = encoder.encode(this.#textOf(number))
    if (number < MAX_KEPT) this.#kept[number] = made
    return made
  }
}
