// Panel: what operations have in common that differ in an id alone: `GET /users/123` → `GET /users/:id`. Every pattern
// is tried once on each segment and looks back at nothing: the time is linear. Touches no DOM.

const METHOD = /^[A-Z]+ /
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}(?:[T_](?:\d|:|%3A|\.|Z|[+-])*)?)?$/i
const EMAIL = /^[^@:%]+(?:@|%40)[^@:.%]+(?:\.[^@:.%]+)*\.[a-z]{2,}$/i

/**
 * A request's name (its method, its host where that is another one, its path) with `:id`, `:date`, `:email` and
 * `:hash` in the places of what is one. Words are left as they are, and so is a host.
 */
export function routeOf(name: string): string {
  const method = METHOD.exec(name)?.[0] ?? ''
  const [host = '', ...segments] = name.slice(method.length).split('/')
  if (segments.length === 0) return name
  return method + [host, ...segments.map(segmentRoute)].join('/')
}

function segmentRoute(segment: string): string {
  // An own sign stays: a route's route is itself.
  if (segment.length < 1 || segment[0] === ':') return segment
  if (DATE.test(segment)) return ':date'
  if (EMAIL.test(segment)) return ':email'
  if (isIdentifier(segment)) return ':id'
  return isFile(segment) ? withoutHashes(segment) : withoutIds(segment)
}

/** Letters as words have them, and a few digits behind: `users`, `USERS`, `getUserById2`, `OAuth2Callback`, `v2`. */
const WORD = /^(?:[A-Z]+\d{0,3}|[a-z]*(?:[A-Z]+[a-z]+)*(?:\d{1,3}(?:[A-Z]+[a-z]+)*)?)$/
const PREFIX = /(?:^|[_~-])(?:[a-z]{3,}|[A-Z]{3,}|[A-Z][a-z]{2,})(?=[_~-]|$)/
/** A number with its unit or its ordinal: `256gb`, `3rd`. */
const MEASURE = /^\d{1,4}[a-z]{1,3}$/i
const NUMBER = /^\d+$/
const UUID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i
const HEX = /^(?:0x)?[\da-f]+$/i
/** Three parts of base64url, the first of them JSON: `{"…`. */
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/
const BASE64 = /^[\w+-]+(?:=|%3D){1,2}$/i
const TOKEN = /^[\w~-]+$/
const FILE = /^.+\.[a-z][a-z\d]{0,7}$/i

/** Characters from which on a mixture of letters and digits is no name that anybody gave. */
const MIN_TOKEN = 10
const MIN_HEX = 8
const MIN_HASH = 6
const MIN_BASE64 = 8
/** Digits of a number that is part of a segment, or of a file's name: shorter ones are versions and sizes. */
const MIN_NUMBER = 3
const MIN_FILE_NUMBER = 5

/** Whether all of a segment is an id: a number, a UUID, a hash, a token. */
export function isIdentifier(text: string): boolean {
  if (NUMBER.test(text) || UUID.test(text) || JWT.test(text)) return true
  if (text.length >= MIN_BASE64 && BASE64.test(text)) return true
  if (isHex(text, MIN_HEX)) return true
  // `cus_NffrFeUfNV2Hib` has a name in front that says what it is.
  return !PREFIX.test(text) && isRandom(text)
}

export function isFile(segment: string): boolean {
  return FILE.test(segment)
}

/** `app.3f2a9c.js` → `app.:hash.js`; `12345.png` → `:id.png`. A hash that has no digit passes for a word. */
export function withoutHashes(file: string): string {
  const dot = file.lastIndexOf('.')
  const [stem, extension] = [file.slice(0, dot), file.slice(dot)]
  if (isIdentifier(stem)) return `:id${extension}`
  // A bundler's hash stands last, and may itself have the signs that else part a name.
  const [, name = '', last = ''] = /^([^.-]*[.-])([\w-]+)$/.exec(stem) ?? []
  if (isHash(last) && !PREFIX.test(last)) return `${mapParts(name, fileSign)}:hash${extension}`
  return mapParts(stem, fileSign) + extension
}

/** `order-12345` → `order-:id`; `cus_NffrFeUfNV2Hib` → `cus_:id`. */
export function withoutIds(segment: string): string {
  return mapParts(segment, partSign)
}

function fileSign(part: string): string {
  if (NUMBER.test(part)) return part.length < MIN_FILE_NUMBER ? part : ':id'
  return isHash(part) ? ':hash' : part
}

function partSign(part: string): string {
  if (NUMBER.test(part)) return part.length < MIN_NUMBER ? part : ':id'
  return isHex(part, MIN_HEX) || isRandom(part) ? ':id' : part
}

function mapParts(text: string, shown: (part: string) => string): string {
  return text
    .split(/([._~-]+)/)
    .map((part, i) => (i % 2 === 1 || part === '' || part.includes(':') ? part : shown(part)))
    .join('')
}

/** With a digit: `facade` and `deadbeef` are words. */
function isHex(text: string, least: number): boolean {
  return text.length >= least && HEX.test(text) && /\d/.test(text)
}

function isHash(part: string): boolean {
  return (isHex(part, MIN_HASH) && !NUMBER.test(part)) || isRandom(part)
}

/** Words, and numbers between them, as people name things: `iphone-15-pro`. */
function isSlug(text: string): boolean {
  return text.split(/[_~-]/).every(part => part === '' || WORD.test(part) || MEASURE.test(part) || NUMBER.test(part))
}

/** Whether nobody would have thought of it: letters and digits, or cases, that take turns. */
function isRandom(text: string): boolean {
  if (text.length < MIN_HEX || !TOKEN.test(text) || isSlug(text)) return false
  const runs = text.match(/\d+/g)?.length ?? 0
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text)
  if (text.length < MIN_TOKEN) return mixed && runs > 0
  return runs >= 2 || (mixed && runs > 0) || (runs > 0 && text.length >= 16)
}
