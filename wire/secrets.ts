// Any world: which parameter names, values and path segments are secrets. `redact-url.ts` and `redact-text.ts` find the
// places where they stand.

/** Stands where a secret was. */
export const REDACTED = 'REDACTED'

/** Names of parameters whose values are secrets, as `lettersOf` writes them. */
const SECRET_NAME = new RegExp(
  [
    '(?:token|tokenhint|passw(?:or)?d|passphrase|passcode|passkey|secret|signature|credentials?|jwt|assertion|verifier|bearer)$',
    '(?:api|app|access|secret|private|auth|session|subscription|licen[cs]e|activation|consumer|master|encryption|signing|account|storage|deploy|webhook|functions?|host)key$',
    '(?:auth|authorization|verification|reset|login|oob|invite|invitation|activation|confirm|confirmation|otp|device|user|mfa|totp|sms|recovery|backup|magic|access|security|pin)code$',
    '(?:sess(?:ion)?|accesskey)id$',
    '[cx]srf',
    '^(?:key|code|pwd|pw|pass|x?auth|oauth|authorization|sig|hmac|session|sid|connectsid|otp|totp|pin|cv[vc]2?)$',
    '^(?:saml(?:request|response|art)|wresult|hdn(?:ea|ts|tl))$',
  ].join('|'),
)

/** A ticket of a login service (CAS, Kerberos); an app's own tickets have numbers, which stay readable. */
const TICKET_NAME = /(?:^|login|auth|service|granting|session|access|pgt)ticket$/

/** Words of a path, and names of parameters, after which an opaque value is a secret and a word or number is none. */
const BEFORE_SECRET =
  'reset|forgot|recover|recovery|verify|verification|confirm|confirmation|activate|activation|invite|invites|invitation|invitations|magic|magiclink|unsubscribe|tokens?|passwords?|webhooks?|hooks'
const WORD_BEFORE_SECRET = new RegExp(`^(?:${BEFORE_SECRET})$`)
const MAYBE_BEFORE_SECRET = new RegExp(BEFORE_SECRET, 'i')
/** `state` and `nonce` of OpenID Connect, `sso` of Discourse, `lt` of CAS. */
const NAME_BEFORE_SECRET = new RegExp(`^(?:state|nonce|sso|lt|${BEFORE_SECRET})$`)

/** Text in which a JSON Web Token may be: names and base64url, joined by dots. */
const DOTTED = /(?<![\w-])[\w-]+\.[\w.-]*/g
/** The first part of a JSON Web Token is an object in base64url, which begins with `{"`: RFC 7519. */
const JWT_START = /(?<![A-Za-z0-9])eyJ[\w-]{5,}$/
/** Parts of a token that follow the first: two when it is signed, four when it is encrypted (RFC 7516). */
const MIN_JWT_PARTS = 2
const MAX_JWT_PARTS = 4

/**
 * Credentials that are known by their form, whatever the parameter is called: the keys of services that mark theirs so that
 * leaks can be found: https://docs.github.com/code-security/secret-scanning
 */
