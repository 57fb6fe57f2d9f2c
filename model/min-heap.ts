// Model: numbers by their keys, the lowest key first.

export class MinHeap {
  readonly #keys: number[] = []
  readonly #values: number[] = []

  get length(): number {
    return this.#keys.length
  }

  /** The lowest key. There must be one. */
  get key(): number {
    return this.#keys[0] as number
  }

  push(key: number, value: number): void {
    const [keys, values] = [this.#keys, this.#values]
    let at = keys.length
    while (at > 0) {
      const above = (at - 1) >> 1
      if ((keys[above] as number) <= key) break
      keys[at] = keys[above] as number
      values[at] = values[above] as number
      at = above
    }
    keys[at] = key
    values[at] = value
  }

  /** Removes the lowest key and returns its value. There must be one. */
  pop(): number {
    const [keys, values] = [this.#keys, this.#values]
    const first = values[0] as number
    const [key, value] = [keys.pop() as number, values.pop() as number]
    const { length } = keys
    if (length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= length) break
      if (below + 1 < length && (keys[below + 1] as number) < (keys[below] as number)) below++
      if ((keys[below] as number) >= key) break
      keys[at] = keys[below] as number
      values[at] = values[below] as number
      at = below
    }
    keys[at] = key
    values[at] = value
    return first
  }
}
