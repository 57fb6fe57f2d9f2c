// Any world: a text within a bound on its length, fit to be stored and sent. A page that replaces builtins does not see
// it done.
import { apply, headOf } from './head-of.ts'

/** Undefined in browsers from before 2023, for the library. */
const { toWellFormed } = String.prototype as { toWellFormed?: () => string }

/**
 * At most `maxLength` UTF-16 units, none of them half of a surrogate pair. Halves that the page gave are replaced by
 * U+FFFD: they are no characters, and databases refuse JSON that holds one
 * (https://www.rfc-editor.org/rfc/rfc8259#section-8.2).
 */
export function truncate(text: string, maxLength: number): string {
  const head = headOf(text, maxLength)
  return toWellFormed ? apply(toWellFormed, head, []) : head
}
