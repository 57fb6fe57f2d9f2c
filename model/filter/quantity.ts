// Model: numbers with units in a filter.

export type Unit = 'ms' | 'bytes' | 'none'

const NUMBER = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)$/i

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

/** For error messages. */
export const UNIT_NAMES: Record<Unit, string> = {
  ms: 'a number of milliseconds, such as 300, 300ms or 1.5s',
  bytes: 'a number of bytes, such as 500, 100k or 1.5M',
  none: 'a number',
}
