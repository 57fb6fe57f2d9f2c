// Page's own world (MAIN): first in, first out, and by no method that a page may have replaced. Links and not an
// array: writing to an array's end calls a setter that a page has put on Array.prototype.

interface Link<T> {
  readonly item: T
  next: Link<T> | undefined
}

export interface Queue<T> {
  readonly length: number
  add(item: T): void
  /** Takes the first out. */
  take(): T | undefined
}

export function createQueue<T>(): Queue<T> {
  let first: Link<T> | undefined
  let last: Link<T> | undefined
  let length = 0
  return {
    get length() {
      return length
    },
    add(item) {
      const link: Link<T> = { item, next: undefined }
      if (last) last.next = link
      else first = link
      last = link
      length++
    },
    take() {
      if (!first) return undefined
      const { item, next } = first
      first = next
      if (!next) last = undefined
      length--
      return item
    },
  }
}
