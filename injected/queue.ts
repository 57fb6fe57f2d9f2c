// Page's own world (MAIN): first in, first out, and by no method that a page may have replaced. Links and not an
// array: writing to an array's end calls a setter that a page has put on Array.prototype. What waits holds its own
// link: an object more for each would cost as much as itself.

export interface Linked<T> {
  /** Undefined, but for the queue's use. */
  next: T | undefined
}

export interface Queue<T> {
  readonly length: number
  readonly first: T | undefined
  /** An item may be in one queue at a time. */
  add(item: T): void
  /** Takes the first out. */
  take(): T | undefined
}

export function createQueue<T extends Linked<T>>(): Queue<T> {
  let first: T | undefined
  let last: T | undefined
  let length = 0
  return {
    get length() {
      return length
    },
    get first() {
      return first
    },
    add(item) {
      if (last) last.next = item
      else first = item
      last = item
      length++
    },
    take() {
      const item = first
      if (!item) return undefined
      first = item.next
      item.next = undefined
      if (!first) last = undefined
      length--
      return item
    },
  }
}
