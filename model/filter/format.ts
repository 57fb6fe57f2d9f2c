// Model: formats the terms of a filter as text that parses to the same terms.
import { rangeText } from './number-range.ts'
import type { Term } from './term.ts'
import { tokensOf } from './tokens.ts'

export function formatFilter(terms: readonly Term[]): string {
  return terms.map(formatTerm).join(' ')
}

export function formatTerm(term: Term): string {
  const sign = term.negated ? '-' : ''
  if (term.type === 'word') return `${sign}${term.key}:${term.word}`
  if (term.type === 'number') return sign + term.key + rangeText(term.range)
  const { match, text } = term.pattern
  const key = term.key === null ? '' : `${term.key}${match === 'whole' ? '=' : ':'}`
  return sign + key + (match === 'regex' ? `/${text}/` : quotedText(text, key))
}

/**
 * Adds quotation marks if the text would otherwise be parsed as something else. One that begins with a slash could be a regular
 * expression with what follows it.
 */
export function quotedText(text: string, key: string): string {
  const [token, ...more] = tokensOf(key + text)
  const isPlain =
    token?.form === 'bare' &&
    more.length === 0 &&
    token.value === text &&
    token.valueFrom === key.length &&
    token.negated === key.startsWith('-')
  return isPlain && text !== '' && !text.startsWith('/') ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}
