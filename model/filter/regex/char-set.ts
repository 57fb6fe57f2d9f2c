// Panel: sets of characters, as parts of a regular expression without regard to case. A character is a UTF-16 unit, as it
// is in JavaScript without the flag u. Touches no DOM.

export interface Character {
  code: number
  /** Two characters are the same without regard to case where this is. */
  canonical: number
}

export type CharSet = (character: Character) => boolean

const [ZERO, NINE, UPPER_A, UPPER_Z, LOWER_A, LOWER_Z, UNDERSCORE] = [48, 57, 65, 90, 97, 122, 95]
const MAX_CODE = 0xffff

/** https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch */
export function canonicalOf(code: number): number {
  if (code < 128) return code >= LOWER_A && code <= LOWER_Z ? code - LOWER_A + UPPER_A : code
  const upper = String.fromCharCode(code).toUpperCase()
  return upper.length === 1 && upper.charCodeAt(0) >= 128 ? upper.charCodeAt(0) : code
}

/** Some thousand characters that are the same as another one: found once, when a range goes beyond ASCII. */
let folded: Character[] | undefined
function foldedCharacters(from: number, to: number): Character[] {
  const all: Character[] = []
  for (let code = from; code <= to; code++) {
    const canonical = canonicalOf(code)
    if (canonical !== code) all.push({ code, canonical })
  }
  return all
}

export function single(code: number): CharSet {
  const wanted = canonicalOf(code)
  return ({ canonical }) => canonical === wanted
}

export function range(from: number, to: number): CharSet {
  if (to >= 128) folded ??= foldedCharacters(0, MAX_CODE)
  const others = (folded ?? foldedCharacters(LOWER_A, LOWER_Z)).filter(({ code }) => code >= from && code <= to)
  const sameAs = new Set(others.map(({ canonical }) => canonical))
  return ({ canonical }) => (canonical >= from && canonical <= to) || sameAs.has(canonical)
}

export function union(sets: readonly CharSet[]): CharSet {
  return character => sets.some(has => has(character))
}

export function complement(has: CharSet): CharSet {
  return character => !has(character)
}

export const digit: CharSet = ({ code }) => code >= ZERO && code <= NINE

export const wordCharacter: CharSet = ({ code }) =>
  (code >= LOWER_A && code <= LOWER_Z) ||
  (code >= UPPER_A && code <= UPPER_Z) ||
  (code >= ZERO && code <= NINE) ||
  code === UNDERSCORE

export const whiteSpace: CharSet = ({ code }) => /\s/.test(String.fromCharCode(code))

const LINE_ENDS = new Set([0x0a, 0x0d, 0x2028, 0x2029])
export const notLineEnd: CharSet = ({ code }) => !LINE_ENDS.has(code)
