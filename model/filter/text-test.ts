// Model: tests a text against a pattern of a filter.
import { compileRegex } from './regex/regex-program.ts'
import { createRegexSearch } from './regex/regex-search.ts'
import type { Pattern } from './term.ts'

/** What a test of texts needs beside the pattern. */
export interface TestContext {
  /** Characters that were looked at so far: who tests many rows pauses by it. */
  characters: number
  /** Steps that a regular expression may take for one text. */
  maxWork: number
  /** A regular expression takes more; nothing matches it from then on. */
  onTooComplex(regex: string): void
}

/** Case does not matter. The pattern is one that was parsed: its regular expression is valid. */
export function textTest(pattern: Pattern, context: TestContext): (text: string) => boolean {
  const fits = pattern.match === 'regex' ? regexTest(pattern.text, context) : plainTest(pattern)
  return text => {
    context.characters += text.length
    return fits(text)
  }
}

function plainTest({ match, text }: Pattern): (text: string) => boolean {
  const wanted = text.toLowerCase()
  if (match === 'whole') return found => found.toLowerCase() === wanted
  return found => found.toLowerCase().includes(wanted)
}

function regexTest(regex: string, context: TestContext): (text: string) => boolean {
  const search = createRegexSearch(compileRegex(regex), context.maxWork)
  let tooComplex = false
  return text => {
    if (tooComplex) return false
    const matches = search.matches(text)
    context.characters += search.work
    if (matches !== undefined) return matches
    tooComplex = true
    context.onTooComplex(regex)
    return false
  }
}

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i

/** The host of a URL, including the port; undefined if the URL has none. */
export function hostOf(url: string): string | undefined {
  return HOST.exec(url)?.[1]?.toLowerCase() || undefined
}

/** Whether a host is the given one, in which `*` stands for anything; its port counts only where one is given. */
export function hostTest(pattern: Pattern, context: TestContext): (host: string) => boolean {
  if (pattern.match === 'regex') return textTest(pattern, context)
  const fits = wildcardTest(pattern.text.toLowerCase())
  return host => {
    context.characters += host.length
    return fits(host) || fits(host.replace(/:\d+$/, ''))
  }
}

/** What stands between the wildcards is looked for from left to right: the first place of each is as good as any. */
function wildcardTest(pattern: string): (text: string) => boolean {
  const [first = '', ...inner] = pattern.split(/\*+/)
  const last = inner.pop()
  if (last === undefined) return text => text === first
  return text => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    const end = text.length - last.length
    let at = first.length
    for (const part of inner) {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at <= end
  }
}
