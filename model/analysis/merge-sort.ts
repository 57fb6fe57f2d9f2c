// Model: a merge sort that can be paused.

/** Moves between two `yield`s: a few hundred microseconds of work, even if strings are compared. */
const STEP = 2_048

/** A stable sort. It uses `items` as its working memory: do not read it afterwards. */
export function* mergeSort(
  items: Uint32Array<ArrayBuffer>,
  compare: (a: number, b: number) => number,
): Generator<void, Uint32Array<ArrayBuffer>> {
  const { length } = items
  let from = items
  let into = new Uint32Array(length)
  let moves = 0
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length)
      const end = Math.min(start + 2 * width, length)
      let left = start
      let right = middle
      for (let target = start; target < end; target++) {
        if (++moves % STEP === 0) yield
        const fromLeft = left < middle && (right >= end || compare(from[left] as number, from[right] as number) <= 0)
        into[target] = from[fromLeft ? left++ : right++] as number
      }
    }
    ;[from, into] = [into, from]
  }
  return from
}
