// Model: remembers a number for each id of a string table.

const FIRST_CAPACITY = 256

/** @param compute returns an integer below 2³² − 1 */
export function memoizeById<Result extends number>(compute: (id: number) => Result): (id: number) => Result {
  /** The result plus one; 0 if there is none yet. */
  let known = new Uint32Array(FIRST_CAPACITY)
  return id => {
    if (id >= known.length) {
      const grown = new Uint32Array(Math.max(id + 1, known.length * 2))
      grown.set(known)
      known = grown
    }
    if (known[id] === 0) known[id] = compute(id) + 1
    return ((known[id] as number) - 1) as Result
  }
}

/** The same for a test. */
export function memoizeTest<Id extends number>(test: (id: Id) => boolean): (id: Id) => boolean {
  const results = memoizeById(id => (test(id as Id) ? 1 : 0))
  return id => results(id) === 1
}
