// Runs in every world and touches none: takes secrets out of a URL before it leaves the page. By builtins taken at the
// start: a page may put others in their place, and would see URLs that are none of its business.

/** Parameters whose values are secrets, by their names in lower case with letters and digits only. */
const SECRET_NAME = new RegExp(
  [
    '(?:token|password|passwd|passphrase|passcode|secret|signature|credentials?|jwt|assertion|verifier)$',
    '(?:api|access|secret|private|auth|session|subscription)key$',
    '(?:auth|authorization|verification|reset|login)code$',
    'sess(?:ion)?id$',
    '^(?:key|code|pwd|pass|auth|authorization|sig|hmac|session|sid|otp|pin|samlresponse)$',
  ].join('|'),
)

const { apply } = Reflect
const { exec } = RegExp.prototype
const { slice, toLowerCase } = String.prototype
const encode = encodeURIComponent
const decode = decodeURIComponent

const match = (pattern: RegExp, text: string): RegExpExecArray | null => apply(exec, pattern, [text])
const part = (text: string, from: number, to = text.length): string => apply(slice, text, [from, to])

/** How often a value is percent-decoded in search of secrets: a URL within a URL, and once more. */
const MAX_DECODINGS = 3

export const REDACTED = 'REDACTED'

/**
 * `url` without user name, password and the values of secret parameters: in query, fragment and path (`;name=`),
 * and in URLs that stand in a parameter. What holds no secret stays as it is.
 *
 * @param names of parameters that are secret beside those above, by their `lettersOf`.
 */
export function redactUrl(url: string, names?: ReadonlySet<string>): string {
  return match(/[=@]/, url) ? redact(url, MAX_DECODINGS, names) : url
}

function redact(url: string, decodings: number, names: ReadonlySet<string> | undefined): string {
  const user = match(/^(\s*[a-z][a-z0-9+.-]*:[/\\]{2})[^/?#]*@/i, url)
  const text = user ? `${user[1]}${REDACTED}@${part(url, user[0].length)}` : url
  const pathEnd = match(/^[^/?#;]*=/, text) ? 0 : find(/[?#]/g, text, 0)
  const parameters = /(?:^|[?&#;])([^?&#;=]*)=/g
  let result = ''
  let done = 0
  for (let found = match(parameters, text); found; found = match(parameters, text)) {
    const { 0: start, 1: name = '', index } = found
    if (index < done) continue
    const from = index + start.length
    const secret = isSecret(name, names)
    const to = find(secret ? (index < pathEnd ? /[;/?&#]/g : /[&#]/g) : /[?&#;]/g, text, from)
    const value = part(text, from, to)
    const shown = secret ? REDACTED : redactEncoded(value, decodings, names)
    result += part(text, done, from) + shown
    done = to
  }
  return result + part(text, done)
}

/** A value that may be percent-encoded: changed only if something in it is. */
function redactEncoded(value: string, decodings: number, names: ReadonlySet<string> | undefined): string {
  const plain = decodings > 0 ? decoded(value) : value
  if (plain === value) return value
  let shown = redact(plain, decodings - 1, names)
  if (shown === plain) shown = redactEncoded(plain, decodings - 1, names)
  return shown === plain ? value : encode(shown)
}

/** Where `what` is found in `text` at or after `from`, or the text's end. */
function find(what: RegExp, text: string, from: number): number {
  what.lastIndex = from
  return match(what, text)?.index ?? text.length
}

function isSecret(name: string, names: ReadonlySet<string> | undefined): boolean {
  const letters = lettersOf(name)
  return match(SECRET_NAME, letters) !== null || names?.has(letters) === true
}

/** What parameters' names are compared by: letters and digits, in lower case. */
export function lettersOf(name: string): string {
  const lower: string = apply(toLowerCase, decoded(name), [])
  const words = /[a-z0-9]+/g
  let letters = ''
  for (let word = match(words, lower); word; word = match(words, lower)) letters += word[0]
  return letters
}

function decoded(text: string): string {
  try {
    return decode(text)
  } catch {
    return text
  }
}
