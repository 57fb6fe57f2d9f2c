// Page's own world (MAIN): operations on arrays that use nothing a page may have put on Array.prototype. Our own arrays have
// no prototype (`bare`), so items are appended by index.

/** Reading an index past the end would look it up on Array.prototype. */
export function itemAt<T>(array: readonly T[], index: number): T | undefined {
  return index < array.length ? array[index] : undefined
}

export function indexIn<T>(list: readonly T[], item: T): number {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return i
  return -1
}
