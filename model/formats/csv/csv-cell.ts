// Model: cells of CSV: https://www.rfc-editor.org/rfc/rfc4180

/** What spreadsheets take for the start of a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/
/** No reader of CSV takes it. */
const NUL = /\0/g

export type CsvValue = string | number | boolean | undefined

/** A line of cells. Of texts, which a page chooses, those that a spreadsheet would run as a formula get an apostrophe. */
export function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: CsvValue): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return `${value}`
  const text = (FORMULA.test(value) ? `'${value}` : value).replace(NUL, '\u{fffd}')
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
