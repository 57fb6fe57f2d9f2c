// Model: dates as HAR has them: ISO 8601. JavaScript's own dates have whole milliseconds.

/** With microseconds, which every reader of HAR skips or takes. */
export function harDate(time: number): string {
  const micros = Math.round(time * 1_000)
  const whole = Math.floor(micros / 1_000)
  const rest = micros - whole * 1_000
  const text = new Date(Math.min(whole, MAX_DATE)).toISOString()
  return rest > 0 && rest < 1_000 ? `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z` : text
}

/** The last moment that JavaScript's dates have. */
const MAX_DATE = 8.64e15

const BELOW_MILLISECONDS = /\.\d{3}(\d{1,9})/

/** Epoch milliseconds, with what the text says beyond them; NaN for a text that is no date. */
export function parseHarDate(text: string): number {
  const [, digits] = BELOW_MILLISECONDS.exec(text) ?? []
  return Date.parse(text) + (digits === undefined ? 0 : Number(`0.${digits}`))
}
