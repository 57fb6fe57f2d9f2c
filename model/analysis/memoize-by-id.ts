// Panel: what is computed once for each number of a string table. Touches no DOM.

const FIRST_CAPACITY = 256

/** @param compute gives a whole number below 2³² − 1. */
export function memoizeById(compute: (number: number) => number): (number: number) => number {
  /** One more than what was computed; 0 where nothing was. */
  let known = new Uint32Array(FIRST_CAPACITY)
  return number => {
    if (number >= known.length) {
      const grown = new Uint32Array(Math.max(number + 1, known.length * 2))
      grown.set(known)
      known = grown
    }
    if (known[number] === 0) known[number] = compute(number) + 1
    return (known[number] as number) - 1
  }
}
