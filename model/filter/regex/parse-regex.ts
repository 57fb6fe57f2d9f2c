// Panel: a regular expression as a tree. The syntax and its meaning are JavaScript's, with the flag i, without what can't
// be searched for in linear time. Touches no DOM.
import {
  type CharSet,
  complement,
  digit,
  notLineEnd,
  range,
  single,
  union,
  whiteSpace,
  wordCharacter,
} from './char-set.ts'

/** `end` of the text, `word`: a word begins or ends there. */
export type Assertion = 'start' | 'end' | 'word' | 'notWord'

export type RegexNode =
  | { type: 'character'; set: CharSet }
  | { type: 'assertion'; assertion: Assertion }
  | { type: 'sequence'; parts: RegexNode[] }
  | { type: 'choice'; options: RegexNode[] }
  | { type: 'repeat'; of: RegexNode; min: number; max: number }

/** Why a regular expression can't be used, in words for the user. */
export class RegexError extends Error {
  override readonly name = 'RegexError'
}

/** Nobody types more; and a group in a group in a group … is read by recursion. */
const MAX_LENGTH = 1_000

const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 }
const CLASSES: Record<string, CharSet> = {
  d: digit,
  D: complement(digit),
  w: wordCharacter,
  W: complement(wordCharacter),
  s: whiteSpace,
  S: complement(whiteSpace),
}

/** @throws {SyntaxError | RegexError} */
export function parseRegex(source: string): RegexNode {
  if (source.length > MAX_LENGTH)
    throw new RegexError(`A regular expression may have at most ${MAX_LENGTH} characters.`)
  // Of a mistake the browser tells more than is worth telling here; what follows is known to be valid.
  new RegExp(source, 'i')
  let at = 0

  const take = (text: string): boolean => {
    const found = source.startsWith(text, at)
    if (found) at += text.length
    return found
  }
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at = pattern.lastIndex
    return found
  }
  const unsupported = (what: string): never => {
    throw new RegexError(`${what} isn't supported.`)
  }

  const choice = (): RegexNode => {
    const options = [sequence()]
    while (take('|')) options.push(sequence())
    const [only] = options
    return options.length === 1 && only ? only : { type: 'choice', options }
  }

  const sequence = (): RegexNode => {
    const parts: RegexNode[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repeated(atom()))
    return { type: 'sequence', parts }
  }

  const repeated = (of: RegexNode): RegexNode => {
    const [found, sign, least, comma, most] = match(QUANTIFIER) ?? []
    if (found === undefined) return of
    if (sign) return { type: 'repeat', of, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
    const min = Number(least)
    return { type: 'repeat', of, min, max: comma ? (most ? Number(most) : Number.POSITIVE_INFINITY) : min }
  }

  const atom = (): RegexNode => {
    if (take('(')) return group()
    if (take('[')) return { type: 'character', set: characterClass() }
    if (take('.')) return { type: 'character', set: notLineEnd }
    if (take('^')) return { type: 'assertion', assertion: 'start' }
    if (take('$')) return { type: 'assertion', assertion: 'end' }
    if (take('\\b')) return { type: 'assertion', assertion: 'word' }
    if (take('\\B')) return { type: 'assertion', assertion: 'notWord' }
    const read = character()
    return { type: 'character', set: typeof read === 'number' ? single(read) : read }
  }

  const group = (): RegexNode => {
    const [kind] = match(/\?(?:<?[=!]|:|<[^>]*>|)/y) ?? []
    if (kind?.endsWith('=') || kind?.endsWith('!')) unsupported('A lookahead or lookbehind')
    if (kind === '?') unsupported('A group with flags')
    const inner = choice()
    at++
    return inner
  }

  /** A character's code, or a set of them. */
  const character = (): number | CharSet => {
    if (!take('\\')) return source.charCodeAt(at++)
    const letter = source[at++] ?? ''
    if (/[1-9]/.test(letter) || letter === 'k') unsupported(`A reference to a group (\\${letter})`)
    if (letter === '0' && /\d/.test(source[at] ?? '')) unsupported('An octal number')
    // Without the flag u these mean the letter, which nobody means.
    if (/[pP]/.test(letter) || (letter === 'u' && source[at] === '{')) unsupported(`\\${letter}{…}`)
    if (letter === 'c') unsupported('\\c')
    const set = CLASSES[letter]
    if (set) return set
    const [, hex] = (letter === 'x' ? match(/([\da-f]{2})/iy) : letter === 'u' ? match(/([\da-f]{4})/iy) : null) ?? []
    return hex ? Number.parseInt(hex, 16) : (CONTROLS[letter] ?? letter.charCodeAt(0))
  }

  const characterClass = (): CharSet => {
    const negated = take('^')
    const sets: CharSet[] = []
    while (!take(']')) {
      const from = classCharacter()
      const isRange = source[at] === '-' && source[at + 1] !== ']'
      if (!isRange) {
        sets.push(setOf(from))
        continue
      }
      at++
      const to = classCharacter()
      if (typeof from === 'number' && typeof to === 'number') sets.push(range(from, to))
      // `[a-\d]`, `[\d-a]`: the hyphen means itself, and what follows it begins no range:
      // https://tc39.es/ecma262/#sec-compiletocharset
      else sets.push(setOf(from), setOf('-'.charCodeAt(0)), setOf(to))
    }
    return negated ? complement(union(sets)) : union(sets)
  }

  const setOf = (character: number | CharSet): CharSet =>
    typeof character === 'number' ? single(character) : character
  const BACKSPACE = 8
  const classCharacter = (): number | CharSet => (take('\\b') ? BACKSPACE : character())

  return choice()
}
