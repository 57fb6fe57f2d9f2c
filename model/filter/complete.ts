// Model: what can be typed next in a filter.
import { quotedText } from './format.ts'
import { FILTER_KEYS, type FilterKey } from './keys.ts'
import type { OccurringValues } from './occurring-values.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Nobody reads a longer list: typing on makes it shorter. */
export const MAX_OPTIONS = 50

export interface Option {
  label: string
  /** Examples of values. */
  about: string
  /** Replaces the term. */
  insert: string
}

export interface Completion {
  /** Where the term stands that an option replaces. */
  from: number
  to: number
  options: Option[]
  /** The term means nothing yet, so the first option is probably what the user wants. */
  partial: boolean
}

/** Null if there are no options. */
export function completionAt(text: string, caret: number, values: OccurringValues): Completion | null {
  const token = tokensOf(text).find(({ from, to }) => from < caret && caret <= to)
  const from = token?.from ?? caret
  const typed = tokensOf(text.slice(from, caret))[0]
  const options = typed?.key ? valueOptions(typed, values) : typed?.form === 'regex' ? [] : keyOptions(typed)
  if (options.length === 0) return null
  const key = typed?.key && FILTER_KEYS.get(typed.key.word)
  const partial = typed !== undefined && (key?.type !== 'text' || key.key === 'method')
  return { from, to: token?.to ?? caret, options, partial }
}

function keyOptions(typed: Token | undefined): Option[] {
  // A single `-` is the start of a negated term.
  const sign = typed?.negated || typed?.value === '-' ? '-' : ''
  const prefix = typed?.value === '-' ? '' : (typed?.value.toLowerCase() ?? '')
  return [...FILTER_KEYS]
    .filter(([word]) => word.startsWith(prefix))
    .map(([word, key]) => ({ label: word, about: key.about, insert: `${sign}${word}${operatorOf(word, key)}` }))
}

/** The operator that is used most often with the key. */
function operatorOf(word: string, key: FilterKey): string {
  return key.type === 'number' && key.unit !== 'none' && word === key.key ? '>' : ':'
}

function valueOptions({ key, negated, value, form }: Token, values: OccurringValues): Option[] {
  const known = key && FILTER_KEYS.get(key.word)
  if (!key || !known || form === 'regex' || (known.type === 'number' && key.operator !== ':')) return []
  const prefix = value.toLowerCase()
  const first: string[] = []
  const second: string[] = []
  for (const each of values.of(known)) {
    const at = each.toLowerCase().indexOf(prefix)
    if (at === 0) first.push(each)
    else if (at > 0 && second.length < MAX_OPTIONS) second.push(each)
    if (first.length === MAX_OPTIONS) break
  }
  const found = [...first, ...second].slice(0, MAX_OPTIONS)
  // The value is complete.
  if (found.length === 1 && found[0]?.toLowerCase() === prefix) return []
  const start = `${negated ? '-' : ''}${key.word}${key.operator}`
  return found.map(each => ({ label: each, about: '', insert: `${start}${quotedText(each, start)} ` }))
}
