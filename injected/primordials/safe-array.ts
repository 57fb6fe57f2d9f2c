// Page's own world (MAIN): what is done to arrays, by nothing that a page may have put on Array.prototype. Our own have no
// prototype (`bare`): an item is put at the end by its index.

/** An index that is not there would be looked for on Array.prototype. */
export function itemAt<T>(array: readonly T[], index: number): T | undefined {
  return index < array.length ? array[index] : undefined
}

export function indexIn<T>(list: readonly T[], item: T): number {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return i
  return -1
}
