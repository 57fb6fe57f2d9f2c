// Any world: the beginning of a text. A page that replaces builtins does not see it done.

const { parse, stringify } = JSON
const { charCodeAt, slice } = String.prototype
export const { apply } = Reflect

/**
 * At most the first `maxLength` UTF-16 units of a text; one less where the last would be half of a surrogate pair. It is
 * a string of its own: V8's `slice` keeps the whole text alive.
 */
export function headOf(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const splitsPair = (apply(charCodeAt, text, [maxLength - 1]) & 0xfc00) === 0xd800
  return parse(stringify(apply(slice, text, [0, splitsPair ? maxLength - 1 : maxLength])))
}
