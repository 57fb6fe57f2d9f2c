// The library, in any JavaScript environment: the beginning of a string, without the rest of it.

const { parse, stringify } = JSON
const { slice } = String.prototype
const { apply } = Reflect

/** The first characters of a string, if longer as a string of their own: V8's `slice` keeps the whole alive. */
export function headOf(text: string, length: number): string {
  return text.length > length ? parse(stringify(apply(slice, text, [0, length]))) : text
}
