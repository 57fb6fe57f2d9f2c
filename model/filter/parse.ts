// Model: parses the text of a filter into terms. It never throws: a term that is not valid is left out, and an error
// says why.
import { FILTER_KEYS, type FilterKey, similarKey } from './keys.ts'
import { numberRange } from './number-range.ts'
import { EXAMPLES } from './quantity.ts'
import { compileRegex } from './regex/regex-program.ts'
import type { Condition, Pattern, Term } from './term.ts'
import { MAX_TERMS, type Token, tokensOf } from './tokens.ts'

/** What is said of a term. */
export interface Remark {
  /** Where the term stands in the text. */
  from: number
  to: number
  message: string
}

export interface FilterError extends Remark {
  /** The term is incomplete, not wrong: the user may still be typing it. */
  unfinished: boolean
}

export interface ParsedFilter {
  terms: Term[]
  /** Of terms that are left out. */
  errors: FilterError[]
  /** Of terms that are searched for as text, and may be meant otherwise: worth saying where nothing matches. */
  hints: Remark[]
}

const NONE: ReadonlySet<string> = new Set()

/** @param tooComplex regular expressions that have turned out to take too much work. */
export function parseFilter(text: string, tooComplex = NONE): ParsedFilter {
  const parsed: ParsedFilter = { terms: [], errors: [], hints: [] }
  for (const [number, token] of tokensOf(text).entries()) {
    const { from, to, negated } = token
    if (number === MAX_TERMS) {
      const message = `is left out with all that follows: a filter has at most ${MAX_TERMS} terms.`
      parsed.errors.push({ from, to, message, unfinished: false })
      break
    }
    const read = conditionOf(token, text, tooComplex)
    if (typeof read === 'string') {
      parsed.errors.push({ from, to, message: read, unfinished: isUnfinished(token) })
      continue
    }
    parsed.terms.push({ ...read, negated })
    const hint = hintOf(token)
    if (hint) parsed.hints.push({ from, to, message: hint })
  }
  return parsed
}

const TOO_COMPLEX = 'This regular expression is too complex for the names and URLs in this session. Simplify it.'

/** The condition, or the message of an error. */
function conditionOf(token: Token, text: string, tooComplex: ReadonlySet<string>): Condition | string {
  const { key, value, form, flags = '' } = token
  if (form === 'unclosed') return 'The closing quote is missing.'
  if (form === 'regex' && tooComplex.has(value)) return TOO_COMPLEX
  if (flags.replace('i', '') !== '') return 'Regular expressions take no flags; case never matters.'
  if (!key) return textCondition(null, 'part', token)
  const known = FILTER_KEYS.get(key.word)
  if (!known) {
    const similar = similarKey(key.word)
    const whole = text.slice(token.negated ? token.from + 1 : token.from, token.to)
    const meant = similar ? `Did you mean ${similar}? ` : ''
    return `There is no key "${key.word}". ${meant}To search for the text, put it in quotes: "${whole}"`
  }
  const written = `${key.word}${key.operator}`
  if (value === '' && form === 'bare') return `${written} needs a value: ${known.about}`
  if (known.type === 'number') return numberCondition(known, token)
  if (key.operator !== ':' && !(known.type === 'text' && key.operator === '=')) {
    return `${key.word} can't be compared with ${key.operator}. Use ${key.word}:`
  }
  if (known.type === 'text') return textCondition(known.key, key.operator === '=' ? 'whole' : 'part', token)
  const word = wordOf(known.key, value.toLowerCase())
  if (form === 'regex' || !known.words.includes(word)) {
    return `Unknown value "${value}". Use one of: ${known.words.join(', ')}.`
  }
  return { type: 'word', key: known.key, word }
}

function textCondition(key: (Condition & { type: 'text' })['key'], match: Pattern['match'], token: Token) {
  const { value, form } = token
  if (form !== 'regex') return { type: 'text', key, pattern: { match, text: value } } as const
  try {
    compileRegex(value)
    return { type: 'text', key, pattern: { match: 'regex', text: value } } as const
  } catch (error) {
    return (error as Error).message
  }
}

function numberCondition(known: FilterKey & { type: 'number' }, { key, value, form }: Token): Condition | string {
  const operator = key?.operator ?? ':'
  if (known.comparison && operator !== ':') return `Use ${key?.word}: or size${operator}`
  const range = form === 'regex' ? undefined : numberRange(known.comparison ?? operator, value, known.unit)
  if (!range) return `"${value}" isn't a number or range (e.g. ${EXAMPLES[known.unit]}).`
  if (range.least > range.most) return `The range ${value} ends before it begins.`
  if (known.key === 'duration' && range.least === range.most) {
    return 'Use a range: duration>300, duration:100..500.'
  }
  return { type: 'number', key: known.key, range }
}

const OPERATORS_OF_OTHERS = new Set(['AND', 'OR', 'NOT', '&&', '||', '!'])

/** What may be meant by a term that is searched for as text. */
function hintOf({ key, value, form }: Token): string | undefined {
  if (key || form !== 'bare') return undefined
  if (OPERATORS_OF_OTHERS.has(value))
    return 'is searched for as text. All terms must match; - before a term negates it.'
  const [, body] = /^\/(.+)\/[dgimsuvy]+$/.exec(value) ?? []
  if (body) return `is searched for as text. As a regular expression, without flags: /${body}/`
  const [, word] = /^([a-z][a-z-]*)=/i.exec(value) ?? []
  if (word) return `is searched for as text: there is no key "${word}".`
  return undefined
}

/** The tab calls the outcome `pending` "running". */
function wordOf(key: string, word: string): string {
  return key === 'outcome' && word === 'running' ? 'pending' : word
}

function isUnfinished({ value, form, key }: Token): boolean {
  return form === 'unclosed' || (value === '' && form === 'bare' && key !== undefined && FILTER_KEYS.has(key.word))
}
