// Node: text of a file or a page, as a terminal may show it.

/**
 * Control characters, which would move the cursor, clear the screen or change colours, and those that reverse the direction of text:
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing. Line breaks and tabs stay.
 */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** With escapes instead of characters that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n')
}
