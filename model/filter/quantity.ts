// Model: numbers with units in a filter.

export type Unit = 'ms' | 'bytes' | 'none'

const NUMBER = /^((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*([a-zµ]*)$/i

/** Milliseconds or bytes in each unit. Upper and lower case are the same. */
const FACTORS: Record<Unit, ReadonlyMap<string, number>> = {
  ms: new Map([
    ['', 1],
    ['us', 1e-3],
    ['µs', 1e-3],
    ['ms', 1],
    ['s', 1e3],
    ['min', 60e3],
  ]),
  bytes: new Map([
    ['', 1],
    ['b', 1],
    ['k', 1e3],
    ['kb', 1e3],
    ['m', 1e6],
    ['mb', 1e6],
    ['g', 1e9],
    ['gb', 1e9],
  ]),
  none: new Map([['', 1]]),
}

/** `1.5s` → 1500; undefined if it is not a number with such a unit. */
export function quantity(text: string, unit: Unit): number | undefined {
  const [, digits, symbol = ''] = NUMBER.exec(text) ?? []
  const factor = FACTORS[unit].get(symbol.toLowerCase())
  if (digits === undefined || factor === undefined) return undefined
  const value = Number(digits) * factor
  return Number.isFinite(value) ? value : undefined
}

/** Examples of numbers and a range. */
export const EXAMPLES: Record<Unit, string> = {
  ms: '300, 1.5s, 100..500',
  bytes: '500, 1.5M, 1k..20k',
  none: '404, 5xx, 400..499',
}
