// Model: formats numbers and times in the language of the browser.

/** Shown in place of an unknown value. */
export const UNKNOWN = '—'

/** Seconds. */
const MINUTE = 60
const HOUR = 60 * MINUTE

export interface Formatters {
  /** @param thing a noun in the singular: `0 messages`, `1 message`. */
  count(value: number, thing?: string): string
  /** @param share 0 to 1 */
  percent(share: number): string
  /** A duration in milliseconds, with no more digits than a timer with this resolution in milliseconds can tell. */
  duration(milliseconds: number, resolution: number): string
  /** A power of ten of milliseconds. */
  decade(milliseconds: number): string
  /** A round duration in milliseconds, for the axis of a chart. */
  axisDuration(milliseconds: number): string
  /** Milliseconds since the start of the session, as seconds. */
  moment(milliseconds: number): string
  /** Like `moment`, with the digits that a step of `step` milliseconds needs. */
  axisMoment(milliseconds: number, step: number): string
  bytes(value: number): string
  /** An estimate with its bounds, in two digits: `410 kB (330–490)`. */
  bytesBetween(estimate: { bytes: number; low: number; high: number }): string
  /** A number per second. */
  rate(perSecond: number): string
  /** The date and time of day of epoch milliseconds. */
  date(epoch: number): string
  /** Like `date`, with milliseconds. */
  instant(epoch: number): string
}

export function createFormatters(locale?: string): Formatters {
  const fixed = Array.from(
    { length: 7 },
    (_, digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  // SI symbols are the same in every language. Intl's units are not symbols in all languages, so they are not used.
  const measure = (value: number, digits: number, unit: string): string =>
    `${(fixed[digits] as Intl.NumberFormat).format(value)}\u00a0${unit}`
  const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const instants = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  })

  return {
    count: (value, thing) => counts.format(value) + (thing ? ` ${thing}${value === 1 ? '' : 's'}` : ''),
    percent: share => percents.format(share),
    duration(milliseconds, resolution) {
      if (Number.isNaN(milliseconds)) return UNKNOWN
      const finest = resolution < 1 ? digitsOf(resolution) : 0
      if (milliseconds < resolution) return `< ${measure(resolution, finest, 'ms')}`
      if (milliseconds < 999.5) return measure(milliseconds, Math.min(finest, significant(milliseconds)), 'ms')
      const seconds = milliseconds / 1000
      if (seconds < MINUTE) return measure(seconds, Math.min(finest + 3, significant(seconds)), 's')
      return seconds < HOUR ? measure(seconds / MINUTE, 1, 'min') : measure(seconds / HOUR, 1, 'h')
    },
    decade(milliseconds) {
      return milliseconds < 1000
        ? measure(milliseconds, digitsOf(milliseconds), 'ms')
        : measure(milliseconds / 1000, 0, 's')
    },
    axisDuration(milliseconds) {
      if (milliseconds === 0) return '0'
      const [value, unit] = milliseconds < 1000 ? [milliseconds, 'ms'] : [milliseconds / 1000, 's']
      return measure(value, digitsOf(Number(value.toPrecision(6))), unit)
    },
    moment: milliseconds => measure(milliseconds / 1000, 3, 's'),
    axisMoment: (milliseconds, step) =>
      step < 1000 && Math.abs(milliseconds) < 1000
        ? measure(milliseconds, digitsOf(step), 'ms')
        : measure(milliseconds / 1000, digitsOf(step / 1000), 's'),
    bytes(value) {
      const size = Math.abs(value)
      if (size < 999.5) return measure(value, 0, 'B')
      if (size < 999_500) return measure(value / 1e3, significant(size / 1e3), 'kB')
      if (size < 999_500_000) return measure(value / 1e6, significant(size / 1e6), 'MB')
      return measure(value / 1e9, significant(size / 1e9), 'GB')
    },
    bytesBetween({ bytes, low, high }) {
      const [unit, size] = bytes < 999_500 ? ['kB', 1e3] : ['MB', 1e6]
      // The bounds are rounded as the estimate is.
      const step = 10 ** (Math.floor(Math.log10(Math.max(bytes / size, 1))) - 1)
      const rounded = (value: number): number => Math.round(value / size / step) * step
      const number = fixed[step < 1 ? 1 : 0] as Intl.NumberFormat
      return `${measure(rounded(bytes), step < 1 ? 1 : 0, unit)} (${number.format(rounded(low))}–${number.format(rounded(high))})`
    },
    rate: perSecond => measure(perSecond, significant(perSecond), '/ s'),
    date: epoch => dates.format(epoch),
    instant: epoch => instants.format(epoch),
  }
}

/** Digits after the decimal point, so that there are three significant digits. */
function significant(value: number): number {
  return value < 9.995 ? 2 : value < 99.95 ? 1 : 0
}

/** Digits after the decimal point that a step needs: 0.1 → 1, 0.005 → 3, 2 → 0, 2.5 → 1. */
export function digitsOf(step: number): number {
  if (!(step > 0)) return 0
  let digits = 0
  for (let rest = step; digits < 6 && Math.abs(rest - Math.round(rest)) > 1e-9 * 10 ** digits; digits++) rest *= 10
  return digits
}
