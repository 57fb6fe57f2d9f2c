// Model: parses the text of a filter into terms. It never throws: a term that is not valid is left out, and an error
// says why.
import { FILTER_KEYS, type FilterKey } from './keys.ts'
import { numberRange } from './number-range.ts'
import { UNIT_NAMES } from './quantity.ts'
import type { Condition, Pattern, Term } from './term.ts'
import { type Token, tokensOf } from './tokens.ts'

export interface FilterError {
  /** Where the term stands in the text. */
  from: number
  to: number
  message: string
  /** The term is incomplete, not wrong: the user may still be typing it. */
  unfinished: boolean
}

export interface ParsedFilter {
  terms: Term[]
  errors: FilterError[]
}

export function parseFilter(text: string): ParsedFilter {
  const terms: Term[] = []
  const errors: FilterError[] = []
  for (const token of tokensOf(text)) {
    const { from, to, negated } = token
    const read = conditionOf(token, text)
    if (typeof read === 'string') errors.push({ from, to, message: read, unfinished: isUnfinished(token) })
    else terms.push({ ...read, negated })
  }
  return { terms, errors }
}

/** The condition, or the message of an error. */
function conditionOf(token: Token, text: string): Condition | string {
  const { key, value, form } = token
  if (form === 'unclosed') return 'The quotation mark is not closed.'
  if (!key) return textCondition(null, 'part', token)
  const known = FILTER_KEYS.get(key.word)
  if (!known) {
    const whole = text.slice(token.negated ? token.from + 1 : token.from, token.to)
    return `There is no key “${key.word}”. To look for the text itself, put it in quotation marks: "${whole}"`
  }
  const written = `${key.word}${key.operator}`
  if (value === '' && form === 'bare') return `${written} needs a value: ${known.about}`
  if (known.type === 'number') return numberCondition(known, token)
  if (key.operator !== ':' && !(known.type === 'text' && key.operator === '=')) {
    return `${key.word} can’t be compared by ${key.operator}: write ${key.word}:`
  }
  if (known.type === 'text') return textCondition(known.key, key.operator === '=' ? 'whole' : 'part', token)
  const word = wordOf(known.key, value.toLowerCase())
  if (form === 'regex' || !known.words.includes(word)) {
    return `${written} is one of ${known.words.join(', ')}; “${value}” is none.`
  }
  return { type: 'word', key: known.key, word }
}

function textCondition(key: (Condition & { type: 'text' })['key'], match: Pattern['match'], token: Token) {
  const { value, form } = token
  if (form !== 'regex') return { type: 'text', key, pattern: { match, text: value } } as const
  try {
    new RegExp(value, 'i')
    return { type: 'text', key, pattern: { match: 'regex', text: value } } as const
  } catch (error) {
    return (error as Error).message
  }
}

function numberCondition(known: FilterKey & { type: 'number' }, { key, value, form }: Token): Condition | string {
  const operator = key?.operator ?? ':'
  if (known.comparison && operator !== ':') return `Write ${key?.word}:, or size${operator}`
  const range = form === 'regex' ? undefined : numberRange(known.comparison ?? operator, value, known.unit)
  if (!range) return `“${value}” is not ${UNIT_NAMES[known.unit]}, nor a range such as 100..500.`
  if (range.least > range.most) return `The range ${value} ends before it begins.`
  if (known.key === 'duration' && range.least === range.most) {
    return 'No two durations are the same: write duration>300, duration<1s or duration:100..500.'
  }
  return { type: 'number', key: known.key, range }
}

/** The tab calls the outcome `pending` "running". */
function wordOf(key: string, word: string): string {
  return key === 'outcome' && word === 'running' ? 'pending' : word
}

function isUnfinished({ value, form, key }: Token): boolean {
  return form === 'unclosed' || (value === '' && form === 'bare' && key !== undefined && FILTER_KEYS.has(key.word))
}
