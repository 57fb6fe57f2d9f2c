// Panel: whether a text is one that a filter means. Touches no DOM.
import type { Pattern } from './term.ts'

/** Case does not matter. The pattern is one that was parsed: its regular expression is valid. */
export function textTest({ match, text }: Pattern): (text: string) => boolean {
  const wanted = text.toLowerCase()
  if (match === 'whole') return found => found.toLowerCase() === wanted
  if (match === 'part') return found => found.toLowerCase().includes(wanted)
  const pattern = new RegExp(text, 'i')
  return found => pattern.test(found)
}

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i

/** The host of a URL, with its port; undefined for what has none. */
export function hostOf(url: string): string | undefined {
  return HOST.exec(url)?.[1]?.toLowerCase() || undefined
}

/** Whether a host is the given one, in which `*` stands for anything; its port counts only where one is given. */
export function hostTest(pattern: Pattern): (host: string) => boolean {
  if (pattern.match === 'regex') return textTest(pattern)
  const parts = pattern.text.toLowerCase().split(/\*+/)
  const whole = new RegExp(`^${parts.map(part => part.replace(/[^\w]/g, '\\$&')).join('.*')}$`)
  return host => whole.test(host) || whole.test(host.replace(/:\d+$/, ''))
}
