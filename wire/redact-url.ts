// Runs in every world and touches none: takes secrets out of a URL before it leaves the page.

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

/** How often a value is percent-decoded in search of secrets: a URL within a URL, and once more. */
const MAX_DECODINGS = 3

export const REDACTED = 'REDACTED'

/**
 * `url` without user name, password and the values of secret parameters: in query, fragment and path (`;name=`),
 * and in URLs that stand in a parameter. What holds no secret stays as it is.
 */
export function redactUrl(url: string): string {
  return /[=@]/.test(url) ? redact(url, MAX_DECODINGS) : url
}

function redact(url: string, decodings: number): string {
  const text = url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]{2})[^/?#]*@/i, `$1${REDACTED}@`)
  const pathEnd = /^[^/?#;]*=/.test(text) ? 0 : find(/[?#]/g, text, 0)
  let result = ''
  let done = 0
  for (const { 0: start, 1: name = '', index } of text.matchAll(/(?:^|[?&#;])([^?&#;=]*)=/g)) {
    if (index < done) continue
    const from = index + start.length
    const secret = isSecret(name)
    const to = find(secret ? (index < pathEnd ? /[;/?&#]/g : /[&#]/g) : /[?&#;]/g, text, from)
    const value = text.slice(from, to)
    const shown = secret ? REDACTED : redactEncoded(value, decodings)
    result += text.slice(done, from) + shown
    done = to
  }
  return result + text.slice(done)
}

/** A value that may be percent-encoded: changed only if something in it is. */
function redactEncoded(value: string, decodings: number): string {
  const plain = decodings > 0 ? decoded(value) : value
  if (plain === value) return value
  let shown = redact(plain, decodings - 1)
  if (shown === plain) shown = redactEncoded(plain, decodings - 1)
  return shown === plain ? value : encodeURIComponent(shown)
}

/** Where `what` is found in `text` at or after `from`, or the text's end. */
function find(what: RegExp, text: string, from: number): number {
  what.lastIndex = from
  return what.exec(text)?.index ?? text.length
}

function isSecret(name: string): boolean {
  return SECRET_NAME.test(
    decoded(name)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
