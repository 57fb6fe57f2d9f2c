// Any world: takes secrets out of a URL. A page chooses what it is given, so each function takes linear time.
import {
  decoded,
  isBeforeSecret,
  isOpaque,
  isSecretParameter,
  REDACTED,
  redactCredentials,
  type SecretNames,
} from './secrets.ts'
import { truncate } from './truncate.ts'

/** Characters of a URL that are looked at and kept: twice what a page script records of one. */
export const MAX_URL_LENGTH = 20_000
/** How often a value is percent-decoded in search of secrets: a URL within a URL, and once more. */
const MAX_DECODINGS = 3
/** Levels of JSON within a value that are looked at; what is nested deeper is left out. */
const MAX_JSON_DEPTH = 20
/** Parameters that are looked at: no URL has so many, and what a page puts after them is left out. */
const MAX_PARAMETERS = 1_000
/** Segments of a path that may hold the secret after the word that announces it, as in `/webhooks/ID/TOKEN`. */
const MAX_SEGMENTS_TO_SECRET = 3

/**
 * `url` without its secrets: user name and password, the values of secret parameters in query, fragment and path
 * (`;name=`), tokens in the path (`/reset/TOKEN`), and credentials that are known by their form. URLs and JSON within a
 * value are searched too. What holds no secret stays as it is, up to `MAX_URL_LENGTH`.
 *
 * @param names of parameters that are secret beside the known ones, by their `lettersOf`.
 */
export function redactUrl(url: string, names?: SecretNames): string {
  return redact(url, MAX_DECODINGS, names)
}

function redact(url: string, decodings: number, names: SecretNames | undefined): string {
  const user = /^(\s*[a-z][a-z0-9+.-]*:[/\\]{2})[^/?#]*@/i.exec(url)
  const text = user ? `${user[1]}${REDACTED}@${url.slice(user[0].length)}` : url
  return redactCredentials(redactPaths(redactParameters(truncate(text, MAX_URL_LENGTH), decodings, names)))
}

function redactParameters(text: string, decodings: number, names: SecretNames | undefined): string {
  const pathEnd = /^[^/?#;]*=/.test(text) ? 0 : find(/[?#]/g, text, 0)
  const parameters = /(?:^|[?&#;])([^?&#;=]*)=/g
  let result = ''
  let done = 0
  let count = 0
  for (let found = parameters.exec(text); found; found = parameters.exec(text)) {
    const { 0: start, 1: name = '', index } = found
    if (index < done) continue
    if (++count > MAX_PARAMETERS) return result + text.slice(done, index) + REDACTED
    const from = index + start.length
    const next = find(/[?#&;]/g, text, from)
    const isSecret = isSecretParameter(name, text.slice(from, next), names)
    // A secret may hold what would end another value.
    const to = isSecret ? find(index < pathEnd ? /[;/?&#]/g : /[&#]/g, text, from) : next
    const value = text.slice(from, to)
    result += text.slice(done, from) + (isSecret ? REDACTED : redactValue(value, decodings, names))
    done = to
  }
  return result + text.slice(done)
}

/** A value that may be percent-encoded, JSON, or a URL: changed only if something in it is a secret. */
function redactValue(value: string, decodings: number, names: SecretNames | undefined): string {
  if (decodings === 0) return value
  const plain = decoded(value)
  const encode = plain === value ? String : encodeURIComponent
  // Without a string, JSON has no secret. Parsing what is no JSON is slow: an error is thrown.
  const json = /^\s*[[{][^"]*"/.test(plain) ? redactJson(plain, decodings - 1, names) : undefined
  if (json !== undefined) return json === plain ? value : encode(json)
  if (plain === value && !value.includes('=')) return value
  let shown = redact(plain, decodings - 1, names)
  if (shown === plain && plain !== value) shown = redactValue(plain, decodings - 1, names)
  return shown === plain ? value : encode(shown)
}

/** Undefined for what is not JSON, unless it looks like a part of some that holds a secret. */
function redactJson(text: string, decodings: number, names: SecretNames | undefined): string | undefined {
  let changed = false
  const changeTo = (shown: string): string => {
    changed = true
    return shown
  }
  const redactData = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      const shown = redact(value, decodings, names)
      return shown === value ? value : changeTo(shown)
    }
    if (typeof value !== 'object' || value === null) return value
    if (depth === MAX_JSON_DEPTH) return changeTo(REDACTED)
    if (Array.isArray(value)) return value.map(item => redactData(item, depth + 1))
    const redactMember = ([name, member]: [string, unknown]): [string, unknown] => {
      const isSecret = member !== null && typeof member !== 'boolean' && isSecretParameter(name, String(member), names)
      return [name, isSecret ? changeTo(REDACTED) : redactData(member, depth + 1)]
    }
    return Object.fromEntries(Object.entries(value).map(redactMember))
  }
  try {
    const shown = redactData(JSON.parse(text), 0)
    return changed ? JSON.stringify(shown) : text
  } catch {
    for (const [, name = ''] of text.matchAll(/"([^"\\]{1,100})"\s*:/g)) {
      if (isSecretParameter(name, text, names)) return REDACTED
    }
    return undefined
  }
}

/** Takes tokens out of the path of a URL, and out of the path that a fragment may hold (`#/reset/TOKEN`). */
function redactPaths(url: string): string {
  let left = isBeforeSecret(/^[^/?#&;=]*/.exec(url)?.[0] ?? '') ? MAX_SEGMENTS_TO_SECRET : 0
  return url.replace(/[/?&][^/?#&;=]*/g, part => {
    if (!part.startsWith('/')) left = 0
    else if (left > 0 && isOpaque(part)) {
      left--
      return `/${REDACTED}`
    } else left = isBeforeSecret(part) ? MAX_SEGMENTS_TO_SECRET : left - 1
    return part
  })
}

/** Where `what` is found in `text` at or after `from`, or the text's end. */
function find(what: RegExp, text: string, from: number): number {
  what.lastIndex = from
  return what.exec(text)?.index ?? text.length
}
