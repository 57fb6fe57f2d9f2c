// Model: the route of a request: `GET /users/123` → `GET /users/:id`. Whether a segment is an id is decided by its
// characters alone. No pattern backtracks, so the time is linear in the length of the name.

const METHOD = /^[A-Z]+ /
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}(?:[T_](?:\d|:|%3A|\.|Z|[+-])*)?)?$/i
const EMAIL = /^[^@:%]+(?:@|%40)[^@:.%]+(?:\.[^@:.%]+)*\.[a-z]{2,}$/i

/**
 * Replaces ids, dates, email addresses and hashes in the name of a request (method, host if it is another one, path)
 * by `:id`, `:date`, `:email` and `:hash`.
 */
export function routeOf(name: string): string {
  const method = METHOD.exec(name)?.[0] ?? ''
  const [host = '', ...segments] = name.slice(method.length).split('/')
  if (segments.length === 0) return name
  return method + [host, ...segments.map(segmentRoute)].join('/')
}

function segmentRoute(segment: string): string {
  // A placeholder stays: the route of a route is the route itself.
  if (segment.length < 1 || segment[0] === ':') return segment
  if (DATE.test(segment)) return ':date'
  if (EMAIL.test(segment)) return ':email'
  if (isIdentifier(segment)) return ':id'
  return isFile(segment) ? withoutHashes(segment) : withoutIds(segment)
}

/** A word, perhaps with a few digits: `users`, `USERS`, `getUserById2`, `OAuth2Callback`, `v2`. */
const WORD = /^(?:[A-Z]+\d{0,3}|[a-z]*(?:[A-Z]+[a-z]+)*(?:\d{1,3}(?:[A-Z]+[a-z]+)*)?)$/
const PREFIX = /(?:^|[_~-])(?:[a-z]{3,}|[A-Z]{3,}|[A-Z][a-z]{2,})(?=[_~-]|$)/
/** A number with a unit or an ordinal suffix: `256gb`, `3rd`. */
const MEASURE = /^\d{1,4}[a-z]{1,3}$/i
const NUMBER = /^\d+$/
const UUID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i
const HEX = /^(?:0x)?[\da-f]+$/i
/** A JSON Web Token: three parts in base64url, of which the first is JSON that starts with `{"`. */
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/
const BASE64 = /^[\w+-]+(?:=|%3D){1,2}$/i
const TOKEN = /^[\w~-]+$/
const FILE = /^.+\.[a-z][a-z\d]{0,7}$/i

/** A mixture of letters and digits that is at least this long is not a name that somebody chose. */
const MIN_TOKEN = 10
const MIN_HEX = 8
const MIN_HASH = 6
const MIN_BASE64 = 8
/** Digits of an id within a segment or a file name. Shorter numbers are versions and sizes. */
const MIN_NUMBER = 3
const MIN_FILE_NUMBER = 5

/** Whether the whole text is an id: a number, a UUID, a hash or a token. */
function isIdentifier(text: string): boolean {
  if (NUMBER.test(text) || UUID.test(text) || JWT.test(text)) return true
  if (text.length >= MIN_BASE64 && BASE64.test(text)) return true
  if (isHex(text, MIN_HEX)) return true
  // `cus_NffrFeUfNV2Hib` has a readable prefix, which is kept.
  return !PREFIX.test(text) && isRandom(text)
}

function isFile(segment: string): boolean {
  return FILE.test(segment)
}

/** `app.3f2a9c.js` → `app.:hash.js`; `12345.png` → `:id.png`. A hash without a digit is taken for a word. */
function withoutHashes(file: string): string {
  const dot = file.lastIndexOf('.')
  const [stem, extension] = [file.slice(0, dot), file.slice(dot)]
  if (isIdentifier(stem)) return `:id${extension}`
  // Bundlers put the hash last, and it may contain the characters that separate the parts of a name.
  const [, name = '', last = ''] = /^([^.-]*[.-])([\w-]+)$/.exec(stem) ?? []
  if (isHash(last) && !PREFIX.test(last)) return `${mapParts(name, filePart)}:hash${extension}`
  return mapParts(stem, filePart) + extension
}

/** `order-12345` → `order-:id`; `cus_NffrFeUfNV2Hib` → `cus_:id`. */
function withoutIds(segment: string): string {
  return mapParts(segment, segmentPart)
}

function filePart(part: string): string {
  if (NUMBER.test(part)) return part.length < MIN_FILE_NUMBER ? part : ':id'
  return isHash(part) ? ':hash' : part
}

function segmentPart(part: string): string {
  if (NUMBER.test(part)) return part.length < MIN_NUMBER ? part : ':id'
  return isHex(part, MIN_HEX) || isRandom(part) ? ':id' : part
}

function mapParts(text: string, replace: (part: string) => string): string {
  return text
    .split(/([._~-]+)/)
    .map((part, i) => (i % 2 === 1 || part === '' || part.includes(':') ? part : replace(part)))
    .join('')
}

/** Without a digit it is taken for a word: `facade`, `deadbeef`. */
function isHex(text: string, minLength: number): boolean {
  return text.length >= minLength && HEX.test(text) && /\d/.test(text)
}

function isHash(part: string): boolean {
  return (isHex(part, MIN_HASH) && !NUMBER.test(part)) || isRandom(part)
}

/** Words and numbers, as in a title: `iphone-15-pro`. */
function isSlug(text: string): boolean {
  return text.split(/[_~-]/).every(part => part === '' || WORD.test(part) || MEASURE.test(part) || NUMBER.test(part))
}

/** Whether letters and digits, or upper and lower case, alternate in a way that no person would choose. */
function isRandom(text: string): boolean {
  if (text.length < MIN_HEX || !TOKEN.test(text) || isSlug(text)) return false
  const runs = text.match(/\d+/g)?.length ?? 0
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text)
  if (text.length < MIN_TOKEN) return mixed && runs > 0
  return runs >= 2 || (mixed && runs > 0) || (runs > 0 && text.length >= 16)
}
