// Panel: figures as text, in the browser's language. Touches no DOM.

/** What stands where a figure is not known. */
export const UNKNOWN = '—'

const MINUTE = 60_000

export interface Figures {
  count(value: number): string
  /** @param share 0 to 1 */
  percent(share: number): string
  /** A duration in milliseconds, no finer than the clock's step of `resolution` milliseconds. */
  duration(milliseconds: number, resolution: number): string
  /** Milliseconds since the session began, in seconds. */
  moment(milliseconds: number): string
  /** As `moment`, with as many digits as tell apart moments `step` milliseconds apart. */
  axisMoment(milliseconds: number, step: number): string
  bytes(value: number): string
  /** The date and time of day of epoch milliseconds. */
  date(epoch: number): string
}

export function createFigures(locale?: string): Figures {
  const cache = new Map<string, Intl.NumberFormat>()
  /** Units with a fixed or a least number of digits after the point. */
  const number = (digits: number, unit?: string, least = digits): Intl.NumberFormat => {
    const key = `${digits} ${least} ${unit}`
    let format = cache.get(key)
    if (!format) {
      const style: Intl.NumberFormatOptions = unit ? { style: 'unit', unit, unitDisplay: 'short' } : {}
      format = new Intl.NumberFormat(locale, {
        ...style,
        maximumFractionDigits: digits,
        minimumFractionDigits: least,
      })
      cache.set(key, format)
    }
    return format
  }
  const counts = number(0)
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  const dates = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  })

  return {
    count: value => counts.format(value),
    percent: share => percents.format(share),
    duration(milliseconds, resolution) {
      if (Number.isNaN(milliseconds)) return UNKNOWN
      const finest = digitsOf(resolution)
      if (milliseconds < resolution) return `< ${number(finest, 'millisecond', 0).format(resolution)}`
      if (milliseconds < 999.5) {
        return number(Math.min(finest, significant(milliseconds)), 'millisecond').format(milliseconds)
      }
      if (milliseconds < MINUTE) {
        const seconds = milliseconds / 1000
        return number(Math.min(finest + 3, significant(seconds)), 'second').format(seconds)
      }
      return number(1, 'minute').format(milliseconds / MINUTE)
    },
    moment: milliseconds => number(3, 'second').format(milliseconds / 1000),
    axisMoment: (milliseconds, step) =>
      step < 1000 && Math.abs(milliseconds) < 1000
        ? number(digitsOf(step), 'millisecond').format(milliseconds)
        : number(digitsOf(step / 1000), 'second').format(milliseconds / 1000),
    bytes(value) {
      const size = Math.abs(value)
      if (size < 999.5) return number(0, 'byte').format(value)
      if (size < 999_500) return number(significant(size / 1e3), 'kilobyte').format(value / 1e3)
      if (size < 999_500_000) return number(significant(size / 1e6), 'megabyte').format(value / 1e6)
      return number(significant(size / 1e9), 'gigabyte').format(value / 1e9)
    },
    date: epoch => dates.format(epoch),
  }
}

/** Digits after the point that make three figures in all. */
function significant(value: number): number {
  return value < 9.995 ? 2 : value < 99.95 ? 1 : 0
}

/** Digits after the point that a step needs: 0.1 → 1, 0.005 → 3, 2 → 0. */
export function digitsOf(step: number): number {
  if (!(step > 0) || step >= 1) return 0
  let digits = 0
  for (let rest = step; digits < 6 && Math.abs(rest - Math.round(rest)) > 1e-9 * 10 ** digits; digits++) rest *= 10
  return digits
}
