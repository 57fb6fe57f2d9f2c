// Model: ranges of numbers in a filter.
import { quantity, type Unit } from './quantity.ts'
import type { NumberRange } from './term.ts'
import type { Operator } from './tokens.ts'

/** Undefined if the value is neither a number, nor a range `a..b`, nor a class of status codes such as `5xx`. */
export function numberRange(operator: Operator, value: string, unit: Unit): NumberRange | undefined {
  if (operator !== ':' && operator !== '=') {
    const bound = quantity(value, unit)
    if (bound === undefined) return undefined
    const open = operator === '>' || operator === '<'
    return operator[0] === '>'
      ? { least: bound, most: Number.POSITIVE_INFINITY, open }
      : { least: Number.NEGATIVE_INFINITY, most: bound, open }
  }
  const statusClass = unit === 'none' && /^([1-9])xx$/i.exec(value)
  if (statusClass) return { least: Number(statusClass[1]) * 100, most: Number(statusClass[1]) * 100 + 99, open: false }
  const dots = value.indexOf('..')
  const [from, to] = dots < 0 ? [value, value] : [value.slice(0, dots), value.slice(dots + 2)]
  if (!from && !to) return undefined
  const least = from ? quantity(from, unit) : Number.NEGATIVE_INFINITY
  const most = to ? quantity(to, unit) : Number.POSITIVE_INFINITY
  return least === undefined || most === undefined ? undefined : { least, most, open: false }
}

/** As it is typed after a key. */
export function rangeText({ least, most, open }: NumberRange): string {
  if (least === most) return `:${least}`
  if (most === Number.POSITIVE_INFINITY) return `>${open ? '' : '='}${least}`
  if (least === Number.NEGATIVE_INFINITY) return `<${open ? '' : '='}${most}`
  return `:${least}..${most}`
}