const CREDENTIAL = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    'gh[pousr]_[A-Za-z0-9]{20,}',
    'github_pat_\\w{20,}',
    'glpat-[\\w-]{16,}',
    'xox[a-z]-[\\w-]{10,}',
    'xapp-[\\w-]{20,}',
    '[rs]k_(?:live|test)_[A-Za-z0-9]{10,}',
    'whsec_[A-Za-z0-9+/=]{16,}',
    'sk-[\\w-]{20,}',
    'A[KS]IA[A-Z0-9]{16}',
    'AIza[\\w-]{30,}',
    'ya29\\.[\\w-]{10,}',
    'GOCSPX-[\\w-]{20,}',
    'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    'npm_[A-Za-z0-9]{30,}',
    'pypi-[\\w-]{20,}',
    'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}',
    'do[opr]_v1_[a-f0-9]{40,}',
    'hvs\\.[\\w-]{20,}',
    'hf_[A-Za-z0-9]{30,}',
    '(?:bot)?\\d{6,}:AA[\\w-]{30,}',
  ].join('|')})`,
  'g',
)

/** As in an `Authorization` header. */
const AUTHORIZATION = /\b((?:Bearer|Basic)(?:[ +]|%20)+)([\w.~+/=-]{8,}(?:%3D)*)/gi

/** What a webhook of Slack's is called by is its secret: https://api.slack.com/messaging/webhooks */
const SLACK_WEBHOOK = /(\bhooks\.slack\.com\/[a-z]+\/)[^\s?#"'<>]+/g

/** Of parameters that are secret beside the known ones, by their `lettersOf`. */
export type SecretNames = Pick<ReadonlySet<string>, 'has' | 'size'>

/** What parameters' names are compared by: letters and digits, in lower case. */
export function lettersOf(name: string): string {
  if (/^[a-z0-9]*$/.test(name)) return name
  return decoded(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}

/** Whether the value of a parameter is a secret, by the parameter's name. */
export function isSecretParameter(name: string, value: string, names: SecretNames | undefined): boolean {
  const letters = lettersOf(name)
  if (names?.has(letters) || SECRET_NAME.test(letters)) return true
  if (TICKET_NAME.test(letters)) return !/^\d{0,9}$/.test(value)
  return NAME_BEFORE_SECRET.test(letters) && isOpaque(value)
}

/** Whether an opaque segment after this one in a path is a secret, as in `/password-reset/TOKEN`. */
export function isBeforeSecret(segment: string): boolean {
  if (segment.length > MAX_WORDS_LENGTH || !MAYBE_BEFORE_SECRET.test(segment)) return false
  const words = segment.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)
  return words.some(word => WORD_BEFORE_SECRET.test(word.toLowerCase()))
}

/** Characters of a path segment that can be words: longer ones are a value. */
const MAX_WORDS_LENGTH = 60
/** Characters of the shortest opaque value: shorter ones are too easily guessed to be a secret. */
const MIN_OPAQUE_LENGTH = 8
/** Letters in a row that can be a word. */
const MAX_WORD_LENGTH = 24

/** Whether a text looks random: not like words, numbers or versions such as `new-york`, `step-2`, `orderId`. */
export function isOpaque(text: string): boolean {
  const plain = decoded(text)
  return plain.length >= MIN_OPAQUE_LENGTH && plain.split(/[^A-Za-z0-9]+/).some(isOpaquePart)
}

function isOpaquePart(part: string): boolean {
  if (/^\d*$/.test(part)) return false
  if (part.length > MAX_WORD_LENGTH) return true
  const isWord = /^(?:[A-Z]+|[a-z]+|[A-Za-z][a-z]*(?:[A-Z][a-z]{2,})*)\d{0,3}$/.test(part)
  return !isWord
}

/** Takes credentials that are known by their form out of a text. */
export function redactCredentials(text: string): string {
  return text
    .replace(DOTTED, redactTokens)
    .replace(CREDENTIAL, REDACTED)
    .replace(AUTHORIZATION, (whole, scheme: string, value: string) => (isOpaque(value) ? scheme + REDACTED : whole))
    .replace(SLACK_WEBHOOK, `$1${REDACTED}`)
}

/** Part by part, as one expression for a token would search the same text again from each `eyJ` in it. */
function redactTokens(text: string): string {
  const parts = text.split('.')
  const result: string[] = []
  for (let part = 0; part < parts.length; part++) {
    const own = parts[part] as string
    const start = parts.length - part > MIN_JWT_PARTS ? own.search(JWT_START) : -1
    result.push(start < 0 ? own : own.slice(0, start) + REDACTED)
    if (start >= 0) part += MAX_JWT_PARTS
  }
  return result.join('.')
}

/** Percent-decoded, but for what can't be. */
export function decoded(text: string): string {
  return text.includes('%') ? text.replace(/(?:%[0-9a-f]{2})+/gi, decodedRun) : text
}

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}
