// Model: tests a text against a pattern of a filter.
import type { Pattern } from './term.ts'

/** Ignores case. @param pattern has been parsed, so its regular expression is valid. */
export function textTest({ match, text }: Pattern): (text: string) => boolean {
  const wanted = text.toLowerCase()
  if (match === 'whole') return found => found.toLowerCase() === wanted
  if (match === 'part') return found => found.toLowerCase().includes(wanted)
  const pattern = new RegExp(text, 'i')
  return found => pattern.test(found)
}

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i

/** The host of a URL, including the port; undefined if the URL has none. */
export function hostOf(url: string): string | undefined {
  return HOST.exec(url)?.[1]?.toLowerCase() || undefined
}

/** Matches the whole host. `*` matches anything, and the port is ignored unless the pattern has one. */
export function hostTest(pattern: Pattern): (host: string) => boolean {
  if (pattern.match === 'regex') return textTest(pattern)
  const parts = pattern.text.toLowerCase().split(/\*+/)
  const whole = new RegExp(`^${parts.map(part => part.replace(/[^\w]/g, '\\$&')).join('.*')}$`)
  return host => whole.test(host) || whole.test(host.replace(/:\d+$/, ''))
}
