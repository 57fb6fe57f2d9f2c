// Model: items in the order of their start. Those of one start stay in the order in which they came.

export class TimeOrderedList<T extends { start: number }> {
  readonly items: T[] = []

  add(item: T): void {
    let at = this.items.push(item) - 1
    // Nearly all items arrive in order, so the place is found from the end.
    for (; at > 0 && (this.items[at - 1] as T).start > item.start; at--) this.items[at] = this.items[at - 1] as T
    this.items[at] = item
  }

  remove(item: T): void {
    const at = this.items.indexOf(item, this.indexFrom(item.start))
    if (at !== -1) this.items.splice(at, 1)
  }

  /** Removes items that are in the list. */
  removeAll(gone: ReadonlySet<T>): void {
    let kept = 0
    let seen = 0
    for (let left = gone.size; left > 0 && seen < this.items.length; seen++) {
      const item = this.items[seen] as T
      if (gone.has(item)) left--
      else this.items[kept++] = item
    }
    this.items.splice(kept, seen - kept)
  }

  /** The index of the first item that starts at `time` or later. */
  indexFrom(time: number): number {
    let low = 0
    let high = this.items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.items[middle] as T).start < time) low = middle + 1
      else high = middle
    }
    return low
  }
}
