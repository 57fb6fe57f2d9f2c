// Model: splits the text of a filter into terms.
import { FILTER_KEYS, similarKey } from './keys.ts'

export type Operator = ':' | '=' | '>' | '>=' | '<' | '<='

/** Positions are indices of UTF-16 code units in the text. */
export interface Token {
  from: number
  to: number
  negated: boolean
  /** `word` is what comes before the operator, in lower case. It may be a key with a typo. */
  key?: { word: string; operator: Operator }
  /** Where the value begins, including its quotation mark or slash. */
  valueFrom: number
  value: string
  form: 'bare' | 'quoted' | 'unclosed' | 'regex'
  /** What follows a regular expression's closing slash. */
  flags?: string
}

const KEY = /([a-z][a-z-]*)(:|=|>=?|<=?)/iy
const SPACES = /\s*/y
const BARE = /\S*/y
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)("?)/y
/** As in JavaScript, a slash within the expression is escaped: `/a/b/` is a path. */
const REGEX = /\/((?:[^/\\]|\\[\s\S])+)\/([dgimsuvy]*)(?!\S)/y
/** What a path hardly contains, and most regular expressions do. */
const META_CHARACTER = /[\\^$.*+?()[\]{}|]/

/** Terms of a filter: more are pasted by mistake, and each is tested for each name. */
export const MAX_TERMS = 100

/** The terms that a filter may have, and one more if there are more. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = end(SPACES, text, 0); at < text.length && tokens.length <= MAX_TERMS; at = end(SPACES, text, at)) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function tokenAt(text: string, from: number): Token {
  const negated = text[from] === '-' && /\S/.test(text[from + 1] ?? '')
  const keyFrom = from + (negated ? 1 : 0)
  const found = match(KEY, text, keyFrom)
  const word = found?.[1]?.toLowerCase() ?? ''
  const operator = (found?.[2] ?? ':') as Operator
  const valueAt = keyFrom + (found?.[0].length ?? 0)
  const isKey = found && (FILTER_KEYS.has(word) || isMistypedKey(word, operator, text.startsWith('//', valueAt)))
  const valueFrom = isKey ? valueAt : keyFrom
  return { from, negated, ...(isKey ? { key: { word, operator } } : {}), valueFrom, ...valueIn(text, valueFrom) }
}

/** `durtion>300` and `stauts=404` are mistakes; `https://…` and `page=2` are texts. */
function isMistypedKey(word: string, operator: Operator, slashesFollow: boolean): boolean {
  if (operator === '=') return similarKey(word, 1) !== undefined
  return operator !== ':' || !slashesFollow
}

function valueIn(text: string, from: number): Pick<Token, 'to' | 'value' | 'form' | 'flags'> {
  const regex = match(REGEX, text, from)
  if (regex) {
    const [, value = '', flags = ''] = regex
    // `/static/img` is a path.
    const isRegex = flags === '' || flags === 'i' || META_CHARACTER.test(value)
    if (isRegex) return { to: REGEX.lastIndex, value, form: 'regex', ...(flags === '' ? {} : { flags }) }
  }
  const quoted = match(QUOTED, text, from)
  if (quoted) {
    const value = (quoted[1] ?? '').replace(/\\([\s\S])/g, '$1')
    return { to: QUOTED.lastIndex, value, form: quoted[2] ? 'quoted' : 'unclosed' }
  }
  const to = end(BARE, text, from)
  return { to, value: text.slice(from, to), form: 'bare' }
}

function match(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}

function end(sticky: RegExp, text: string, at: number): number {
  return at + (match(sticky, text, at)?.[0].length ?? 0)
}
