// Node: random numbers that a seed repeats.

export interface Random {
  /** At least 0, less than 1. */
  next(): number
  between(low: number, high: number): number
  integer(low: number, high: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  shuffled<Item>(items: readonly Item[]): Item[]
  /** Log-normal, as most durations are. */
  around(median: number, sigma?: number): number
}

/** mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer,
    chance: probability => next() < probability,
    pick,
    shuffled(items) {
      const left = [...items]
      const taken: typeof left = []
      while (left.length > 0) taken.push(left.splice(Math.floor(next() * left.length), 1)[0] as (typeof left)[number])
      return taken
    },
    around(median, sigma = 0.25) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(sigma * normal)
    },
  }
}
